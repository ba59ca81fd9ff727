"""Finding things by parts of their names."""

from __future__ import annotations

from hypothesis import given

from kg.graph import Graph
from kg.query.search import search
from kg.tables import Tables
from tests import graphs


def names(graph: Graph, text: str, **options: object) -> list[str]:
    return [hit.ref.name for hit in search(graph, text, **options)]  # type: ignore[arg-type]


def test_whole_names_come_first_then_beginnings_then_words_then_parts() -> None:
    entities = [graphs.entity(f"method/{n}", "Method", name) for n, name in
                enumerate(["xrag", "graph rag", "rag tools", "RAG", "unlike"])]  # fmt: skip
    assert names(Graph(Tables.from_rows(entities=entities)), "rag") == ["RAG", "rag tools", "graph rag", "xrag"]


def test_aliases_and_titles_are_searched_and_said() -> None:
    hit = search(graphs.small(), "low-rank")[0]
    assert (hit.ref.name, hit.matched, hit.papers) == ("LoRA", "Low-Rank Adaptation", 2)
    assert names(graphs.small(), "second look") == ["A Second Look at LoRA"]


def test_all_words_must_be_there_and_types_can_be_chosen() -> None:
    assert names(graphs.small(), "llama 7b") == ["Llama-2-7B"]
    assert names(graphs.small(), "tune", kind="Method") == ["TinyTune"]
    assert names(graphs.small(), "   ") == []
    assert len(names(graphs.small(), "a", limit=2)) == 2


@given(graphs.graphs())
def test_every_name_is_found_by_itself(graph: Graph) -> None:
    for row in graph.entities.to_pylist():
        wanted = row["name"].split()
        if wanted:
            found = search(graph, row["name"], limit=1000)
            assert any(hit.ref.id == row["id"] for hit in found)
