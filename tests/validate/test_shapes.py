"""Good graphs conform to the shapes; each shape notices when what it asks for is broken."""

from __future__ import annotations

import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import FormatError, MissingExtraError
from kg.export import export
from kg.query.sparql import prefixes
from kg.schema import load
from kg.schema.load import file
from kg.validate import validate
from kg.validate.shapes import check_graph
from tests.export.rdf_reading import FORMS
from tests.graphs import small

SUFFIX = {"ntriples": ".nt", "turtle": ".ttl", "nquads": ".nq", "trig": ".trig", "jsonld": ".jsonld"}
DECLARED = "\n".join(f"PREFIX {name}: <{space}>" for name, space in prefixes().items())
LINK = "<https://w3id.org/mlkg/link/paper/2501.00001;RUNS_ON;hardware/nvidia-a100>"
PROOF = LINK[:-1] + "#e0>"
RESULT = "<https://w3id.org/mlkg/result/2501.00001/tinytune/gsm8k/51.5>"
TEXT = "<https://w3id.org/mlkg/paper/bench#abstract>"
GRAPH = "<https://w3id.org/mlkg/graph>"


def drop(subject: str, predicate: str) -> str:
    return f"DELETE WHERE {{ {subject} {predicate} ?o }}"


def add(subject: str, predicate: str, value: str) -> str:
    return f"INSERT DATA {{ {subject} {predicate} {value} }}"


def put(subject: str, predicate: str, value: str) -> str:
    return f"{drop(subject, predicate)} ; {add(subject, predicate, value)}"


MUTATIONS = {
    "Id": put("method:lora", "kg:id", '"lora"'),
    "Type": drop("author:ada-l", "a"),
    "Name": put("method:lora", "skos:prefLabel", '""'),
    "Url": put("paper:2501.00001", "schema:url", '"https://arxiv.org/"'),
    "PaperIdentifier": drop("paper:bench", "dcterms:identifier"),
    "Title": drop("paper:bench", "dcterms:title"),
    "Abstract": add("paper:bench", "dcterms:abstract", '"a second one"'),
    "Authors": add("paper:bench", "kg:authors", "author:ada-l"),
    "Pages": put("paper:bench", "kg:pages", "3"),
    "Published": put("paper:2501.00001", "dcterms:issued", '"2025-02-30"^^xsd:date'),
    "Year": put("paper:2501.00001", "kg:year", '"2025"'),
    "ArxivId": put("paper:2501.00001", "fabio:hasArXivId", '"2501.00001v2"'),
    "AuthorCount": put("paper:2501.00001", "kg:authorCount", "-1"),
    "CommentCount": put("paper:2501.00001", "kg:commentCount", "1.5"),
    "PaperOrganization": add("paper:2501.00001", "kg:organization", '"Another Lab"'),
    "Papers": drop("method:lora", "kg:papers"),
    "Aliases": add("method:lora", "skos:altLabel", "5"),
    "Also": add("method:lora", "kg:also", '"Methode"'),
    "Parameters": put("model:llama-2-7b", "kg:parameters", "0"),
    "Memory": put("hardware:nvidia-a100", "kg:memoryGb", '"-80.0"^^xsd:double'),
    "ExactMatches": add("method:lora", "skos:exactMatch", '"Q1"'),
    "Value": put(RESULT, "mls:hasValue", '"51.5"'),
    "Confidence": put(LINK, "itsrdf:taConfidence", '"1.5"^^xsd:double'),
    "Reported": drop("paper:2501.00001", "kg:reports"),
    "OfSubject": drop(RESULT, "kg:ofSubject"),
    "OnDataset": drop(RESULT, "kg:onDataset"),
    "InMetric": add(RESULT, "kg:inMetric", "metric:bleu"),
    "Unit": add(RESULT, "kg:unit", '"points"'),
    "MetricName": add(RESULT, "kg:metricName", '"BLEU"'),
    "Evidenced": f"DELETE WHERE {{ ?e oa:hasBody {RESULT} }}",
    "Key": drop(LINK, "kg:key"),
    "LinkSubject": put(LINK, "rdf:subject", "paper:unknown"),
    "LinkPredicate": put(LINK, "rdf:predicate", "rdfs:seeAlso"),
    "LinkObject": drop(LINK, "rdf:object"),
    "Outcome": add(LINK, "kg:outcome", '"best"'),
    "Optional": put(LINK, "kg:optional", '"yes"'),
    "AlsoRoles": add(LINK, "kg:alsoRoles", '"USES"'),
    "Count": put(LINK, "kg:count", "0"),
    "Hours": add(LINK, "kg:hours", '"0.0"^^xsd:double'),
    "Rule": add("?link", "kg:rule", '"another"').replace("DATA", "") + " WHERE { ?link a kg:Relation }",
    "SaidBy": "INSERT { ?link prov:wasDerivedFrom method:lora } WHERE { ?link a kg:Relation }",
    "RoleLink": f"DELETE WHERE {{ ?e oa:hasBody {LINK} }}",
    "Body": drop(PROOF, "oa:hasBody"),
    "Target": drop(PROOF, "oa:hasTarget"),
    "Position": put(PROOF, "kg:position", "-1"),
    "Sentence": drop(PROOF, "kg:sentence"),
    "SentenceStart": put(PROOF, "kg:sentenceStart", '"0"'),
    "EvidencePaper": put(PROOF, "prov:wasDerivedFrom", "paper:unknown"),
    "Extractor": drop(PROOF, "prov:wasGeneratedBy"),
    "Source": put(PROOF[:-1] + "-target>", "oa:hasSource", "paper:bench"),
    "PositionSelector": drop(PROOF[:-1] + "-position>", "a"),
    "QuoteSelector": drop(PROOF[:-1] + "-quote>", "a"),
    "Start": put(PROOF[:-1] + "-position>", "oa:start", "999"),
    "End": drop(PROOF[:-1] + "-position>", "oa:end"),
    "Exact": put(PROOF[:-1] + "-quote>", "oa:exact", '""'),
    "Field": put(TEXT, "kg:field", '"body"'),
    "TextOf": drop(TEXT, "schema:isPartOf"),
    "MergedInto": "DELETE { ?m kg:mergedInto ?e } WHERE { ?m kg:mergedInto ?e }",
    "Form": "DELETE { ?m kg:form ?f } WHERE { ?m kg:form ?f }",
    "MergeRule": "INSERT { ?m kg:rule 'another' } WHERE { ?m a kg:Merge }",
    "MergeSaidBy": "INSERT { ?m prov:wasDerivedFrom method:lora } WHERE { ?m a kg:Merge }",
    "License": drop(GRAPH, "dcterms:license"),
    "Triples": drop(GRAPH, "void:triples"),
    "DatasetTitle": drop(GRAPH, "dcterms:title"),
    "Generated": drop(GRAPH, "prov:wasGeneratedBy"),
}


def ends() -> set[str]:
    """The shapes that hold the ends of each link type."""
    locals_ = [link.iri.rpartition("#")[2] for link in load().link_types.values()]
    return {f"{name[0].upper()}{name[1:]}{end}" for name in locals_ for end in ("From", "To")}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return export(small(), "ntriples", tmp_path_factory.mktemp("good") / "graph.nt").read_bytes()


def broken(good: bytes, update: str, folder: Path) -> set[str]:
    """The shapes violated once an update has been made."""
    store = ox.Store()
    store.load(good, ox.RdfFormat.N_TRIPLES)
    before = len(store)
    whole = set(store)
    store.update(f"{DECLARED}\n{update}")
    assert set(store) != whole, f"the mutation changed none of {before} triples"
    place = folder / "graph.nt"
    store.dump(str(place), ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return {violation.part for violation in validate(place).violations}


@pytest.mark.parametrize("shape", MUTATIONS)
def test_each_broken_constraint_is_caught(shape: str, good: bytes, tmp_path: Path) -> None:
    assert shape in broken(good, MUTATIONS[shape], tmp_path)


def test_links_with_wrong_ends_are_caught(good: bytes, tmp_path: Path) -> None:
    wrong = [f"author:ada-l <{link.iri}> author:ada-l ." for link in load().link_types.values()]
    found = broken(good, f"INSERT DATA {{ {' '.join(wrong)} }}", tmp_path)
    # An author may be at the other end of WRITTEN_BY.
    assert ends() - found == {"WrittenByTo"}
    assert "WrittenByTo" in broken(good, add("paper:bench", "kg:writtenBy", "method:lora"), tmp_path)


def test_no_shape_is_left_unbroken() -> None:
    shapes = rdflib.Graph().parse(file("shapes.ttl"))
    mend = rdflib.URIRef(load().prefixes["kg"] + "mend")
    named = {str(shape).rpartition("#")[2] for shape in shapes.subjects(mend, None)}
    assert named == set(MUTATIONS) | ends()


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_good_graph_conforms(form: str, tmp_path: Path) -> None:
    report = validate(export(small(), form, tmp_path / f"graph{SUFFIX[form]}"))
    assert report.conforms
    assert report.checked > 600


def test_triple_terms_are_checked_as_the_links_they_stand_for(tmp_path: Path) -> None:
    assert validate(export(small(), "turtle", tmp_path / "graph.ttl", rdf="1.2")).conforms


def test_a_violation_names_node_value_and_what_to_do(
    good: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bad = good.replace(b'"2025-01-02"^^', b'"2025-02-30"^^')
    (tmp_path / "graph.nt").write_bytes(bad)
    lines = list(validate(tmp_path / "graph.nt").lines())
    assert lines[0].startswith("Published <https://w3id.org/mlkg/paper/2501.00001>: A paper has at most one date")
    assert "2025-02-30" in lines[0]
    assert "YYYY-MM-DD" in lines[0]
    assert lines[-1].endswith("1 violation")
    assert not caplog.records  # rdflib logs a traceback for each such date


@pytest.mark.parametrize(("name", "text"), [("graph.ttl", "<a> <b>"), ("graph.nt", ""), ("graph.docx", "x")])
def test_a_file_that_holds_no_rdf_is_refused(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=name):
        validate(tmp_path / name)


def test_without_pyshacl_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(MissingExtraError, match=r"kg\[validate\]"):
        check_graph(small())
