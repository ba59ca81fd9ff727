"""Ontology, shapes, tables, code and documentation say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow as pa
import pyoxigraph as ox
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

from kg.schema import Property, load
from kg.schema.load import KG, file
from kg.tables import SCHEMAS

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
ARROW = {"string": "string", "int64": "integer", "double": "float", "bool": "boolean", "date32[day]": "date"}
# Columns that hold a node's place in the graph, not a property of it.
STRUCTURE = {
    "entities": {"type"},
    "links": {"source", "type", "target"},
    "relations": {"source", "type", "target"},
    "results": {"paper", "subject", "dataset", "metric"},
}
OF_TABLE = {
    "papers": load().node_types["Paper"].properties,
    "entities": load().node_types["Method"].properties,
    "results": load().node_types["Result"].properties,
    "links": load().link_types["USES"].properties,
    "relations": load().link_types["BASED_ON"].properties,
}


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(file("ontology.ttl"))


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(file("shapes.ttl"))


def same_kind(field: pa.Field, item: Property) -> bool:
    many = pa.types.is_list(field.type)
    kind = str(field.type.value_type if many else field.type)
    return (ARROW[kind], many) == (item.datatype, item.many)


@pytest.mark.parametrize("table", OF_TABLE)
def test_each_column_is_a_property_of_the_ontology_with_its_datatype(table: str) -> None:
    for field in SCHEMAS[table]:
        if field.name not in STRUCTURE.get(table, ()):
            assert same_kind(field, OF_TABLE[table][field.name]), field


@pytest.mark.parametrize("table", OF_TABLE)
def test_each_property_is_a_column_or_made_from_some(table: str) -> None:
    derived = {"name", "year", "sentence"}
    properties = {name for name in OF_TABLE[table] if not name.startswith("evidence_")}
    assert properties - derived <= set(SCHEMAS[table].names)


def test_evidence_is_the_columns_of_its_table() -> None:
    told = {name.removeprefix("evidence_") for name in load().link_types["USES"].properties if name[:9] == "evidence_"}
    assert told == set(SCHEMAS["evidence"].names) - {"kind", "owner", "position", "paper"}


def test_every_link_type_written_in_the_code_is_in_the_ontology(root: Path) -> None:
    places = [*(root / "kg/build").glob("*.py"), root / "kg/view.py"]
    written = {name for place in places for name in re.findall(r'"([A-Z]+(?:_[A-Z]+)+)"', place.read_text("utf-8"))}
    assert {"HAS_CODE", "VARIANT_OF", "ON_DATASET"} <= written
    assert written <= set(load().link_types)


def test_every_role_of_the_guidelines_is_a_link_type(shared: Path) -> None:
    text = (shared / "gold/GUIDELINES.md").read_text(encoding="utf-8")
    table = text.partition("## Roles")[2].partition("## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(load().roles)


@pytest.mark.parametrize("kind", [OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty])
def test_every_term_has_label_definition_and_example(kind: rdflib.URIRef, ontology: rdflib.Graph) -> None:
    own = [term for term in ontology.subjects(RDF.type, kind) if str(term).startswith(KG)]
    assert own
    for term in own:
        for said in (RDFS.label, SKOS.definition, SKOS.example):
            assert ontology.value(term, said) is not None, (term, said)


@pytest.mark.parametrize("kind", [OWL.ObjectProperty, OWL.DatatypeProperty])
def test_every_property_has_domain_and_range(kind: rdflib.URIRef, ontology: rdflib.Graph) -> None:
    for term in ontology.subjects(RDF.type, kind):
        assert ontology.value(term, RDFS.domain) is not None, term
        assert ontology.value(term, RDFS.range) is not None, term


def test_every_borrowed_term_says_how_it_is_used(ontology: rdflib.Graph) -> None:
    kg, schema = rdflib.Namespace(KG), rdflib.Namespace(load().prefixes["schema"])
    borrowed = {term for term in ontology.subjects(schema.domainIncludes) if not str(term).startswith(KG)}
    assert len(borrowed) > 10
    for term in borrowed:
        for said in (kg.usage, schema.rangeIncludes, SKOS.example):
            assert ontology.value(term, said) is not None, (term, said)


def test_no_term_of_our_own_is_used_undefined(ontology: rdflib.Graph, shapes: rdflib.Graph) -> None:
    defined = {term for term in ontology.subjects(RDF.type) if str(term).startswith(KG)}
    for graph in (ontology, shapes):
        used = {term for triple in graph for term in triple if str(term).startswith(KG) and str(term) != KG}
        assert {term for term in used if isinstance(term, rdflib.URIRef)} <= defined


def test_the_version_stands_in_the_version_iri() -> None:
    assert load().version_iri.endswith(f"/{load().version}")


def test_shapes_ask_of_the_ends_of_links_what_the_ontology_says(shapes: rdflib.Graph) -> None:
    entity = KG + "Entity"
    for link in load().link_types.values():
        for target, names in ((SH.targetSubjectsOf, link.domains), (SH.targetObjectsOf, link.ranges)):
            (shape,) = shapes.subjects(target, rdflib.URIRef(link.iri))
            options = [shape, *(item for one in shapes.objects(shape, SH["or"]) for item in shapes.items(one))]
            asked = {str(found) for option in options for found in shapes.objects(option, SH["class"])}
            things = {entity} if set(load().entity_types) <= set(names) else set()
            rest = set(names) - (set(load().entity_types) if things else set())
            assert asked == things | {load().node_types[name].iri for name in rest}, link.name


def test_shapes_know_every_property_and_its_datatype(shapes: rdflib.Graph) -> None:
    asked = {str(path): shapes.value(shape, SH.datatype) for shape, path in shapes.subject_objects(SH.path)}
    properties = [item for node in load().node_types.values() for item in node.properties.values()]
    for item in properties + list(load().link_types["USES"].properties.values()):
        assert item.iri in asked, item.name
        if asked[item.iri] is not None:
            assert str(asked[item.iri]) == item.range, item.name


def test_shapes_and_ontology_allow_the_same_values(shapes: rdflib.Graph) -> None:
    for item in load().link_types["USES"].properties.values():
        if item.values:
            (shape,) = shapes.subjects(SH.path, rdflib.URIRef(item.iri))
            asked = shapes.value(shape, SH["in"])
            assert {str(value) for value in shapes.items(asked)} == set(item.values)


def test_both_files_parse_as_strict_turtle() -> None:
    for name in ("ontology.ttl", "shapes.ttl"):
        assert len(list(ox.parse(path=str(file(name)), format=ox.RdfFormat.TURTLE))) > 300
