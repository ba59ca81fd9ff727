"""The shortest ways between two things, against NetworkX, and through rare things first."""

from __future__ import annotations

import random

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UnknownNameError
from kg.graph import Graph
from kg.query.path import paths
from kg.tables import Tables
from tests import graphs

GRAPH = graphs.small()


def test_a_step_has_all_its_links_with_direction_and_evidence() -> None:
    way = paths(GRAPH, "TinyTune", "LoRA")[0]
    assert [node.name for node in way.nodes] == ["TinyTune", "LoRA"]
    link = way.steps[0].links[0]
    assert (link.type, link.forward, link.properties["outcome"]) == ("COMPARED_WITH", True, "better")
    assert link.evidence[0].sentence.startswith("TinyTune fine-tunes")
    back = paths(GRAPH, "LoRA", "TinyTune")[0].steps[0].links[0]
    assert (back.key, back.forward) == (link.key, False)


def test_a_way_leads_through_results_too() -> None:
    way = paths(GRAPH, "accuracy", "TinyTune")[0]
    assert [(link.type, link.forward) for step in way.steps for link in step.links] == [
        ("IN_METRIC", False),
        ("OF_SUBJECT", True),
    ]
    assert paths(GRAPH, "accuracy", "2501.00001")[0].steps[1].links[0].evidence[0].marked().endswith("with [51.5%].")


def test_a_thing_and_itself_are_no_steps_apart() -> None:
    assert [len(way) for way in paths(GRAPH, "LoRA", "low-rank adaptation")] == [0]


def test_no_way_gives_none_and_an_unknown_name_is_refused() -> None:
    entities = [graphs.entity("method/a", "Method", "A"), graphs.entity("method/b", "Method", "B")]
    assert paths(Graph(Tables.from_rows(entities=entities)), "A", "B") == []
    with pytest.raises(UnknownNameError):
        paths(GRAPH, "LoRA", "nothing of the kind")


def star(users: int) -> Graph:
    """A and B meet in a hub that all papers use, and in a rare thing of two papers."""
    entities = [graphs.entity(f"method/{name}", "Method", name) for name in ("A", "B", "hub", "rare")]
    papers = [graphs.paper(f"p{number}", f"Paper {number}", "text") for number in range(users)]
    links = [graphs.link(paper["id"], "USES", "method/hub") for paper in papers]
    links += [graphs.link("paper/p0", "USES", "method/A"), graphs.link("paper/p1", "USES", "method/B")]
    links += [graphs.link(f"paper/p{number}", "USES", "method/rare") for number in (0, 1)]
    return Graph(Tables.from_rows(papers=papers, entities=entities, links=links))


def test_ways_through_rare_things_come_first() -> None:
    found = paths(star(20), "A", "B")
    assert [way.nodes[2].name for way in found] == ["rare", "hub"]
    assert [len(way) for way in found] == [4, 4]


def test_hubs_can_be_left_out() -> None:
    assert [way.nodes[2].name for way in paths(star(150), "A", "B", hubs=False)] == ["rare"]


def test_limits_hold() -> None:
    assert len(paths(star(20), "A", "B", limit=1)) == 1
    assert paths(star(20), "A", "B", longest=3) == []


@given(st.integers(0, 10_000), st.integers(2, 14), st.integers(0, 30))
def test_ways_are_as_short_as_networkx_finds_and_all_of_them(seed: int, size: int, count: int) -> None:
    draw = random.Random(seed)
    papers = [graphs.paper(f"p{n}", f"Paper {n}", "text") for n in range(size)]
    entities = [graphs.entity(f"method/m{n}", "Method", f"M{n}") for n in range(size)]
    pairs = {(draw.randrange(size), draw.randrange(size)) for _ in range(count)}
    links = [graphs.link(f"paper/p{a}", "USES", f"method/m{b}") for a, b in sorted(pairs)]
    graph = Graph(Tables.from_rows(papers=papers, entities=entities, links=links))
    plain = networkx.Graph(graph.networkx().to_undirected())
    found = paths(graph, "M0", "M1", limit=1000, longest=40)
    try:
        expected = {tuple(way) for way in networkx.all_shortest_paths(plain, "method/m0", "method/m1")}
    except networkx.NetworkXNoPath:
        expected = set()
    assert {tuple(node.id for node in way.nodes) for way in found} == expected
    assert len(found) == len(expected)


def test_the_same_question_gives_the_same_ways_in_the_same_order() -> None:
    assert paths(star(30), "A", "B") == paths(star(30), "A", "B")
