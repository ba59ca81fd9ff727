"""`push` makes the server hold the graph, and nothing but what is ours changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow.compute as pc
import pytest

from kg import Graph
from kg.errors import GraphError
from kg.neo4j import shape
from kg.tables import Tables
from tests.graphs import entity, hostile, link, paper, small

from .conftest import Place

pytestmark = pytest.mark.neo4j


def native(value: Any) -> Any:
    return value.to_native() if hasattr(value, "to_native") else value


def held(place: Place) -> tuple[dict[str, Any], dict[str, Any]]:
    """All nodes and links of ours as the server has them, without the mark."""
    nodes = place.rows("MATCH (n {kg: $kg}) RETURN n.id, labels(n), properties(n)")
    links = place.rows("MATCH (a)-[r {kg: $kg}]->(b) RETURN r.key, type(r), a.id, b.id, properties(r)")
    assert len({row[0] for row in nodes}) == len(nodes)
    assert len({row[0] for row in links}) == len(links)
    own = {row[0]: (row[1], plain(row[2])) for row in nodes}
    return own, {row[0]: (*row[1:4], plain(row[4])) for row in links}


def plain(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: native(value) for name, value in properties.items() if name != shape.MARK}


def wanted(graph: Graph) -> tuple[dict[str, Any], dict[str, Any]]:
    nodes = {node.id: ([node.label], dict(node.properties)) for node in shape.nodes(graph.tables)}
    links = {
        link.key: (link.type, link.source, link.target, dict(link.properties)) for link in shape.links(graph.tables)
    }
    return nodes, links


@pytest.mark.parametrize("graph", [small(), hostile()], ids=["small", "hostile"])
def test_every_row_of_the_tables_stands_in_the_server_with_its_types(place: Place, graph: Graph) -> None:
    summary = place.push(graph)
    nodes, links = wanted(graph)
    assert held(place) == (nodes, links)
    assert (summary.nodes.created, summary.links.created) == (len(nodes), len(links))


def test_types_are_those_of_neo4j(place: Place) -> None:
    place.push(small())
    (row,) = place.rows(
        "MATCH (p:Paper {kg: $kg, paper_id: '2501.00001'})-[r:RUNS_ON]->(h:Hardware) "
        "RETURN valueType(p.published), valueType(p.authors), valueType(p.year), valueType(r.confidence), "
        "valueType(r.optional), valueType(r.evidence_start), valueType(h.memory_gb), p.published.year"
    )
    assert row == (
        "DATE NOT NULL",
        "LIST<STRING NOT NULL> NOT NULL",
        "INTEGER NOT NULL",
        "FLOAT NOT NULL",
        "BOOLEAN NOT NULL",
        "LIST<INTEGER NOT NULL> NOT NULL",
        "FLOAT NOT NULL",
        2025,
    )


def test_a_second_push_changes_nothing_and_says_so(place: Place) -> None:
    place.push(small())
    before = place.rows("MATCH (n {kg: $kg}) RETURN elementId(n) ORDER BY elementId(n)")
    summary = place.push(small())
    assert not summary.changed
    assert (summary.nodes.unchanged, summary.links.unchanged) == (13, 18)
    assert str(summary).startswith("nothing changed")
    assert place.rows("MATCH (n {kg: $kg}) RETURN elementId(n) ORDER BY elementId(n)") == before


def test_an_older_version_becomes_the_new_one(place: Place) -> None:
    older = small()
    place.push(older)
    newer = changed(older)
    summary = place.push(newer)
    assert held(place) == wanted(newer)
    assert summary.nodes.updated == 1
    assert summary.links.updated == 1
    assert summary.nodes.created == summary.nodes.deleted == summary.links.created == 0


def changed(graph: Graph) -> Graph:
    """The same graph, in which one paper got another date and lost its URL, and one link another count."""
    papers = graph.papers.to_pylist()
    papers[0].update(published=date(2025, 6, 7), url=None)
    links = graph.links.to_pylist()
    next(row for row in links if row["type"] == "RUNS_ON")["count"] = 64
    fresh = Tables.from_rows(papers=papers, links=links)
    return Graph(replace(graph.tables, papers=fresh.papers, links=fresh.links))


def without(graph: Graph, paper_id: str) -> Graph:
    """The same graph without a paper, and without the entities only it links to."""
    kept = {
        "papers": graph.papers.filter(pc.not_equal(graph.papers["id"], paper_id)),
        "links": graph.links.filter(pc.not_equal(graph.links["source"], paper_id)),
        "relations": graph.relations.filter(pc.is_null(graph.relations["paper"])),
        "results": graph.results.filter(pc.not_equal(graph.results["paper"], paper_id)),
        "evidence": graph.evidence.filter(pc.not_equal(graph.evidence["paper"], paper_id)),
        "merges": graph.merges.slice(0, 0),
    }
    linked = {*kept["links"]["target"].to_pylist(), "model/llama-2", "model/llama-2-7b"}
    rows = [row for row in graph.entities.to_pylist() if row["id"] in linked]
    return Graph(replace(graph.tables, **kept, entities=Tables.from_rows(entities=rows).entities))


def test_what_was_removed_from_the_graph_goes(place: Place) -> None:
    place.push(small())
    smaller = without(small(), "paper/2501.00001")
    summary = place.push(smaller)
    assert held(place) == wanted(smaller)
    assert summary.nodes.deleted > 1
    assert summary.links.deleted > 1
    assert not place.push(smaller).changed


def test_other_peoples_data_stays_as_it_is(place: Place) -> None:
    theirs = "MATCH (n:Theirs {test: $kg}) OPTIONAL MATCH (n)-[r]-(m) RETURN n, r, m.id"
    place.rows(
        "CREATE (:Theirs:Paper {id: 'paper/2501.00001', name: 'not ours', test: $kg}) "
        "CREATE (:Theirs:Paper {id: 'paper/2501.00001', name: 'not ours either', test: $kg}) "
        "CREATE (:Theirs:Method {id: 'method/lora', test: $kg})-[:USES {key: 'theirs'}]->(:Theirs:Task {test: $kg})"
    )
    before = place.rows(theirs)
    place.push(small())
    place.push(without(small(), "paper/2501.00001"))
    assert sorted(map(str, place.rows(theirs))) == sorted(map(str, before))


def test_what_others_hang_on_our_nodes_survives_a_push(place: Place) -> None:
    place.push(small())
    place.rows(
        "MATCH (m:Method {kg: $kg, id: 'method/lora'}) SET m.rating = 5 "
        "CREATE (:Reader {test: $kg})-[:LIKES {since: 2020}]->(m)"
    )
    place.push(changed(small()))
    assert place.rows("MATCH (:Reader)-[r:LIKES]->(m:Method {kg: $kg}) RETURN r.since, m.rating, m.name") == [
        (2020, 5, "LoRA")
    ]


def test_a_property_of_ours_that_somebody_changed_is_mended(place: Place) -> None:
    place.push(small())
    place.rows("MATCH (m:Method {kg: $kg, id: 'method/lora'}) SET m.name = 'Lora?', m.aliases = null")
    place.rows("MATCH ()-[r:RUNS_ON {kg: $kg}]->() DELETE r")
    summary = place.push(small())
    assert (summary.nodes.updated, summary.links.created) == (1, 1)
    assert held(place) == wanted(small())


def test_a_removed_node_that_others_link_to_is_left_to_them(place: Place) -> None:
    place.push(small())
    place.rows("MATCH (m {kg: $kg, id: 'method/tinytune'}) CREATE (:Reader {test: $kg})-[:LIKES]->(m) SET m.test = $kg")
    smaller = without(small(), "paper/2501.00001")
    fewer = [row for row in smaller.links.to_pylist() if row["target"] != "method/tinytune"]
    entities = [row for row in smaller.entities.to_pylist() if row["id"] != "method/tinytune"]
    fresh = Tables.from_rows(links=fewer, entities=entities, evidence=())
    summary = place.push(Graph(replace(smaller.tables, links=fresh.links, entities=fresh.entities)))
    assert summary.nodes.released == 1
    assert place.rows("MATCH (:Reader {test: $kg})-[:LIKES]->(m) RETURN m.id, m.kg") == [("method/tinytune", None)]


def test_graphs_of_two_names_live_side_by_side(place: Place) -> None:
    place.push(small())
    other = Place(place.access, place.driver, place.namespace + "-2")
    other.push(hostile())
    assert held(place) == wanted(small())
    assert held(other) == wanted(hostile())
    other.push(Graph(Tables.from_rows()))
    other.rows("MATCH (g:KgGraph {name: $kg}) DELETE g")
    assert held(place) == wanted(small())


def test_links_between_one_pair_are_kept_apart_by_key(place: Place) -> None:
    one, two = link("paper/p", "USES", "method/m"), link("paper/p", "USES", "method/m", confidence=0.1)
    two["key"] += "|2"
    rows = {"papers": [paper("p", "P", "")], "entities": [entity("method/m", "Method", "M")], "links": [one, two]}
    graph = Graph(Tables.from_rows(**rows))
    place.push(graph)
    place.push(graph)
    found = place.rows("MATCH (:Paper {kg: $kg})-[r:USES]->() RETURN r.key, r.confidence ORDER BY r.key")
    assert found == [(one["key"], 0.9), (two["key"], 0.1)]


def test_progress_is_told_to_the_end(place: Place) -> None:
    seen: list[tuple[str, int, int]] = []
    place.push(small(), progress=lambda *step: seen.append(step))
    assert seen[-1] == ("links", 18, 18)
    assert [step for step in seen if step[0] == "nodes"][-1] == ("nodes", 13, 13)
    assert seen == sorted(seen, key=lambda step: (step[0] == "links", step[1]))


def test_a_link_to_nothing_is_refused_with_its_key(place: Place) -> None:
    broken = Graph(Tables.from_rows(papers=[paper("p", "P", "")], links=[link("paper/p", "USES", "method/none")]))
    with pytest.raises(GraphError, match=r"paper/p\|USES\|method/none.*method/none"):
        place.push(broken)


def test_an_empty_graph_empties_only_its_own(place: Place) -> None:
    place.push(small())
    summary = place.push(Graph(Tables.from_rows()))
    assert (summary.nodes.deleted, summary.links.deleted) == (13, 18)
    assert held(place) == ({}, {})
