"""The embedded store for Cypher: built from the view, kept beside the graph, marked with its digest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import schema, view
from kg.batches import batches
from kg.errors import GraphError
from kg.files import replacing_folder

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.tables import Tables

FOLDER = "stores/cypher"
_STORE = "graph.kgl"
_DIGEST = "digest"
_OPENED = "_opened_for_cypher"
_NODES = "UNWIND $rows AS row CREATE (n:`{0}`) SET n = row"
_LINKS = (
    "UNWIND $rows AS row MATCH (a:`{0}` {{id: row.source}}) MATCH (b:`{2}` {{id: row.target}}) "
    "CREATE (a)-[r:`{1}`]->(b) SET r = row.set"
)


class Store:
    """An open store of one version of the tables; its ``graph`` refuses to write."""

    def __init__(self, graph: Any, tables: Tables, digest: str) -> None:
        graph.read_only(True)
        self.graph = graph
        self.tables = tables
        self.digest = digest
        self._ids: dict[int, str] = {}

    def id_at(self, place: int) -> str:
        """The id of the node at an internal place."""
        if not self._ids:
            found = self.graph.cypher("MATCH (n) RETURN elementId(n) AS place, n.id AS id")
            self._ids = {int(row["place"]): row["id"] for row in found}
        return self._ids[place]


def store_of(graph: Graph) -> Store:
    """The store of ``graph`` as it is now: the one already open, else the one on disk, else a new one."""
    opened: Store | None = vars(graph).get(_OPENED)
    if opened is not None and opened.tables is graph.tables:
        return opened
    digest = graph.digest
    if opened is None or opened.digest != digest:
        opened = Store(_load(graph, digest) or _made(graph, digest), graph.tables, digest)
    vars(graph)[_OPENED] = opened
    return opened


def database(graph: Graph) -> Path | None:
    """The folder of the store on disk, made if it is not there or not of these tables.

    ``None`` when the graph has no folder, or none one may write in.
    """
    store_of(graph)
    place = graph.folder / FOLDER if graph.folder is not None else None
    return place if place is not None and place.is_dir() else None


def build(tables: Tables) -> Any:
    """A new store that holds every node and link of the view."""
    import kglite

    store = kglite.KnowledgeGraph()
    labels: dict[str, str] = {}
    for batch in batches(_nodes(tables, labels)):
        store.cypher(_NODES.format(*batch.group), params={"rows": batch.rows})
    for batch in batches(_links(tables, labels)):
        store.cypher(_LINKS.format(*batch.group), params={"rows": batch.rows})
    return store


def _nodes(tables: Tables, labels: dict[str, str]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    for node in view.nodes(tables):
        labels[node.id] = _known(node.label, node.id)
        yield (node.label,), dict(node.properties)


def _links(tables: Tables, labels: dict[str, str]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    for link in view.links(tables):
        if link.source not in labels or link.target not in labels:
            raise GraphError("a link from or to what is no node", where=link.key, mend="run `kg build` again")
        group = (labels[link.source], _known(link.type, link.key), labels[link.target])
        yield group, {"source": link.source, "target": link.target, "set": dict(link.properties)}


def _known(name: str, where: str) -> str:
    """A node or link type of the schema: nothing else may become Cypher."""
    types = schema.load()
    if name in types.node_types or name in types.link_types:
        return name
    raise GraphError(f"no such node or link type: {name!r}", where=where, mend="run `kg build` again")


def _load(graph: Graph, digest: str) -> Any | None:
    """The store on disk, when it is there, whole and of these tables."""
    import kglite

    if graph.folder is None:
        return None
    place = graph.folder / FOLDER
    try:
        if (place / _DIGEST).read_text(encoding="utf-8") != digest:
            return None
        return kglite.load(str(place / _STORE))
    except (OSError, kglite.KgError):
        return None


def _made(graph: Graph, digest: str) -> Any:
    """A new store, kept beside a graph that has a folder one may write in."""
    store = build(graph.tables)
    if graph.folder is not None and graph.folder.is_dir():
        _keep(store, graph.folder / FOLDER, digest)
    return store


def _keep(store: Any, place: Path, digest: str) -> None:
    try:
        with replacing_folder(place) as folder:
            store.save(str(folder / _STORE), fsync=False)
            (folder / _DIGEST).write_text(digest, encoding="utf-8")
    except PermissionError:
        # A graph on a read-only disk is asked from memory.
        return
