"""`pull` gives back the tables that were pushed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from kg import Graph
from kg.errors import ServerError
from kg.tables import SCHEMAS, Tables
from tests.graphs import entity, evidence, graphs, hostile, paper, relation, small

from .conftest import Place

pytestmark = pytest.mark.neo4j


def same(found: Tables, expected: Tables) -> None:
    for name in SCHEMAS:
        assert getattr(found, name).to_pylist() == getattr(expected, name).to_pylist()
    assert found.digest() == expected.digest()


@pytest.mark.parametrize("graph", [small(), hostile(), Graph(Tables.from_rows())], ids=["small", "hostile", "empty"])
def test_push_then_pull_gives_the_same_tables(place: Place, graph: Graph) -> None:
    place.push(graph)
    same(place.pull(), graph.tables)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graph=graphs())
def test_any_strings_come_back(place: Place, graph: Graph) -> None:
    place.push(graph)
    same(place.pull(), graph.tables)


def test_evidence_in_another_paper_and_merges_come_back(place: Place) -> None:
    papers = [paper("one", "One", "A is B."), paper("two", "Two", "B is A.")]
    entities = [entity("method/a", "Method", "A"), entity("method/b", "Method", "B")]
    by_rule = relation("method/a", "VARIANT_OF", "method/b", rule="size")
    by_paper = relation("method/b", "BASED_ON", "method/a", "paper/one")
    proof = [
        evidence("relation", by_rule["key"], "paper/two", "B is A.", "A"),
        evidence("relation", by_paper["key"], "paper/one", "A is B.", "A"),
        evidence("relation", by_paper["key"], "paper/two", "B is A.", "A", 1),
    ]
    merges = [
        {"entity": "method/a", "form": "a", "rule": "case", "paper": None},
        {"entity": "method/a", "form": "Ä", "rule": "accent", "paper": "paper/two"},
    ]
    rows = {"papers": papers, "entities": entities, "relations": [by_rule, by_paper]}
    tables = Tables.from_rows(**rows, evidence=proof, merges=merges)
    place.push(Graph(tables))
    same(place.pull(), tables)


def test_a_server_without_a_graph_of_ours_is_an_error(place: Place) -> None:
    with pytest.raises(ServerError, match="kg push"):
        place.pull()


def test_a_graph_whose_push_was_not_finished_is_an_error(place: Place) -> None:
    place.push(small())
    place.rows("MATCH (g:KgGraph {name: $kg}) SET g.complete = false")
    with pytest.raises(ServerError, match="not finished"):
        place.pull()
