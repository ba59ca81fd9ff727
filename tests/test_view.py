"""The property-graph view: every row once, absent values absent, evidence with its own link in order."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kg import view
from kg.graph import Graph
from kg.tables import Tables
from tests import graphs


def test_nodes_are_papers_things_and_results() -> None:
    nodes = {node.id: node for node in view.nodes(graphs.small().tables)}
    assert len(nodes) == 3 + 9 + 1
    paper = nodes["paper/2501.00001"]
    assert (paper.label, paper.properties["published"], paper.properties["year"]) == ("Paper", date(2025, 1, 2), 2025)
    assert "published" not in nodes["paper/bench"].properties
    assert nodes["method/lora"].properties["aliases"] == ["Low-Rank Adaptation"]
    assert "aliases" not in nodes["method/tinytune"].properties
    assert nodes["result/2501.00001/tinytune/gsm8k/51.5"].properties["name"] == "51.5%"


def test_large_results_are_named_in_full() -> None:
    row = {"id": "result/r", "paper": "paper/p", "subject": "model/m", "dataset": "dataset/d", "confidence": 1.0}
    tables = Tables.from_rows(results=[{**row, "value": 1234567.0}])
    assert next(view.nodes(tables)).properties["name"] == "1234567"


def test_links_are_those_of_the_tables_and_of_results() -> None:
    links = {link.key: link for link in view.links(graphs.small().tables)}
    assert len(links) == 11 + 3 + 4
    run = links["paper/2501.00001|RUNS_ON|hardware/nvidia-a100"]
    assert run.properties["evidence_text"] == ["A100", "two A100 GPUs"]
    assert run.properties["count"] == 2
    assert "hours" not in run.properties
    reported = links["paper/2501.00001|REPORTS|result/2501.00001/tinytune/gsm8k/51.5"]
    assert reported.properties["evidence_text"] == ["51.5%"]


def test_no_value_is_none_or_an_empty_list() -> None:
    graph = graphs.hostile()
    values = [value for node in view.nodes(graph.tables) for value in node.properties.values()]
    values += [value for link in view.links(graph.tables) for value in link.properties.values()]
    assert all(value is not None and value != [] for value in values)


KEYS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=4)


@given(st.dictionaries(KEYS, st.integers(0, 3), max_size=12))
def test_the_streamed_join_gives_each_link_its_own_evidence(counts: dict[str, int]) -> None:
    links, proof = [], []
    for name, count in counts.items():
        row = graphs.link("paper/p", "USES", f"method/{name}")
        links.append(row)
        for position in range(count):
            sentence = f"{position} of {name}"
            proof.append(graphs.evidence("link", row["key"], "paper/p", sentence, sentence, position))
        proof.append(graphs.evidence("relation", row["key"], "paper/p", "another kind", "another kind"))
    orphan = graphs.evidence("link", "paper/p|USES|zzz", "paper/p", "of no link", "of no link")
    tables = Tables.from_rows(links=links, evidence=[*proof, orphan])
    seen: dict[str, Any] = {link.target: link.properties for link in view.links(tables)}
    assert len(seen) == len(counts)
    for name, count in counts.items():
        expected = [f"{position} of {name}" for position in range(count)]
        assert seen[f"method/{name}"].get("evidence_sentence", []) == expected
        assert seen[f"method/{name}"].get("sentence") == (expected[0] if expected else None)


@given(graphs.graphs())
def test_the_view_is_the_same_for_the_same_graph(graph: Graph) -> None:
    assert list(view.links(graph.tables)) == list(view.links(graph.tables))
    assert sum(1 for _ in view.nodes(graph.tables)) == graph.papers.num_rows + graph.entities.num_rows
