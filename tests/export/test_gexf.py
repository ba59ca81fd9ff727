"""GEXF is read back by NetworkX and by a strict XML parser."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import networkx
from hypothesis import given

from kg.graph import Graph
from kg.schema import load
from kg.xml_text import unescape
from tests import graphs

NAMESPACE = "{http://www.gexf.net/1.2draft}"


def read(graph: Graph, folder: Path) -> networkx.Graph:
    return networkx.read_gexf(graph.export("gexf", folder / "graph.gexf"), version="1.2draft")


def test_networkx_reads_nodes_links_and_values(tmp_path: Path) -> None:
    found = networkx.MultiDiGraph(read(graphs.small(), tmp_path))
    expected = graphs.small().networkx()
    assert set(found.nodes) == set(expected.nodes)
    assert found.number_of_edges() == expected.number_of_edges()
    link = found["paper/2501.00001"]["hardware/nvidia-a100"]
    values = next(iter(link.values()))
    assert (values["type"], values["count"], values["memory_gb"]) == ("RUNS_ON", 2, 80.0)
    assert json.loads(found.nodes["method/lora"]["aliases"]) == ["Low-Rank Adaptation"]


@given(graphs.graphs())
def test_any_text_comes_back(graph: Graph) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = read(graph, Path(folder))
    for row in graph.papers.to_pylist():
        assert unescape(found.nodes[row["id"]]["name"]) == row["name"]


def test_papers_carry_dates_and_types_their_colours(tmp_path: Path) -> None:
    root = ElementTree.parse(graphs.small().export("gexf", tmp_path / "g.gexf")).getroot()
    nodes = {node.get("id"): node for node in root.iter(f"{NAMESPACE}node")}
    assert nodes["paper/2501.00001"].get("start") == "2025-01-02"
    colour = nodes["method/lora"].find("{http://www.gexf.net/1.2draft/viz}color")
    assert colour is not None
    shown = "#" + "".join(f"{int(colour.get(part) or 0):02x}" for part in "rgb")
    assert shown == load().node_types["Method"].colour


def test_two_writings_are_equal(tmp_path: Path) -> None:
    first, second = (graphs.small().export("gexf", tmp_path / name).read_bytes() for name in ("a", "b"))
    assert first == second
