"""Rows gathered by group into batches, with a bound on what waits in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

SIZE = 5000
WAITING = 15_000


class Rows(list[dict[str, Any]]):
    """Rows that are shown by their number: the Neo4j driver spells out all it sends, even for a log nobody keeps.

    >>> Rows([{"a": 1}, {"a": 2}])
    <2 rows>
    """

    def __repr__(self) -> str:
        return f"<{len(self)} rows>"


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one group: (label,) for nodes, (label, type, label) for links."""

    group: tuple[str, ...]
    rows: Rows


def batches(
    items: Iterable[tuple[tuple[str, ...], dict[str, Any]]], size: int = SIZE, waiting: int = WAITING
) -> Iterator[Batch]:
    """Gather items by group; a batch leaves when it is full, or as the largest when too many wait.

    >>> [(batch.group, len(batch.rows)) for batch in batches([(("A",), {}), (("B",), {}), (("A",), {})], size=2)]
    [(('A',), 2), (('B',), 1)]
    """
    groups: dict[tuple[str, ...], Rows] = {}
    held = 0
    for group, row in items:
        rows = groups.setdefault(group, Rows())
        rows.append(row)
        held += 1
        if len(rows) >= size or held >= waiting:
            full = group if len(rows) >= size else max(groups, key=lambda key: len(groups[key]))
            yield Batch(full, groups.pop(full))
            held = sum(map(len, groups.values()))
    for group, rows in groups.items():
        yield Batch(group, rows)
