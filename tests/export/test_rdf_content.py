"""What an RDF export says: proof of each link, names, other places, and the dataset's description."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given

from kg.export import export
from kg.export.rdf.terms import identifier, path
from tests.graphs import TEXTS, small

PREFIXES = """
PREFIX kg: <https://w3id.org/mlkg/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX void: <http://rdfs.org/ns/void#>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX itsrdf: <http://www.w3.org/2005/11/its/rdf#> PREFIX method: <https://w3id.org/mlkg/method/>
PREFIX paper: <https://w3id.org/mlkg/paper/>
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    store = ox.Store()
    store.load(path=str(export(small(), "nquads", tmp_path_factory.mktemp("rdf") / "graph.nq")))
    return store


def ask(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(PREFIXES + query, use_default_graph_as_union=True)
    return [tuple(term.value for term in row) for row in found]


def test_evidence_points_at_the_words_in_the_stored_text(store: ox.Store) -> None:
    rows = ask(store, """
        SELECT ?start ?end ?exact ?text WHERE {
          ?link rdf:subject paper:2501.00001 ; rdf:predicate kg:comparesWith ; rdf:object method:lora .
          ?evidence oa:hasBody ?link ; oa:hasTarget ?target .
          ?target oa:hasSource <https://w3id.org/mlkg/paper/2501.00001#abstract> ; oa:hasSelector ?where, ?what .
          ?where oa:start ?start ; oa:end ?end . ?what oa:exact ?exact .
          paper:2501.00001 dcterms:abstract ?text }""")  # fmt: skip
    assert len(rows) == 1
    start, end, exact, text = rows[0]
    assert text[int(start) : int(end)] == exact == "LoRA"


def test_a_quote_knows_what_stands_around_it(store: ox.Store) -> None:
    rows = ask(store, """SELECT ?prefix ?suffix WHERE {
        ?quote oa:exact "two A100 GPUs" ; oa:prefix ?prefix ; oa:suffix ?suffix }""")  # fmt: skip
    assert [(prefix[-3:], suffix[:10]) for prefix, suffix in rows] == [("on ", " and beats")]


def test_links_carry_their_properties_and_relations_the_paper_that_says_so(store: ox.Store) -> None:
    link = "?link rdf:predicate kg:runsOn ; kg:count ?count ; kg:memoryGb ?memory ; itsrdf:taConfidence ?sure"
    assert ask(store, f"SELECT ?count ?memory ?sure WHERE {{ {link} }}") == [("2", "80", "0.9")]
    said = "?link a kg:Relation ; rdf:predicate kg:evaluatedOn ; prov:wasDerivedFrom ?paper ; kg:rule ?rule"
    assert ask(store, f"SELECT ?paper ?rule WHERE {{ {said} }}") == [
        ("https://w3id.org/mlkg/paper/2501.00001", "introduced")
    ]


def test_papers_and_things_are_matched_with_other_places(store: ox.Store) -> None:
    assert ask(store, "SELECT ?same WHERE { paper:2501.00001 owl:sameAs ?same }") == [
        ("https://arxiv.org/abs/2501.00001",)
    ]
    assert ask(store, "SELECT ?same WHERE { method:lora skos:exactMatch ?same }") == [
        ("http://www.wikidata.org/entity/Q1",)
    ]


def test_the_description_counts_what_is_there(store: ox.Store) -> None:
    rows = ask(store, """SELECT ?triples ?entities WHERE {
        <https://w3id.org/mlkg/graph> void:triples ?triples ; void:entities ?entities }""")  # fmt: skip
    described = ask(store, "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")
    nodes = ask(store, "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s kg:id ?id }")
    assert rows == [(described[0][0], nodes[0][0])]
    assert ask(store, "SELECT ?n WHERE { ?p void:class kg:Method ; void:entities ?n }") == [("2",)]


def test_the_time_comes_from_the_papers_or_from_who_asks_never_from_the_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    unasked = export(small(), "turtle", tmp_path / "unasked").read_text(encoding="utf-8")
    assert 'dcterms:modified "2025-03-04"^^xsd:date' in unasked
    assert "dcterms:created" not in unasked
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    asked = export(small(), "turtle", tmp_path / "asked").read_text(encoding="utf-8")
    assert 'dcterms:created "2023-11-14T22:13:20Z"^^xsd:dateTime' in asked


@given(TEXTS)
@example("paper/../x")
@example("a//b/.")
@example("%2e;|")
def test_an_identifier_is_read_back_from_its_iri(text: str) -> None:
    made = path(text)
    assert identifier(made) == text
    assert not {".", ".."} & set(made.split("/"))
