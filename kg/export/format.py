"""What an export format is; each module of `kg.export.formats` defines one as ``FORMAT``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph import Graph


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A way to write a graph: ``write(graph, target, **options)`` puts it at ``target``.

    ``target`` is a file, or a folder when ``is_folder``; by default ``filename`` in the graph's folder.
    ``default`` says whether `kg build` writes it unasked.
    """

    name: str
    filename: str
    description: str
    write: Callable[..., None]
    is_folder: bool = False
    default: bool = True

    def target(self, graph: Graph) -> Path:
        """The default place of this export of ``graph``."""
        return (graph.folder or Path("exports")) / self.filename
