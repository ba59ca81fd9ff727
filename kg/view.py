"""The property-graph view of the tables: one stream of nodes, one of links.

Every export and store is written from these two streams, so all of them hold the same graph.
A link carries its evidence: ``sentence`` (the best one) and parallel lists ``evidence_*``, in order.
Absent values are absent keys, never ``None``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kg.model import Link, Node
from kg.tables import Tables

EVIDENCE_COLUMNS = ("field", "start", "end", "text", "sentence", "sentence_start", "extractor", "confidence")
RESULT_LINKS = {"subject": "OF_SUBJECT", "dataset": "ON_DATASET", "metric": "IN_METRIC"}
_BATCH = 8192


def nodes(tables: Tables) -> Iterator[Node]:
    """All nodes: papers, entities (with authors, organisations, repositories), results; by id in each."""
    for row in _rows(tables.papers):
        if "published" in row:
            row["year"] = row["published"].year
        yield Node(row["id"], "Paper", row)
    for row in _rows(tables.entities):
        label = row.pop("type")
        yield Node(row["id"], label, row)
    for row in _rows(tables.results):
        shown: dict[str, Any] = {k: row[k] for k in ("id", "value", "unit", "metric_name", "confidence") if k in row}
        unit = row.get("unit") or ""
        shown["name"] = f"{row['value']:.12g}{unit}"
        yield Node(row["id"], "Result", shown)


def links(tables: Tables) -> Iterator[Link]:
    """All links: paper to entity, entity to entity, paper to result and result to entity."""
    evidence = _EvidenceStream(tables.evidence, "link")
    for row in _rows(tables.links):
        yield _link(row, evidence.of(row["key"]))
    evidence = _EvidenceStream(tables.evidence, "relation")
    for row in _rows(tables.relations):
        yield _link(row, evidence.of(row["key"]))
    evidence = _EvidenceStream(tables.evidence, "result")
    for row in _rows(tables.results):
        yield from _result_links(row, evidence.of(row["id"]))


def _link(row: dict[str, Any], evidence: Mapping[str, Any]) -> Link:
    key, source, target, kind = row["key"], row.pop("source"), row.pop("target"), row.pop("type")
    return Link(key, source, target, kind, {**row, **evidence})


def _result_links(row: dict[str, Any], evidence: Mapping[str, Any]) -> Iterator[Link]:
    result = row["id"]
    key = f"{row['paper']}|REPORTS|{result}"
    yield Link(key, row["paper"], result, "REPORTS", {"key": key, "confidence": row["confidence"], **evidence})
    for column, kind in RESULT_LINKS.items():
        if column in row:
            key = f"{result}|{kind}|{row[column]}"
            yield Link(key, result, row[column], kind, {"key": key})


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    """Rows as mappings without nulls and empty lists, a batch at a time."""
    for batch in table.to_batches(max_chunksize=_BATCH):
        names = [name for name in batch.schema.names if _any(batch[name])]
        rows = zip(*(batch[name].to_pylist() for name in names), strict=True)
        if all(batch[name].null_count == 0 and not _many(batch[name]) for name in names):
            yield from (dict(zip(names, row, strict=True)) for row in rows)
        else:
            for row in rows:
                yield {name: value for name, value in zip(names, row, strict=True) if value is not None and value != []}


def _any(column: pa.Array) -> bool:
    """Whether a column holds anything: most hold nothing for most kinds of links."""
    if column.null_count == len(column):
        return False
    return not _many(column) or bool(pc.max(pc.list_value_length(column)).as_py())


def _many(column: pa.Array) -> bool:
    return bool(pa.types.is_list(column.type))


class _EvidenceStream:
    """Evidence of one kind in owner order, joined by walking along (memory does not grow)."""

    _NAMES = tuple(f"evidence_{name}" for name in EVIDENCE_COLUMNS)
    _SENTENCE = EVIDENCE_COLUMNS.index("sentence")

    def __init__(self, table: pa.Table, kind: str) -> None:
        self._rows = _tuples(table, kind)
        self._next = next(self._rows, None)

    def of(self, owner: str) -> dict[str, Any]:
        """The evidence properties of one owner; owners must be asked for in ascending order."""
        found: list[tuple[Any, ...]] = []
        while self._next is not None and self._next[0] <= owner:
            if self._next[0] == owner:
                found.append(self._next[1])
            self._next = next(self._rows, None)
        if not found:
            return {}
        lists = dict(zip(self._NAMES, map(list, zip(*found, strict=True)), strict=True))
        return {"sentence": found[0][self._SENTENCE], **lists}


def _tuples(table: pa.Table, kind: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Of each piece of evidence of one kind its owner, and what `EVIDENCE_COLUMNS` say."""
    wanted = pa.scalar(kind)
    for batch in table.to_batches(max_chunksize=_BATCH):
        batch = batch.filter(pc.equal(batch["kind"], wanted))
        columns = [batch[name].to_pylist() for name in EVIDENCE_COLUMNS]
        yield from zip(batch["owner"].to_pylist(), zip(*columns, strict=True), strict=True)
