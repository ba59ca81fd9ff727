"""Read a pushed graph back from Neo4j into tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg import schema
from kg.errors import ServerError
from kg.neo4j import shape
from kg.neo4j.rebuild import Rebuild
from kg.neo4j.server import connected
from kg.tables import Tables

if TYPE_CHECKING:
    from neo4j import Session

_GRAPH = f"MATCH (g:{shape.GRAPH} {{name: $mark}}) RETURN g.complete AS complete"
_NODES = "MATCH (n:`{0}` {{{1}: $mark}}) RETURN properties(n) AS properties"
_LINKS = (
    "MATCH (a {{{1}: $mark}})-[r:`{0}` {{{1}: $mark}}]->(b {{{1}: $mark}}) "
    "RETURN a.id AS source, b.id AS target, properties(r) AS properties"
)


def pull(
    uri: str,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
    *,
    namespace: str = shape.NAMESPACE,
) -> Tables:
    """The tables of the graph that was pushed to ``uri``, equal to those it was pushed from.

    Raises `ServerError` when no graph of ours is there, or its push was never finished.
    """
    with connected(uri, user, password, database) as driver, driver.session(database=database) as session:
        _check(session, uri, namespace)
        try:
            return _tables(session, namespace)
        except (KeyError, TypeError, ValueError) as error:
            said = f"what stands there is not what was pushed: {error}"
            raise ServerError(said, where=uri, mend="run kg push to mend it") from error


def _tables(session: Session, namespace: str) -> Tables:
    rebuild = Rebuild()
    for label in schema.load().node_types:
        for record in _records(session, _NODES, label, namespace):
            rebuild.node(label, record["properties"])
    for kind in schema.load().link_types:
        for record in _records(session, _LINKS, kind, namespace):
            rebuild.link(kind, record["source"], record["target"], record["properties"])
    return rebuild.tables()


def _check(session: Session, uri: str, namespace: str) -> None:
    record = session.run(_GRAPH, mark=namespace).single()
    if record is None:
        raise ServerError(f"holds no graph called {namespace!r}", where=uri, mend="push one first: kg push")
    if not record["complete"]:
        raise ServerError("holds a graph whose push was not finished", where=uri, mend="run kg push again")


def _records(session: Session, query: str, name: str, namespace: str) -> Iterator[Any]:
    yield from session.run(query.format(name, shape.MARK), mark=namespace)
