"""Put a graph with its exports and stores into a folder, all at once.

Everything is made in a folder beside it, which takes its place when complete: whoever reads the
folder sees the earlier graph whole or the new one whole, even when the build is killed. What is
not ours in the folder (a README, a user's own files) is carried over.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg import manifest
from kg.beside import Helper, make_all
from kg.cache import CACHE, write_whole
from kg.errors import ExportError, GraphError
from kg.export import registry
from kg.files import recover, replacing_folder
from kg.graph import TABLES, Graph
from kg.model import Record
from kg.projections import STORES, chosen, tasks
from kg.report import Progress, Report
from kg.tables import Tables

_MAY_BE_THERE = ("README.md", ".gitignore", ".gitkeep", CACHE)


def check(folder: Path) -> None:
    """Refuse a folder that holds something other than a graph, before any work is done.

    Raises `GraphError`.
    """
    recover(folder)
    if not folder.exists():
        return
    if not folder.is_dir():
        raise GraphError("is a file, not a folder", where=str(folder), mend="choose another with -o")
    if folder.is_mount():
        raise GraphError("a mounted folder cannot be replaced", where=str(folder), mend=f"use -o {folder / 'graph'}")
    strange = [entry.name for entry in folder.iterdir() if entry.name not in _MAY_BE_THERE]
    if strange and not (folder / TABLES).is_dir():
        raise GraphError(f"holds other things ({strange[0]})", where=str(folder), mend="choose another with -o")


def publish(
    tables: Tables,
    records: Iterable[tuple[str, Record]],
    folder: Path,
    formats: Sequence[str] | None,
    report: Report,
    progress: Progress,
    helper: Helper | None = None,
) -> Graph:
    """Make ``folder`` hold the graph of ``tables``, the ``records`` it came from, exports and stores.

    ``formats`` are the exports to write; by default those chosen for this folder before, else the usual ones.
    A ``helper`` makes some of them. Raises `GraphError` or `ExportError` when something cannot be written; the
    folder is then as it was.
    """
    place = folder.resolve()
    names, choice = chosen(place, formats)
    wanted = tasks(names)
    try:
        with replacing_folder(place) as new:
            _carry_over(place, new)
            with report.stage("save") as stage:
                graph = Graph(tables)
                graph.save(new)
                manifest.choose(new, choice)
                write_whole(new, records)
                stage.gave = str(folder / TABLES)
            report.add(make_all(graph, wanted, helper, lambda done: progress("export", done, len(wanted))))
            progress("export", len(wanted), len(wanted))
            del graph
    except OSError as error:
        raise ExportError(f"cannot be written: {error.strerror or error}", where=str(folder)) from error
    return Graph(tables, folder)


def _carry_over(old: Path, new: Path) -> None:
    """Link what is not ours from the old folder into the new one, and what extractors keep beside the records."""
    if not old.is_dir():
        return
    for kept in (old / CACHE).glob("*/"):
        shutil.copytree(kept, new / CACHE / kept.name, copy_function=_link)
    ours = {TABLES, manifest.NAME, STORES, CACHE, *(form.filename for _, form in registry())}
    for entry in old.iterdir():
        if entry.name in ours:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, new / entry.name, symlinks=True, copy_function=_link)
        else:
            _link(str(entry), str(new / entry.name))


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
