"""What is pushed is enough to make the tables again; here without a server between."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from kg import Graph
from kg.neo4j import shape
from kg.neo4j.rebuild import Rebuild
from kg.tables import SCHEMAS, Tables
from tests.graphs import entity, evidence, graphs, hostile, paper, relation, small


def there_and_back(tables: Tables) -> Tables:
    rebuild = Rebuild()
    for node in shape.nodes(tables):
        rebuild.node(node.label, node.properties)
    for link in shape.links(tables):
        rebuild.link(link.type, link.source, link.target, link.properties)
    return rebuild.tables()


def elsewhere() -> Graph:
    """Evidence in other papers than the relation's own, and merges with and without a paper."""
    papers = [paper("one", "One", "A is B."), paper("two", "Two", "B is A.")]
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
    entities = [entity("method/a", "Method", "A"), entity("method/b", "Method", "B")]
    rows = {"papers": papers, "entities": entities, "relations": [by_rule, by_paper]}
    return Graph(Tables.from_rows(**rows, evidence=proof, merges=merges))


@pytest.mark.parametrize("graph", [small(), hostile(), elsewhere(), Graph(Tables.from_rows())])
def test_the_tables_come_back(graph: Graph) -> None:
    found = there_and_back(graph.tables)
    for name in SCHEMAS:
        assert getattr(found, name).to_pylist() == getattr(graph.tables, name).to_pylist()
    assert found.digest() == graph.digest


@settings(max_examples=30, deadline=None)
@given(graph=graphs())
def test_any_tables_come_back(graph: Graph) -> None:
    assert there_and_back(graph.tables).digest() == graph.digest


@pytest.mark.parametrize("graph", [small(), hostile(), elsewhere()])
def test_the_schema_knows_every_property_that_is_pushed(graph: Graph) -> None:
    for node in shape.nodes(graph.tables):
        assert set(node.properties) <= set(shape.node_properties(node.label))
    for link in shape.links(graph.tables):
        assert set(link.properties) <= set(shape.link_properties(link.type))
