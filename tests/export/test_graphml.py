"""GraphML is read back by NetworkX and by a strict XML parser, and gives the same tables again."""

from __future__ import annotations

import tempfile
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest
from hypothesis import given

from kg.build.networkx import from_networkx
from kg.graph import Graph
from tests import graphs

NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"


def written(graph: Graph, folder: Path) -> Path:
    return graph.export("graphml", folder / "graph.graphml")


@pytest.mark.parametrize("graph", [graphs.small(), graphs.hostile()], ids=["small", "hostile"])
def test_tables_come_back_through_networkx(graph: Graph, tmp_path: Path) -> None:
    read = networkx.read_graphml(written(graph, tmp_path))
    assert from_networkx(read) == graph.tables


@given(graphs.graphs())
def test_any_text_comes_back(graph: Graph) -> None:
    with tempfile.TemporaryDirectory() as folder:
        read = networkx.read_graphml(written(graph, Path(folder)), force_multigraph=True)
    assert from_networkx(read) == graph.tables


def test_a_strict_parser_finds_every_node_and_link_with_declared_keys(tmp_path: Path) -> None:
    root = ElementTree.parse(written(graphs.hostile(), tmp_path)).getroot()
    declared = {key.get("id") for key in root.iter(f"{NAMESPACE}key")}
    used = {data.get("key") for data in root.iter(f"{NAMESPACE}data")}
    assert used <= declared
    assert len(list(root.iter(f"{NAMESPACE}node"))) == 2 * len(graphs.HOSTILE) + 2
    assert len(list(root.iter(f"{NAMESPACE}edge"))) == len(graphs.HOSTILE) + 1


def test_attributes_keep_their_types(tmp_path: Path) -> None:
    read = networkx.read_graphml(written(graphs.small(), tmp_path), force_multigraph=True)
    run = read["paper/2501.00001"]["hardware/nvidia-a100"]["paper/2501.00001|RUNS_ON|hardware/nvidia-a100"]
    assert (run["count"], run["memory_gb"], run["optional"]) == (2, 80.0, False)
    assert read.nodes["model/llama-2-7b"]["parameters"] == 7_000_000_000
    assert read.nodes["method/lora"]["label"] == "LoRA"


def test_two_writings_are_equal(tmp_path: Path) -> None:
    first = written(graphs.small(), tmp_path / "a").read_bytes()
    assert first == written(graphs.small(), tmp_path / "b").read_bytes()
