"""SPARQL gives plain rows from a store that follows the tables, and explains what it refuses."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.graph import Graph
from kg.query.sparql import FORMS, database, serialized, sparql
from kg.tables import Tables
from tests.graphs import entity, paper, small

NAMES = "SELECT ?name WHERE { ?m a kg:Method ; skos:prefLabel ?name } ORDER BY ?name"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return small()


def test_select_gives_columns_and_plain_values(graph: Graph) -> None:
    rows = sparql(graph, """
        SELECT ?title ?day ?year ?memory ?optional ?nothing WHERE {
          ?paper skos:prefLabel ?title ; dcterms:issued ?day ; kg:year ?year .
          ?link rdf:subject ?paper ; kg:memoryGb ?memory ; kg:optional ?optional .
          OPTIONAL { ?paper kg:rule ?nothing } }""")  # fmt: skip
    assert rows.columns == ("title", "day", "year", "memory", "optional", "nothing")
    assert rows.rows == [("TinyTune: Small Steps", date(2025, 1, 2), 2025, 80.0, False, None)]


def test_ask_answers_yes_or_no(graph: Graph) -> None:
    assert sparql(graph, "ASK { ?p kg:uses method:lora }").rows == [(True,)]
    assert sparql(graph, "ASK { method:lora kg:uses ?p }").rows == [(False,)]


@pytest.mark.parametrize("query", ["DESCRIBE metric:accuracy", "CONSTRUCT WHERE { metric:accuracy ?p ?o }"])
def test_triples_are_rows_of_three(graph: Graph, query: str) -> None:
    rows = sparql(graph, query)
    assert rows.columns == ("subject", "predicate", "object")
    assert ("https://w3id.org/mlkg/metric/accuracy", "https://w3id.org/mlkg/ontology#papers", 1) in rows.rows


@pytest.mark.parametrize("form", [form for form, (_, holds) in FORMS.items() if holds == "triples"])
def test_triples_are_written_in_standard_forms(graph: Graph, form: str) -> None:
    text = serialized(graph, "CONSTRUCT WHERE { ?p kg:uses ?m }", form)
    kind = getattr(ox.RdfFormat, FORMS[form][0])
    assert len(set(ox.parse(input=text, format=kind))) == 2
    assert text == serialized(graph, "CONSTRUCT WHERE { ?p kg:uses ?m }", form)


@pytest.mark.parametrize("form", [form for form, (_, holds) in FORMS.items() if holds == "rows" and form != "csv"])
def test_rows_are_written_in_standard_forms(graph: Graph, form: str) -> None:
    text = serialized(graph, NAMES, form)
    read = ox.parse_query_results(text, format=getattr(ox.QueryResultsFormat, FORMS[form][0]))
    assert [row["name"].value for row in read] == ["LoRA", "TinyTune"]


def test_csv_and_json_are_what_people_expect(graph: Graph) -> None:
    assert serialized(graph, NAMES, "csv").splitlines() == ["name", "LoRA", "TinyTune"]
    assert json.loads(serialized(graph, "ASK { }", "json"))["boolean"] is True


@pytest.mark.parametrize(("query", "form"), [(NAMES, "ttl"), ("CONSTRUCT WHERE { ?s ?p ?o }", "csv"), (NAMES, "yaml")])
def test_a_form_that_does_not_fit_is_refused(graph: Graph, query: str, form: str) -> None:
    with pytest.raises(QueryError, match=r"use|known"):
        serialized(graph, query, form)


def test_turtle_of_an_answer_declares_only_what_it_uses(graph: Graph) -> None:
    text = serialized(graph, "CONSTRUCT WHERE { ?p kg:uses method:lora }", "ttl")
    assert text.count("@prefix") == 3
    assert "paper:2501.00002 kg:uses method:lora ." in text


@pytest.mark.parametrize(
    ("query", "place", "advice"),
    [
        ("SELECT ?x WHERE { ?x metho:bar ?y }", "line 1, column 22", "did you mean method:?"),
        ("SELECT ?x WHERE {\n ?x kg:trains_on ?y }", "line 2, column 5", "kg:trainsOn"),
        ("SELECT ?x WHERE { ?x kg:Uses ?y }", "line 1, column 22", "kg:uses"),
        ("SELCT * { ?s ?p ?o }", "line 1, column 1", "did you mean SELECT?"),
        ("SELECT * { ?s rdfs:label 'é🧪é' } LIMT 3", "line 1, column 34", "did you mean LIMIT?"),
        ("SELECT * { ?s ?p ?o", "line 1, column 10", "bracket without its fellow"),
        ("SELECT * { ?s ?p [ ?o } ]", "line 1, column 23", "bracket without its fellow"),
        ("SELECT * { ?s ?p 'x }", "line 1, column 18", "does not end"),
        ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", "line 1", "neither grouped nor aggregated"),
        ("SELECT * { ?s ?p 'é' 'é' . . }", "line 1, column 28", "not SPARQL here"),
        ("  # nothing\n", "query", "empty"),
    ],
)
def test_what_is_wrong_is_shown_with_its_place_and_advice(graph: Graph, query: str, place: str, advice: str) -> None:
    with pytest.raises(QueryError) as caught:
        sparql(graph, query)
    assert place in str(caught.value)
    assert advice in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { method:lora kg:uses method:lora }",
        "PREFIX x: <http://x/> DELETE WHERE { ?s ?p ?o }",
        "# quietly\nload <http://localhost/x>",
        "CLEAR ALL",
        "WITH <http://g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "SELECT * { SERVICE <http://localhost:7878/> { ?s ?p ?o } }",
        "SELECT * { {} UNION { service silent ?where { ?s ?p ?o } } }",
        "ASK{SERVICE<http://localhost/>{}}",
    ],
)
def test_updates_and_other_servers_are_refused(graph: Graph, query: str) -> None:
    with pytest.raises(QueryError, match=r"only read|no other server"):
        sparql(graph, query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p 'SERVICE' }",
        "ASK { ?service ?insert ?o } # SERVICE",
        "PREFIX service: <http://service/> ASK { ?s service:service ?o }",
        "PREFIX : <http://insert/> ASK { ?s :x ?o FILTER(CONTAINS(?o, 'DELETE')) }",
    ],
)
def test_words_in_names_and_texts_are_not_taken_for_orders(graph: Graph, query: str) -> None:
    assert sparql(graph, query).columns == ("answer",)


def test_a_store_is_made_once_and_again_when_the_tables_change(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    graph = Graph(small().tables, tmp_path / "kept")
    assert sparql(graph, NAMES).rows == [("LoRA",), ("TinyTune",)]
    made = (tmp_path / "kept/stores/sparql/digest").stat().st_mtime_ns
    again = Graph(small().tables, tmp_path / "kept")
    assert sparql(again, NAMES).rows == [("LoRA",), ("TinyTune",)]
    assert (tmp_path / "kept/stores/sparql/digest").stat().st_mtime_ns == made
    changed = Tables.from_rows(papers=[paper("x", "X", "x")], entities=[entity("method/new", "Method", "New")])
    assert sparql(Graph(changed, tmp_path / "kept"), NAMES).rows == [("New",)]
    graph.tables = changed
    assert sparql(graph, NAMES).rows == [("New",)]


def test_a_broken_store_is_made_again(tmp_path: Path) -> None:
    graph = Graph(small().tables, tmp_path)
    place = database(graph)
    assert place is not None
    for file in place.iterdir():
        file.write_bytes(b"")
    assert len(sparql(Graph(small().tables, tmp_path), NAMES)) == 2


def test_two_readers_share_a_store(tmp_path: Path) -> None:
    first, second = Graph(small().tables, tmp_path), Graph(small().tables, tmp_path)
    assert sparql(first, NAMES) == sparql(second, NAMES) == sparql(first, NAMES)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_one_may_not_write_in_is_asked_from_memory(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert len(sparql(Graph(small().tables, tmp_path), NAMES)) == 2
    tmp_path.chmod(0o700)
