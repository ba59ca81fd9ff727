"""Delete from Neo4j what is ours and no longer in the graph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg import schema
from kg.neo4j import shape
from kg.neo4j.summary import Summary
from kg.tables import Tables

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, Session

_BATCH = 5000
_COUNT_NODES = "MATCH (n:{0} {{{1}: $mark}}) RETURN count(n) AS count"
_COUNT_LINKS = "MATCH ()-[r:{0} {{{1}: $mark}}]->() RETURN count(r) AS count"
_LIST_NODES = "MATCH (n:`{0}` {{{1}: $mark}}) RETURN n.id AS name, elementId(n) AS place"
_LIST_LINKS = "MATCH ()-[r:`{0}` {{{1}: $mark}}]->() RETURN r.key AS name, elementId(r) AS place"
_DELETE_LINKS = "MATCH ()-[r]->() WHERE elementId(r) IN $places DELETE r RETURN count(r) AS count"
_DELETE_NODES = "MATCH (n) WHERE elementId(n) IN $places AND NOT EXISTS { (n)--() } DELETE n RETURN count(n) AS count"
# Somebody else's links hold on to these: they stay, and are no longer ours.
_RELEASE = f"MATCH (n) WHERE elementId(n) IN $places REMOVE n.{shape.MARK} RETURN count(n) AS count"


def delete_stale(session: Session, tables: Tables, namespace: str, summary: Summary) -> None:
    """Delete our links, then our nodes, that ``tables`` do not hold.

    All that ``tables`` hold is there already, so equal counts mean that nothing is stale.
    """
    held = summary.links.created + summary.links.updated + summary.links.unchanged
    types = list(schema.load().link_types)
    if _ours(session, _COUNT_LINKS, types, namespace) > held:
        keys = {link.key for link in shape.links(tables)}
        for places in _stale(session, _LIST_LINKS, types, namespace, keys):
            summary.links.deleted += session.execute_write(_count, _DELETE_LINKS, places=places)
    held = summary.nodes.created + summary.nodes.updated + summary.nodes.unchanged
    if count_nodes(session, namespace) > held:
        ids = {(node.label, node.id) for node in shape.nodes(tables)}
        for label in schema.load().node_types:
            names = {name for kind, name in ids if kind == label}
            for places in _stale(session, _LIST_NODES, [label], namespace, names):
                summary.nodes.deleted += session.execute_write(_count, _DELETE_NODES, places=places)
                summary.nodes.released += session.execute_write(_count, _RELEASE, places=places)


def count_nodes(session: Session, namespace: str) -> int:
    """How many nodes of ours are there."""
    return _ours(session, _COUNT_NODES, list(schema.load().node_types), namespace)


def _ours(session: Session, query: str, names: list[str], namespace: str) -> int:
    return session.execute_read(_count, query.format("|".join(names), shape.MARK), mark=namespace)


def _stale(session: Session, query: str, names: list[str], namespace: str, wanted: set[str]) -> Iterator[list[str]]:
    """Places of what is not wanted (or there twice), in batches."""
    for name in names:
        places: list[str] = []
        seen: set[str] = set()
        for record in session.run(query.format(name, shape.MARK), mark=namespace):
            if record["name"] not in wanted or record["name"] in seen:
                places.append(record["place"])
            seen.add(record["name"])
        for start in range(0, len(places), _BATCH):
            yield places[start : start + _BATCH]


def _count(transaction: ManagedTransaction, /, query: str, **parameters: Any) -> int:
    found: int = transaction.run(query, parameters).single(strict=True)["count"]
    return found
