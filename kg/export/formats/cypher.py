"""A Cypher script that makes the graph in any Neo4j 5: constraints first, then literal batches, streamed.

For ``cypher-shell -f graph.cypher``, Neo4j Browser or a driver; every statement ends with ``;``
at the end of a line, and no string holds a line break. Running it again changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.batches import batches
from kg.export.format import ExportFormat
from kg.files import replacing
from kg.neo4j import shape
from kg.neo4j._constraints import constraints

if TYPE_CHECKING:
    from kg.graph import Graph

_BATCH = 200
_NODES = "UNWIND [\n{rows}\n] AS row MERGE (n:`{label}` {{id: row.id, {mark}: row.{mark}}}) SET n += row;\n"
_LINKS = (
    "UNWIND [\n{rows}\n] AS row MATCH (a:`{source}` {{id: row.source, {mark}: row.set.{mark}}}) "
    "MATCH (b:`{target}` {{id: row.target, {mark}: row.set.{mark}}}) "
    "MERGE (a)-[r:`{type}` {{key: row.set.key}}]->(b) SET r += row.set;\n"
)
_ESCAPES = str.maketrans(
    {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    | {
        chr(code): f"\\u{code:04X}"
        for code in (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)
    }
)


def write(graph: Graph, target: Path) -> None:
    """Write ``graph`` as a Cypher script at ``target``."""
    with replacing(target) as file:
        file.writelines(_statements(graph))


def _statements(graph: Graph) -> Iterator[str]:
    mark = shape.MARK
    for constraint in constraints():
        yield f"{constraint.cypher};\n"
    yield "CALL db.awaitIndexes(600);\n"
    labels: dict[str, str] = {}
    for batch in batches(_nodes(graph, labels), _BATCH):
        yield _NODES.format(rows=_rows(batch.rows), label=batch.group[0], mark=mark)
    for batch in batches(_links(graph, labels), _BATCH):
        source, kind, target = batch.group
        yield _LINKS.format(rows=_rows(batch.rows), source=source, type=kind, target=target, mark=mark)
    said = literal(shape.description(graph.tables, shape.NAMESPACE, complete=True))
    yield f"UNWIND [{said}] AS row MERGE (g:{shape.GRAPH} {{name: row.name}}) SET g += row;\n"


def _nodes(graph: Graph, labels: dict[str, str]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    for node in shape.nodes(graph.tables):
        labels[node.id] = shape.known(node.label)
        yield (node.label,), {**node.properties, shape.MARK: shape.NAMESPACE}


def _links(graph: Graph, labels: Mapping[str, str]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    for link in shape.links(graph.tables):
        properties = {**link.properties, shape.MARK: shape.NAMESPACE}
        row = {"source": link.source, "target": link.target, "set": properties}
        yield (labels[link.source], shape.known(link.type), labels[link.target]), row


def _rows(rows: list[dict[str, Any]]) -> str:
    return ",\n".join(map(literal, rows))


def literal(value: Any) -> str:
    r"""A value as Cypher writes it.

    >>> print(literal({"name": "it's", "n": [1, 2.5], "on": date(2025, 1, 2), "ok": True}))
    {name: 'it\'s', n: [1, 2.5], on: date('2025-01-02'), ok: true}
    """
    if isinstance(value, str):
        return f"'{value.translate(_ESCAPES)}'"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    return repr(value)


FORMAT = ExportFormat("cypher", "graph.cypher", "a script for cypher-shell, Browser or a driver", write)
