"""Node-link JSON, streamed: what ``networkx.node_link_graph`` reads (links under ``edges``, as NetworkX 3.6 has it)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import view
from kg.export.format import ExportFormat
from kg.files import replacing

if TYPE_CHECKING:
    from kg.graph import Graph


def write(graph: Graph, target: Path) -> None:
    """Write ``graph`` as node-link JSON at ``target``, one node or link a line."""
    with replacing(target) as file:
        file.writelines(_lines(graph))


def _lines(graph: Graph) -> Iterator[str]:
    yield '{"directed": true, "multigraph": true,\n"graph": '
    yield _json({"merges": graph.merges.to_pylist()})
    yield ',\n"nodes": ['
    yield from _listed(
        {"id": node.id, "type": node.label, **_plain(node.properties)} for node in view.nodes(graph.tables)
    )
    yield '],\n"edges": ['
    yield from _listed(
        {"source": link.source, "target": link.target, "key": link.key, "type": link.type, **_plain(link.properties)}
        for link in view.links(graph.tables)
    )
    yield "]}\n"


def _listed(items: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for number, item in enumerate(items):
        yield (",\n" if number else "\n") + _json(item)


def _plain(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in properties.items()}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


FORMAT = ExportFormat("node-link", "graph.json", "node-link JSON for NetworkX and D3", write)
