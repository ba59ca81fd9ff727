"""All RDF forms say the same, are valid, hold only terms of the ontology, and never change."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from rdflib.compare import isomorphic

from kg.errors import ExportError
from kg.export import export
from kg.graph import Graph
from kg.schema import load
from kg.schema.load import KG, file
from kg.tables import Tables
from tests.export.rdf_reading import FORMS, by_oxigraph, by_rdflib
from tests.graphs import entity, evidence, graphs, hostile, link, paper, small

BODY = "http://www.w3.org/ns/oa#hasBody"
LINK = "https://w3id.org/mlkg/link/"

GRAPHS = pytest.mark.parametrize("graph", [small(), hostile()], ids=["small", "hostile"])
OTHERS = pytest.mark.parametrize("form", [form for form in FORMS if form != "ntriples"])


@GRAPHS
@OTHERS
def test_oxigraph_reads_every_form_to_the_same_triples(graph: Graph, form: str, tmp_path: Path) -> None:
    lines = by_oxigraph(export(graph, "ntriples", tmp_path / "lines"), "ntriples")
    assert by_oxigraph(export(graph, form, tmp_path / "form"), form) == lines


# rdflib's own parsers of quads and JSON-LD still use its deprecated class.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
@GRAPHS
@OTHERS
def test_rdflib_reads_every_form_to_an_isomorphic_graph(graph: Graph, form: str, tmp_path: Path) -> None:
    lines = by_rdflib(export(graph, "ntriples", tmp_path / "lines"), "ntriples")
    assert isomorphic(by_rdflib(export(graph, form, tmp_path / "form"), form), lines)


def test_links_keep_their_own_evidence_however_many_there_are(tmp_path: Path) -> None:
    sentence = "All of it is said here."
    papers = [paper(f"p{number}", f"Paper {number}", sentence) for number in range(2500)]
    links = [link(row["id"], "USES", "method/lora") for row in papers]
    proof = [
        evidence("link", row["key"], row["source"], sentence, word, place)
        for number, row in enumerate(links)
        for place, word in enumerate(("it", "said", "here")[: number % 4])
    ]
    orphan = evidence("link", "paper/p1|USES|method/none", "paper/p1", sentence, "All")
    things = [entity("method/lora", "Method", "LoRA")]
    graph = Graph(Tables.from_rows(papers=papers, entities=things, links=links, evidence=[*proof, orphan]))
    lines = by_oxigraph(export(graph, "ntriples", tmp_path / "lines"), "ntriples")
    assert by_oxigraph(export(graph, "turtle", tmp_path / "turtle"), "turtle") == lines
    owners = {(f"{LINK}{row['owner'].replace('|', ';')}", row["position"]) for row in proof}
    said = {(triple.subject.value, triple.object.value) for triple in lines if triple.predicate.value == BODY}
    assert said == {(f"{owner}#e{position}", owner) for owner, position in owners}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graphs())
def test_any_strings_survive_in_every_form(tmp_path: Path, graph: Graph) -> None:
    lines = by_oxigraph(export(graph, "ntriples", tmp_path / "lines"), "ntriples")
    abstracts = {triple.object.value for triple in lines if triple.predicate.value.endswith("/abstract")}
    assert abstracts == set(graph.papers["abstract"].to_pylist())
    for form in FORMS:
        assert by_oxigraph(export(graph, form, tmp_path / form), form) == lines


@pytest.mark.parametrize("form", [form for form in FORMS if form != "jsonld"])
def test_rdf_12_names_each_link_by_a_triple_term_that_is_also_asserted(form: str, tmp_path: Path) -> None:
    triples = by_oxigraph(export(small(), form, tmp_path / "form", rdf="1.2"), form)
    terms = {triple.object for triple in triples if isinstance(triple.object, ox.Triple)}
    assert len(terms) == small().links.num_rows + small().relations.num_rows
    assert terms <= triples


def test_json_ld_refuses_rdf_12(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="triple terms"):
        export(small(), "jsonld", tmp_path / "form", rdf="1.2")


@pytest.mark.parametrize("form", FORMS)
def test_without_evidence_only_nodes_and_plain_links_remain(form: str, tmp_path: Path) -> None:
    whole = by_oxigraph(export(small(), form, tmp_path / "whole"), form)
    plain = by_oxigraph(export(small(), form, tmp_path / "plain", evidence=False), form)
    proof = {KG + "PaperLink", KG + "Relation", KG + "Evidence", KG + "Merge"}
    assert not proof & {triple.object.value for triple in plain}
    uses = {triple for triple in whole if triple.predicate.value == KG + "uses"}
    assert uses
    assert uses <= plain


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("base", ["https://example.org/graph/", "urn:papers:x/"])
def test_another_base_moves_every_node_and_nothing_else(form: str, base: str, tmp_path: Path) -> None:
    home = by_oxigraph(export(small(), form, tmp_path / "home"), form)
    moved = by_oxigraph(export(small(), form, tmp_path / "moved", base=base), form)
    assert len(moved) == len(home)
    assert not any("w3id.org/mlkg/paper" in str(triple) for triple in moved)
    assert ox.NamedNode(base + "method/lora") in {triple.subject for triple in moved}


@pytest.mark.parametrize("base", ["method/", "https://example.org/x#", "https://example.org/no-slash", "a b:/"])
def test_a_base_that_cannot_carry_identifiers_is_refused(base: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="base"):
        export(small(), "turtle", tmp_path / "form", base=base)


@GRAPHS
@pytest.mark.parametrize("form", FORMS)
def test_the_same_graph_gives_the_same_bytes(graph: Graph, form: str, tmp_path: Path) -> None:
    first = export(graph, form, tmp_path / "first").read_bytes()
    assert export(graph, form, tmp_path / "second").read_bytes() == first


@GRAPHS
def test_every_term_of_our_own_is_defined_in_the_ontology(graph: Graph, tmp_path: Path) -> None:
    defined = {quad.subject.value for quad in ox.parse(path=str(file("ontology.ttl"))) if quad.predicate.value}
    used = {
        term.value
        for triple in by_oxigraph(export(graph, "ntriples", tmp_path / "lines"), "ntriples")
        for term in (triple.predicate, triple.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(KG) and term.value != KG
    }
    assert used
    assert used <= defined


@GRAPHS
def test_every_namespace_used_is_declared(graph: Graph, tmp_path: Path) -> None:
    spaces = tuple(load().prefixes.values())
    for triple in by_oxigraph(export(graph, "ntriples", tmp_path / "lines"), "ntriples"):
        assert triple.predicate.value.startswith(spaces)


@GRAPHS
def test_iris_hold_nothing_unescaped(graph: Graph, tmp_path: Path) -> None:
    for triple in by_oxigraph(export(graph, "ntriples", tmp_path / "lines"), "ntriples"):
        assert re.fullmatch(r"[!#$%&'()*+,./0-9:;=?@A-Z\[\]_a-z~-]+", triple.subject.value)
