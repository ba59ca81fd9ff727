"""What a graph holds, counted."""

from __future__ import annotations

from datetime import date

from kg.graph import Graph
from kg.query.stats import stats
from kg.tables import Tables
from tests import graphs


def test_everything_is_counted() -> None:
    held = stats(graphs.small())
    assert (held.papers, held.results, held.nodes, held.all_links) == (3, 1, 13, 14)
    assert list(held.things.items())[:2] == [("Method", 2), ("Model", 2)]
    assert held.links["EVALUATES_ON"] == 3
    assert held.relations == {"COMPARED_WITH": 1, "EVALUATED_ON": 1, "VARIANT_OF": 1}
    assert (held.years, held.first, held.last) == ({2025: 2}, date(2025, 1, 2), date(2025, 3, 4))
    assert [(ref.name, papers) for ref, papers in held.most["Model"]] == [("Llama-2-7B", 1), ("Llama-2", 0)]
    assert held.merged_forms == 1


def test_an_empty_graph_has_nothing() -> None:
    held = stats(Graph(Tables.from_rows()))
    assert (held.nodes, held.all_links, held.first, held.years, held.most) == (0, 0, None, {}, {})
