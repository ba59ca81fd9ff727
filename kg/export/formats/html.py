"""HTML: an explorer in one file, on pyvis, that needs no network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.format import ExportFormat
from kg.files import replacing

if TYPE_CHECKING:
    from kg.graph import Graph


def write(
    graph: Graph,
    target: Path,
    *,
    title: str | None = None,
    focus: str | None = None,
    hops: int = 1,
    type: str | Sequence[str] = (),
    since: str | None = None,
    all: bool = False,
    evidence: int = 3,
) -> None:
    """Write the page at ``target``; for the options see `kg.export.html.render`."""
    from kg.export.html import TITLE, render

    page = render(
        graph, title=title or TITLE, focus=focus, hops=hops, type=type, since=since, all=all, evidence=evidence
    )
    with replacing(target, binary=True) as file:
        file.write(page.encode("utf-8", "replace"))


FORMAT = ExportFormat("html", "graph.html", "an explorer in one file that opens without a network", write)
