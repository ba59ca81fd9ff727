"""Answer Cypher without a server, from an embedded store that is built on first use.

The store is a projection of the tables: it is only read, and built again when they change.
What differs from Neo4j is listed in docs/neo4j.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError
from kg.query import _cypher_errors as errors
from kg.query._cypher_store import Store, database, store_of
from kg.query.rows import Rows

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["cypher", "database"]

_QUOTED = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|//[^\n]*|/\*.*?\*/"
_LOAD_CSV = re.compile(rf"{_QUOTED}|(?P<load>\bLOAD\s+CSV\b)", re.IGNORECASE | re.DOTALL)


def cypher(graph: Graph, query: str, parameters: Mapping[str, Any] | None = None) -> Rows:
    """The rows that ``query`` gives on ``graph``.

    Values are plain Python: dates are `datetime.date`, nodes ``{"labels", "properties"}``, links
    ``{"type", "source", "target", "properties"}``, paths ``{"nodes", "relationships"}``.

    Raises `QueryError` with the place and a suggestion when the query is wrong, names a label,
    link type or property that the schema does not know, or would write.

    >>> rows = cypher(graph, "MATCH (m:Method) RETURN m.name ORDER BY m.name")  # doctest: +SKIP
    """
    load = next((found for found in _LOAD_CSV.finditer(query) if found["load"]), None)
    if load is not None:
        raise errors.at(
            query, load.start(), "this store reads no files", "give the rows as a parameter and UNWIND them"
        )
    store = store_of(graph)
    with _quiet(), errors.explained(query):
        view = store.graph.cypher(query, params=dict(parameters or {}), hide_structural_keys=True)
    if isinstance(view, str):
        raise QueryError("FORMAT CSV is no Cypher", where="query", mend="kg cypher … --format csv")
    errors.refuse_unknown_names(query, view.warnings)
    plain = _Plain(store)
    rows = [tuple(plain.value(row[column]) for column in view.columns) for row in view]
    return Rows(tuple(view.columns), rows)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the store from printing its warnings; they are read from the result."""
    import kglite

    before = kglite.get_query_warning_policy()
    kglite.set_query_warning_policy("silent")
    try:
        yield
    finally:
        kglite.set_query_warning_policy(before)


class _Plain:
    """The store's values as ours."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._shapes: dict[frozenset[str], Callable[[dict[str, Any]], dict[str, Any]]] = {
            frozenset(("id", "labels", "properties")): self._node,
            frozenset(("id", "type", "start", "end", "properties")): self._link,
            frozenset(("nodes", "relationships")): self._map,
        }

    def value(self, value: Any) -> Any:
        """Any value, and what is in it."""
        if isinstance(value, list):
            return [self.value(item) for item in value]
        if isinstance(value, dict):
            return self._shapes.get(frozenset(value), self._map)(value)
        return value

    def _node(self, value: dict[str, Any]) -> dict[str, Any]:
        return {"labels": value["labels"], "properties": _own(value["properties"])}

    def _link(self, value: dict[str, Any]) -> dict[str, Any]:
        ends = {"source": self._store.id_at(value["start"]), "target": self._store.id_at(value["end"])}
        return {"type": value["type"], **ends, "properties": value["properties"]}

    def _map(self, value: dict[str, Any]) -> dict[str, Any]:
        return {key: self.value(item) for key, item in _own(value).items()}


def _own(properties: dict[str, Any]) -> dict[str, Any]:
    """Without the ``type`` and ``title`` that the store adds to every node; only papers have a title."""
    identifier = properties.get("id")
    if not isinstance(identifier, str) or "name" not in properties:
        return properties
    added = {"type"} if identifier.startswith("paper/") else {"type", "title"}
    return {key: value for key, value in properties.items() if key not in added}
