"""The NetworkX graph holds what the tables hold, and gives them back."""

from __future__ import annotations

from datetime import date

import networkx
import pytest
from hypothesis import given

from kg.build.networkx import from_networkx, to_networkx
from kg.errors import GraphError
from kg.graph import Graph
from tests import graphs


@pytest.mark.parametrize("graph", [graphs.small(), graphs.hostile()], ids=["small", "hostile"])
def test_tables_come_back(graph: Graph) -> None:
    assert from_networkx(to_networkx(graph.tables)) == graph.tables


@given(graphs.graphs())
def test_any_tables_come_back(graph: Graph) -> None:
    assert from_networkx(to_networkx(graph.tables)) == graph.tables


def test_nodes_are_typed_and_parallel_links_apart_with_their_evidence() -> None:
    found = to_networkx(graphs.small().tables)
    assert found.nodes["paper/2501.00001"]["type"] == "Paper"
    assert found.nodes["paper/2501.00001"]["published"] == date(2025, 1, 2)
    link = found["paper/2501.00001"]["hardware/nvidia-a100"]["paper/2501.00001|RUNS_ON|hardware/nvidia-a100"]
    assert (link["type"], link["evidence_text"]) == ("RUNS_ON", ["A100", "two A100 GPUs"])
    found.add_edge("paper/2501.00001", "hardware/nvidia-a100", key="another", type="MENTIONS")
    assert found.number_of_edges("paper/2501.00001", "hardware/nvidia-a100") == 2


def test_a_graph_that_is_not_ours_is_refused() -> None:
    other = networkx.MultiDiGraph()
    other.add_node("x")
    with pytest.raises(GraphError, match="no 'type' on 'x'"):
        from_networkx(other)
