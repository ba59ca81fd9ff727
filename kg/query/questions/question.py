"""What a ready question is, and how its Python form walks a graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx

Answer = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its ``number``, its ``text``, and the three forms that give ``columns``, in the same order."""

    number: int
    text: str
    columns: tuple[str, ...]
    cypher: str
    sparql: str
    python: Callable[[networkx.MultiDiGraph], Answer]


def of_type(graph: networkx.MultiDiGraph, *types: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The nodes of some types, with their properties."""
    yield from ((node, data) for node, data in graph.nodes(data=True) if data["type"] in types)


def links(graph: networkx.MultiDiGraph, *types: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The links of some types: source, target, properties."""
    yield from ((source, target, data) for source, target, data in graph.edges(data=True) if data["type"] in types)


def names(graph: networkx.MultiDiGraph, rows: Iterable[tuple[Any, ...]]) -> Answer:
    """Rows with the ids of nodes replaced by names."""
    nodes = graph.nodes
    return [
        tuple(nodes[item]["name"] if isinstance(item, str) and item in nodes else item for item in row) for row in rows
    ]


def counted(graph: networkx.MultiDiGraph, counts: dict[str, int], limit: int) -> Answer:
    """Nodes and their counts, the highest first, as names."""
    first = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return names(graph, first)
