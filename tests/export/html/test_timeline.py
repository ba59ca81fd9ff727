"""The overview by time: later is further right, and nothing covers anything."""

from __future__ import annotations

import numpy as np

from kg.export.html.gather import gather
from kg.export.html.page import draw
from kg.export.html.scope import Scope
from kg.export.html.timeline import UNDATED, days
from tests.export.html.graphs_for_pages import crowd, library


def test_a_thing_stands_at_the_mean_of_its_papers() -> None:
    found = gather(library().tables)
    when = dict(zip(found.ids, days(found).tolist(), strict=True))
    assert when["dataset/verbs"] == (when["paper/p3"] + when["paper/p4"]) / 2
    assert np.isnan(when["paper/p5"])


def test_bands_are_years_in_order_and_hold_their_papers() -> None:
    drawing = draw(library(), Scope())
    assert [label for label, *_ in drawing.bands] == [UNDATED, "2021", "2022", "2023", "2024"]
    edges = {label: (left, right) for label, left, right in drawing.bands}
    for number, kind in enumerate(drawing.found.types):
        if kind == "Paper":
            left, right = edges[drawing.found.dates[number][:4] or UNDATED]
            assert left <= drawing.by_year[number, 0] <= right


def test_months_where_years_would_tell_nothing() -> None:
    graph = library()
    papers = graph.tables.papers.to_pylist()
    from datetime import date

    from kg.graph import Graph
    from kg.tables import SCHEMAS, Tables

    rows = {name: getattr(graph.tables, name).to_pylist() for name in SCHEMAS}
    rows["papers"] = [{**row, "published": date(2025, 1 + n, 3)} for n, row in enumerate(papers)]
    drawing = draw(Graph(Tables.from_rows(**rows)), Scope())
    assert [label for label, *_ in drawing.bands][:2] == ["2025-01", "2025-02"]


def test_nothing_covers_anything() -> None:
    drawing = draw(crowd(600), Scope())
    at, radius = drawing.by_year[drawing.core], drawing.radius[drawing.core]
    distance = np.hypot(*(at[:, None] - at[None, :]).transpose(2, 0, 1)) + np.eye(len(at)) * 999
    assert (distance > (radius[:, None] + radius[None, :]) * 0.8).all()
