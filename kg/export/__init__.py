"""Write a graph in any format: one module of `kg.export.formats` each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.format import ExportFormat
from kg.registry import Registry

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["ExportFormat", "export", "registry"]


def registry() -> Registry:
    """The registry of export formats (the name ``formats`` is the sub-package's)."""
    return Registry("kg.export.formats", "FORMAT")


def export(graph: Graph, name: str, target: Path | None = None, **options: Any) -> Path:
    """Write ``graph`` in the format called ``name`` and return where it is.

    Raises `KgError` for an unknown format, `ExportError` when the target cannot be written.
    """
    chosen: ExportFormat = registry().get(name)
    place = target if target is not None else chosen.target(graph)
    chosen.write(graph, place, **options)
    return place
