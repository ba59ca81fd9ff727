"""Tables from nodes and links as `kg.neo4j.shape` lays them out; the way back of `kg.view`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from kg.neo4j import shape
from kg.tables import SCHEMAS, Tables
from kg.view import EVIDENCE_COLUMNS, RESULT_LINKS

_COLUMNS = {kind: column for column, kind in RESULT_LINKS.items()}


class Rebuild:
    """Takes all nodes first, then all links, in any order, and gives the tables."""

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
        self._results: dict[str, dict[str, Any]] = {}
        self._papers: set[str] = set()

    def node(self, label: str, properties: Mapping[str, Any]) -> None:
        """Take one node."""
        if label == "Result":
            self._results[properties["id"]] = dict(properties)
            return
        table = "papers" if label == "Paper" else "entities"
        row = _plain(properties, table)
        if label == "Paper":
            self._papers.add(properties["id"])
        else:
            row["type"] = label
        self._rows[table].append(row)
        lists = [properties.get(name, ()) for name in shape.MERGES.values()]
        for form, rule, paper in zip(*lists, strict=True):
            said_by = None if paper == shape.NO_PAPER else paper
            self._rows["merges"].append({"entity": row["id"], "form": form, "rule": rule, "paper": said_by})

    def link(self, kind: str, source: str, target: str, properties: Mapping[str, Any]) -> None:
        """Take one link."""
        if kind == "REPORTS":
            self._results[target]["paper"] = source
            self._prove("result", target, source, properties)
        elif kind in _COLUMNS:
            self._results[source][_COLUMNS[kind]] = target
        else:
            table = "links" if source in self._papers else "relations"
            row = {**_plain(properties, table), "source": source, "target": target, "type": kind}
            self._rows[table].append(row)
            said_by = source if table == "links" else row.get("paper")
            self._prove(table.removesuffix("s"), row["key"], said_by, properties)

    def tables(self) -> Tables:
        """The tables of all that was taken."""
        self._rows["results"] = [_plain(row, "results") for row in self._results.values()]
        return Tables.from_rows(**self._rows)

    def _prove(self, kind: str, owner: str, said_by: str | None, properties: Mapping[str, Any]) -> None:
        columns = [properties.get(f"evidence_{name}", ()) for name in EVIDENCE_COLUMNS]
        papers = properties.get(shape.EVIDENCE_PAPER) or [said_by] * len(columns[0])
        for position, (paper, *values) in enumerate(zip(papers, *columns, strict=True)):
            row = dict(zip(EVIDENCE_COLUMNS, values, strict=True))
            self._rows["evidence"].append({"kind": kind, "owner": owner, "position": position, "paper": paper, **row})


def _plain(properties: Mapping[str, Any], table: str) -> dict[str, Any]:
    """The columns of a table, as Python values; an absent list is an empty one."""
    row: dict[str, Any] = {}
    for field in SCHEMAS[table]:
        value: Any = properties.get(field.name)
        if value is None and pa.types.is_list(field.type):
            value = []
        row[field.name] = value.to_native() if hasattr(value, "to_native") else value
    return row
