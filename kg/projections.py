"""What stands beside a graph's tables and is made from them: the stores, and the exports that were chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg import manifest
from kg.beside import Task
from kg.export import ExportFormat, export, registry
from kg.query import cypher, sparql

if TYPE_CHECKING:
    from kg.graph import Graph

STORES = "stores"
USUAL = "usual"
"""Among formats asked for: all that a build writes unasked."""


def tasks(names: Iterable[str]) -> dict[str, Task]:
    """What makes the stores and the exports called ``names``, by the name of the stage.

    The store for SPARQL comes first: no other takes so long.
    """
    exports: dict[str, Task] = {f"export {name}": partial(_export, name) for name in names}
    return {"store sparql": _sparql_store, "store cypher": _cypher_store, **exports}


def every_task() -> dict[str, Task]:
    """What makes the stores and exports in every format; all their modules are loaded then."""
    return tasks(name for name, _ in registry())


def chosen(folder: Path, formats: Sequence[str] | None) -> tuple[list[str], list[str] | None]:
    """The formats to write, and the choice to keep for the next build of ``folder``; none where the usual ones are.

    ``formats`` are those asked for (`USUAL` among them stands for all usual ones). When nothing is asked for, the
    earlier choice holds, and what is in ``folder`` already is written anew. Raises `KgError` for an unknown format.
    """
    known: dict[str, ExportFormat] = dict(registry())
    usual = [name for name, form in known.items() if form.default]
    if formats is None:
        choice = manifest.choice(folder)
        names = usual if choice is None else _spelled_out(choice, usual)
        return [name for name, form in known.items() if name in names or (folder / form.filename).exists()], choice
    asked = list(dict.fromkeys(formats))
    for name in asked:
        if name != USUAL:
            registry().get(name)
    return _spelled_out(asked, usual), None if asked == [USUAL] else asked


def _spelled_out(names: Iterable[str], usual: Sequence[str]) -> list[str]:
    every = (one for name in names for one in (usual if name == USUAL else (name,)))
    return list(dict.fromkeys(every))


def _export(name: str, graph: Graph) -> str:
    path = export(graph, name)
    return f"{path.name}{'/' if path.is_dir() else ''} ({_size(path)})"


def _cypher_store(graph: Graph) -> str:
    return _store(graph, cypher.database(graph))


def _sparql_store(graph: Graph) -> str:
    return _store(graph, sparql.database(graph))


def _store(graph: Graph, path: Path | None) -> str:
    if path is None or graph.folder is None:
        return "in memory only"
    return f"{path.relative_to(graph.folder).parts[0]}/ ({_size(path)})"


def _size(path: Path) -> str:
    """The size of a file or folder."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    size = float(sum(file.stat().st_size for file in files))
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            break
        size /= 1000
    return f"{size:.{0 if unit == 'B' or size >= 10 else 1}f} {unit}"
