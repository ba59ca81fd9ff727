"""The store for SPARQL: loaded in bulk from the stream of triples, kept beside the graph, marked with its digest."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.rdf.blocks import RdfOptions, portions
from kg.export.rdf.lines import gathered, triples
from kg.files import replacing_folder
from kg.schema import load

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.tables import Tables

FOLDER = "stores/sparql"
DATABASE = "rocksdb"
_MARK = "digest"
_OPENED = "_opened_for_sparql"


class _Opened:
    """An open store of one version of the tables."""

    def __init__(self, store: Any, tables: Tables, mark: str) -> None:
        self.store = store
        self.tables = tables
        self.mark = mark


def store_of(graph: Graph) -> Any:
    """The store of ``graph`` as it is now: the one already open, else the one on disk, else a new one."""
    opened: _Opened | None = vars(graph).get(_OPENED)
    if opened is not None and opened.tables is graph.tables:
        return opened.store
    mark = _mark(graph)
    if opened is None or opened.mark != mark:
        kept = _on_disk(graph)
        opened = _Opened(_in_memory(graph) if kept is None else kept, graph.tables, mark)
    vars(graph)[_OPENED] = opened
    return opened.store


def database(graph: Graph) -> Path | None:
    """The folder of the store on disk, made if it is not there or not of these tables.

    ``None`` when the graph has no folder, or none one may write in.
    """
    if graph.folder is None or not graph.folder.is_dir():
        return None
    place = graph.folder / FOLDER
    mark = _mark(graph)
    marked = place / _MARK
    if not marked.is_file() or marked.read_text(encoding="utf-8") != mark:
        try:
            with replacing_folder(place) as folder:
                _build(graph, folder / DATABASE)
                (folder / _MARK).write_text(mark, encoding="utf-8")
        except PermissionError:
            return None
    return place / DATABASE


def _on_disk(graph: Graph) -> Any | None:
    """The store on disk, opened to read; made again when it is damaged."""
    import pyoxigraph as ox

    place = database(graph)
    if place is None:
        return None
    try:
        return ox.Store.read_only(str(place))
    except (OSError, RuntimeError):
        (place.parent / _MARK).unlink()
        return ox.Store.read_only(str(database(graph)))


def _mark(graph: Graph) -> str:
    """What a store must have been made from: these tables under this schema."""
    return f"{graph.digest} {load().version_iri}"


def _build(graph: Graph, place: Path) -> None:
    import pyoxigraph as ox

    store = ox.Store(str(place))
    store.bulk_load(_stream(graph), ox.RdfFormat.N_TRIPLES, lenient=True)
    store.optimize()
    store.flush()
    del store  # closes the database, so that it can be renamed and opened read-only


def _in_memory(graph: Graph) -> Any:
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(_stream(graph), ox.RdfFormat.N_TRIPLES, lenient=True)
    return store


class _Lines(io.RawIOBase):
    """The triples of a graph as a binary file that is read once; lenient loading is safe, for we wrote them."""

    def __init__(self, graph: Graph) -> None:
        self._pieces = gathered(triples(portions(graph, RdfOptions())))
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill as much of ``buffer`` as is at hand; 0 at the end."""
        if not self._rest:
            self._rest = memoryview(next(self._pieces, b""))
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def _stream(graph: Graph) -> io.BufferedReader:
    return io.BufferedReader(_Lines(graph), 1 << 18)
