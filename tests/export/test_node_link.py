"""Node-link JSON is what NetworkX reads, and gives the same tables again."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import networkx
import pytest
from hypothesis import given

from kg.build.networkx import from_networkx
from kg.graph import Graph
from tests import graphs


def read(graph: Graph, folder: Path) -> networkx.MultiDiGraph:
    path = graph.export("node-link", folder / "graph.json")
    return networkx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")


@pytest.mark.parametrize("graph", [graphs.small(), graphs.hostile()], ids=["small", "hostile"])
def test_tables_come_back_through_networkx(graph: Graph, tmp_path: Path) -> None:
    assert from_networkx(read(graph, tmp_path)) == graph.tables


@given(graphs.graphs())
def test_any_text_comes_back(graph: Graph) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert from_networkx(read(graph, Path(folder))) == graph.tables


def test_values_are_those_of_the_graph(tmp_path: Path) -> None:
    found, expected = read(graphs.small(), tmp_path), graphs.small().networkx()
    assert set(found.edges(keys=True)) == set(expected.edges(keys=True))
    assert found.nodes["method/lora"] == expected.nodes["method/lora"]


def test_two_writings_are_equal(tmp_path: Path) -> None:
    first, second = (graphs.small().export("node-link", tmp_path / name).read_bytes() for name in ("a", "b"))
    assert first == second
