"""A graph's tables as a NetworkX ``MultiDiGraph``, and back without loss.

Nodes carry their ``type`` and properties, links their ``type``, properties and evidence (parallel lists
``evidence_*``); parallel links are kept apart by key. The merge log stands in ``graph.graph["merges"]``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg import view
from kg.errors import GraphError
from kg.tables import SCHEMAS, Tables
from kg.xml_text import ESCAPED, unescape

if TYPE_CHECKING:
    import networkx

_RESULT_COLUMNS = {kind: column for column, kind in view.RESULT_LINKS.items()}


def to_networkx(tables: Tables) -> networkx.MultiDiGraph:
    """A new ``MultiDiGraph`` of all nodes and links.

    >>> from kg.tables import Tables
    >>> to_networkx(Tables.from_rows()).number_of_nodes()
    0
    """
    import networkx

    graph = networkx.MultiDiGraph(merges=tables.merges.to_pylist())
    graph.add_nodes_from(
        (node.id, {"type": node.label, **_without(node.properties, "id")}) for node in view.nodes(tables)
    )
    graph.add_edges_from(
        (link.source, link.target, link.key, {"type": link.type, **_without(link.properties, "key")})
        for link in view.links(tables)
    )
    return graph


def from_networkx(graph: networkx.Graph) -> Tables:
    """The tables of a graph that `to_networkx`, or NetworkX's reader of our GraphML or node-link JSON, made.

    Raises `GraphError` when a node or link lacks what every one of ours has.
    """
    plain: Callable[[Any], Any] = _unescaped if graph.graph.get(ESCAPED) else _same
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    types: dict[str, str] = {}
    results: dict[str, dict[str, Any]] = {}
    for node, data in graph.nodes(data=True):
        kind = _required(data, "type", node)
        types[node] = kind
        row = {**data, "id": node}
        if kind == "Result":
            results[node] = row
        else:
            table = "papers" if kind == "Paper" else "entities"
            rows[table].append(_row(table, row, plain))
    for source, target, key, data in _edges(graph):
        _add_link(rows, results, types, (source, target, key, data), plain)
    rows["results"] = [_row("results", row, plain) for row in results.values()]
    merges = graph.graph.get("merges") or []
    rows["merges"] = json.loads(plain(merges)) if isinstance(merges, str) else merges
    return Tables.from_rows(**rows)


def _edges(graph: networkx.Graph) -> Iterator[tuple[str, str, str | None, Mapping[str, Any]]]:
    """Links with their keys; a reader that found no parallel links gives a graph without keys, the key as ``id``."""
    if graph.is_multigraph():
        yield from graph.edges(keys=True, data=True)
    else:
        for source, target, data in graph.edges(data=True):
            yield source, target, data.get("id"), data


def _add_link(
    rows: dict[str, list[dict[str, Any]]],
    results: Mapping[str, dict[str, Any]],
    types: Mapping[str, str],
    link: tuple[str, str, str | None, Mapping[str, Any]],
    plain: Callable[[Any], Any],
) -> None:
    source, target, key, data = link
    kind = _required(data, "type", key)
    if kind in _RESULT_COLUMNS:
        results[source][_RESULT_COLUMNS[kind]] = target
        return
    if kind == "REPORTS":
        results[target]["paper"] = source
        rows["evidence"].extend(_proof("result", target, source, data, plain))
        return
    table = "links" if types[source] == "Paper" else "relations"
    row = _row(table, {**data, "key": key or f"{source}|{kind}|{target}", "source": source, "target": target}, plain)
    rows[table].append(row)
    said_by = source if table == "links" else row["paper"]
    rows["evidence"].extend(_proof(table.removesuffix("s"), row["key"], said_by, data, plain))


def _proof(
    kind: str, owner: str, paper: str | None, data: Mapping[str, Any], plain: Callable[[Any], Any]
) -> Iterator[dict[str, Any]]:
    columns = [_list(data.get(f"evidence_{name}"), plain) for name in view.EVIDENCE_COLUMNS]
    for position, values in enumerate(zip(*columns, strict=True)):
        pieces = dict(zip(view.EVIDENCE_COLUMNS, values, strict=True))
        yield {"kind": kind, "owner": owner, "position": position, "paper": paper, **pieces}


def _row(table: str, data: Mapping[str, Any], plain: Callable[[Any], Any]) -> dict[str, Any]:
    """The columns of a table as Python values: lists and dates from texts, absent lists empty."""
    row: dict[str, Any] = {}
    for field in SCHEMAS[table]:
        value = data.get(field.name)
        if pa.types.is_list(field.type):
            value = _list(value, plain)
        elif pa.types.is_date(field.type) and isinstance(value, str):
            value = date.fromisoformat(value)
        elif isinstance(value, str):
            value = plain(value)
        row[field.name] = value
    return row


def _list(value: Any, plain: Callable[[Any], Any]) -> list[Any]:
    if value is None:
        return []
    found: list[Any] = json.loads(plain(value)) if isinstance(value, str) else list(value)
    return found


def _unescaped(text: Any) -> Any:
    return unescape(text)


def _same(text: Any) -> Any:
    return text


def _required(data: Mapping[str, Any], name: str, owner: Any) -> str:
    if name not in data:
        raise GraphError(f"no {name!r} on {owner!r}", where="NetworkX graph", mend="give a graph that kg wrote")
    return str(data[name])


def _without(properties: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if key != name}
