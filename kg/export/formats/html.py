"""HTML: an explorer in one file, on pyvis, that needs no network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.format import ExportFormat
from kg.files import replacing

if TYPE_CHECKING:
    from kg.graph import Graph


def write(graph: Graph, target: Path, **options: Any) -> None:
    """Write the page at ``target``; options as in `kg.export.html.render`."""
    from kg.export.html import render

    page = render(graph, **options)
    with replacing(target, binary=True) as file:
        file.write(page.encode("utf-8", "replace"))


FORMAT = ExportFormat("html", "graph.html", "an explorer in one file that opens without a network", write)
