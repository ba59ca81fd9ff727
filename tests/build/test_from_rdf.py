"""What is read from an RDF export is the graph it was written from."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from kg.build.from_rdf import from_rdf
from kg.errors import FormatError, RecordError
from kg.export import export
from kg.graph import Graph
from kg.tables import Tables
from tests.graphs import entity, evidence, graphs, hostile, link, paper, relation, small

NAMES = {"ntriples": "graph.nt", "turtle": "graph.ttl", "nquads": "graph.nq", "trig": "graph.trig",
         "jsonld": "graph.jsonld"}  # fmt: skip
FORMS = pytest.mark.parametrize("form", NAMES)


def awkward() -> Graph:
    """Lists out of order and with repeats, parallel relations, two merges alike, ids that need escaping."""
    one = paper("a b/../c", "One", "One on A.", authors=["Z", "A", "Z"], pages=["b:2", "a:1"], author_count=0)
    strange = entity(
        "method/%41;é|x", "Method", "A", aliases=["b", "a"], also=["Task"], exact_matches=["urn:z", "urn:a"]
    )
    other = entity("model/..", "Model", "B", memory_gb=1e300, url="not a URL <at all>", parameters=2**60)
    links = [link(one["id"], "USES", strange["id"], also_roles=["mentions", "introduces"], hours=0.1, count=0)]
    said = [relation(other["id"], "BASED_ON", strange["id"], who) for who in (one["id"], None)]
    proof = [evidence("link", links[0]["key"], one["id"], "One on A.", "A", place) for place in (10, 2, 0, 1)]
    proof.append({**evidence("relation", said[0]["key"], one["id"], "One on A.", "One"), "start": 40, "end": 43})
    merges = [{"entity": strange["id"], "form": "a", "rule": "case", "paper": None}] * 2
    rows = {"papers": [one], "entities": [strange, other], "links": links, "relations": said}
    return Graph(Tables.from_rows(**rows, evidence=proof, merges=merges))


def same(one: Tables, other: Tables) -> bool:
    for item in fields(one):
        assert getattr(other, item.name).to_pylist() == getattr(one, item.name).to_pylist(), item.name
    return one.digest() == other.digest()


@FORMS
@pytest.mark.parametrize("graph", [small(), hostile(), awkward()], ids=["small", "hostile", "awkward"])
def test_every_form_is_read_back_without_loss(form: str, graph: Graph, tmp_path: Path) -> None:
    assert same(graph.tables, from_rdf(export(graph, form, tmp_path / NAMES[form])))


@pytest.mark.parametrize("form", [form for form in NAMES if form != "jsonld"])
def test_triple_terms_are_read_back_without_loss(form: str, tmp_path: Path) -> None:
    assert same(awkward().tables, from_rdf(export(awkward(), form, tmp_path / NAMES[form], rdf="1.2")))


@FORMS
def test_another_base_is_read_back_without_loss(form: str, tmp_path: Path) -> None:
    place = export(awkward(), form, tmp_path / NAMES[form], base="https://example.org/x/")
    assert same(awkward().tables, from_rdf(place))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graphs().filter(lambda graph: graph.papers.num_rows))
def test_any_strings_are_read_back_without_loss(tmp_path: Path, graph: Graph) -> None:
    for form, name in NAMES.items():
        assert same(graph.tables, from_rdf(export(graph, form, tmp_path / name)))


def test_plain_triples_become_links_of_full_confidence(tmp_path: Path) -> None:
    tables = from_rdf(export(small(), "turtle", tmp_path / "graph.ttl", evidence=False))
    assert tables.links["key"].to_pylist() == small().links["key"].to_pylist()
    assert set(tables.links["confidence"].to_pylist()) == {1.0}
    assert tables.relations.num_rows == small().relations.num_rows
    assert tables.results.drop(["confidence"]) == small().results.drop(["confidence"])


HEAD = "@prefix kg: <https://w3id.org/mlkg/ontology#> . @prefix dcterms: <http://purl.org/dc/terms/> .\n"


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("<a> <b>", FormatError, "graph.ttl"),
        ("", FormatError, "no paper"),
        ("<http://a> <http://b> <http://c> .", FormatError, "no paper"),
        ('<http://a> a kg:Paper ; kg:id "paper/a" ; dcterms:issued "2025-13-01" .', RecordError, "no date"),
        ('<http://a> a kg:Paper ; kg:id "paper/a" ; kg:uses <http://b> .', RecordError, "no node of the graph"),
        ('<http://a> a kg:Result ; kg:id "result/a" .', RecordError, "no paper reports"),
        ('<http://a> a kg:Paper ; kg:id "paper/a" . <http://l> a kg:PaperLink .', RecordError, "no rdf:subject"),
    ],
)
def test_what_is_no_graph_of_ours_is_refused_and_why(text: str, error: type, message: str, tmp_path: Path) -> None:
    place = tmp_path / "graph.ttl"
    place.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(error, match=message):
        from_rdf(place)


@pytest.mark.parametrize("name", ["graph.docx", "missing.ttl"])
def test_a_file_that_is_no_rdf_or_is_not_there_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=name):
        from_rdf(tmp_path / name)
