"""Direct checks of the tables: identifiers, ends of links, evidence against the text it quotes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from kg.schema import LinkType, load
from kg.tables import SCHEMAS, Tables
from kg.validate.report import Report, Violation

_REBUILD = "build the graph again"
_TYPE = "use a type that `kg schema` lists"
_SAYS = {"link": "links", "relation": "relations", "result": "results"}


def check(tables: Tables) -> Report:
    """All violations in the tables, in their order."""
    checks = _Checks(tables)
    found = [
        *checks.papers(),
        *checks.entities(),
        *checks.links(),
        *checks.relations(),
        *checks.results(),
        *checks.evidence(),
        *checks.merges(),
    ]
    return Report(tuple(found), sum(len(getattr(tables, name)) for name in SCHEMAS))


class _Checks:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._schema = load()
        self._types = {row["id"]: row["type"] for row in _rows(tables.entities, "id", "type")}
        self._texts = {row["id"]: row for row in _rows(tables.papers, "id", "title", "abstract")}
        self._proven = {(row["kind"], row["owner"]) for row in _rows(tables.evidence, "kind", "owner")}

    def papers(self) -> Iterator[Violation]:
        """Identifiers and names."""
        yield from _repeated(self._tables.papers["id"], "papers")
        for row in _rows(self._tables.papers, "id", "paper_id", "name"):
            if row["id"] != f"paper/{row['paper_id']}":
                yield _wrong("papers", row["id"], "the id is not paper/ and the identifier of its source", _REBUILD)
            if not row["name"]:
                yield _wrong("papers", row["id"], "no name", "give it the title, or its first words")

    def entities(self) -> Iterator[Violation]:
        """Identifiers, types and numbers."""
        yield from _repeated(self._tables.entities["id"], "entities")
        kinds = set(self._schema.node_types) - {"Paper", "Result"}
        for row in _rows(self._tables.entities, "id", "type", "name", "also", "papers", "parameters", "memory_gb"):
            if row["type"] not in kinds:
                yield _wrong("entities", row["id"], f"no such type: {row['type']}", _TYPE)
            elif not row["id"].startswith(f"{row['type'].lower()}/"):
                yield _wrong("entities", row["id"], f"the id does not begin with its type, {row['type']}", _REBUILD)
            if not row["name"]:
                yield _wrong("entities", row["id"], "no name", "give it the form that papers use most")
            for kind in set(row["also"]) - kinds:
                yield _wrong("entities", row["id"], f"no such type: {kind}", _TYPE)
            if row["papers"] < 0:
                yield _wrong("entities", row["id"], "a count of papers below 0", _REBUILD)
            yield from _positive("entities", row["id"], row, "parameters", "memory_gb")

    def links(self) -> Iterator[Violation]:
        """Ends, types, quantities and evidence of links from papers."""
        yield from _repeated(self._tables.links["key"], "links")
        for row in self._tables.links.to_pylist():
            kind = self._schema.link_types.get(row["type"])
            yield from self._ends("links", row, kind)
            yield from _positive("links", row["key"], row, "count", "memory_gb", "hours", "parameters")
            for role in set(row["also_roles"]) - set(self._schema.roles):
                yield _wrong("links", row["key"], f"no such role: {role}", "use a role of the guidelines")
            if kind is not None and kind.role is not None and ("link", row["key"]) not in self._proven:
                yield _wrong("links", row["key"], "a link in a role without evidence", "add its evidence, or remove it")

    def relations(self) -> Iterator[Violation]:
        """Ends, types and grounds of links between things."""
        yield from _repeated(self._tables.relations["key"], "relations")
        for row in self._tables.relations.to_pylist():
            yield from self._ends("relations", row, self._schema.link_types.get(row["type"]))
            if row["paper"] is not None and row["paper"] not in self._texts:
                yield _wrong("relations", row["key"], f"said by no paper of the graph: {row['paper']}", _REBUILD)
            if row["paper"] is None and row["rule"] is None:
                yield _wrong("relations", row["key"], "neither a paper nor a rule says so", "name one, or remove it")
            if row["paper"] is not None and ("relation", row["key"]) not in self._proven:
                yield _wrong("relations", row["key"], "said by a paper without evidence", "add it, or remove the row")

    def results(self) -> Iterator[Violation]:
        """What results are of, on and in, and their evidence."""
        yield from _repeated(self._tables.results["id"], "results")
        for row in self._tables.results.to_pylist():
            if row["paper"] not in self._texts:
                yield _wrong("results", row["id"], f"reported by no paper of the graph: {row['paper']}", _REBUILD)
            for column, wanted in (("subject", None), ("dataset", "Dataset"), ("metric", "Metric")):
                if row[column] is not None:
                    yield from self._end("results", row["id"], row[column], (wanted,) if wanted else None)
            if not math.isfinite(row["value"]):
                yield _wrong("results", row["id"], f"the value is no number: {row['value']}", "correct or remove it")
            yield from _sure("results", row["id"], row["confidence"])
            if ("result", row["id"]) not in self._proven:
                yield _wrong("results", row["id"], "a result without evidence", "add its evidence, or remove it")

    def evidence(self) -> Iterator[Violation]:
        """Owners, ranks, and words against the stored text."""
        owners = {
            "link": set(self._tables.links["key"].to_pylist()),
            "relation": set(self._tables.relations["key"].to_pylist()),
            "result": set(self._tables.results["id"].to_pylist()),
        }
        ranks: Counter[tuple[str, str]] = Counter()
        for row in self._tables.evidence.to_pylist():
            focus = f"{row['owner']}#{row['position']}"
            if row["owner"] not in owners.get(row["kind"], ()):
                place = _SAYS.get(row["kind"], "tables")
                yield _wrong(
                    "evidence", focus, f"speaks for nothing in the {place}", "remove it, or add what it proves"
                )
            if row["position"] != ranks[row["kind"], row["owner"]]:
                yield _wrong("evidence", focus, "ranks do not count up from 0", "number them from the best, 0")
            ranks[row["kind"], row["owner"]] += 1
            yield from _sure("evidence", focus, row["confidence"])
            yield from self._words(focus, row)

    def merges(self) -> Iterator[Violation]:
        """Merges into things that are there."""
        for row in _rows(self._tables.merges, "entity", "form", "paper"):
            if row["entity"] not in self._types:
                yield _wrong("merges", row["form"], f"merged into nothing of the graph: {row['entity']}", _REBUILD)
            if row["paper"] is not None and row["paper"] not in self._texts:
                yield _wrong("merges", row["form"], f"said by no paper of the graph: {row['paper']}", _REBUILD)

    def _ends(self, part: str, row: Mapping[str, Any], kind: LinkType | None) -> Iterator[Violation]:
        if kind is None:
            yield _wrong(part, row["key"], f"no such link type: {row['type']}", _TYPE)
            return
        yield from self._end(part, row["key"], row["source"], kind.domains)
        yield from self._end(part, row["key"], row["target"], kind.ranges)
        yield from _sure(part, row["key"], row["confidence"])
        outcomes = kind.properties["outcome"].values if "outcome" in kind.properties else ()
        if row["outcome"] is not None and row["outcome"] not in outcomes:
            mend = f"use {', '.join(outcomes)}, or drop it"
            yield _wrong(part, row["key"], f"no such outcome: {row['outcome']}", mend)

    def _end(self, part: str, focus: str, node: str, wanted: tuple[str, ...] | None) -> Iterator[Violation]:
        kind = "Paper" if node in self._texts else self._types.get(node)
        if kind is None:
            yield _wrong(part, focus, f"no such node: {node}", "add the node, or remove the row")
        elif wanted is not None and kind not in wanted:
            may = " or ".join(wanted)
            yield _wrong(part, focus, f"{node} is of type {kind}, not {may}", "correct its type, or that of the row")

    def _words(self, focus: str, row: Mapping[str, Any]) -> Iterator[Violation]:
        """The words must stand at their offsets, and their sentence at its own."""
        paper = self._texts.get(row["paper"])
        if paper is None:
            yield _wrong("evidence", focus, f"no such paper: {row['paper']}", _REBUILD)
            return
        if row["field"] not in ("title", "abstract"):
            yield _wrong("evidence", focus, f"no such field: {row['field']}", "use title or abstract")
            return
        text = paper[row["field"]]
        if not row["text"] or text[row["start"] : row["end"]] != row["text"]:
            yield _wrong("evidence", focus, f"the text does not say {row['text']!r} there", "correct the offsets")
        begin = row["sentence_start"]
        if text[begin : begin + len(row["sentence"])] != row["sentence"]:
            yield _wrong("evidence", focus, "its sentence does not stand there", "correct where it begins")


def _wrong(part: str, focus: str, message: str, mend: str) -> Violation:
    return Violation(focus, message, mend, part)


def _sure(part: str, focus: str, confidence: float) -> Iterator[Violation]:
    if not 0 <= confidence <= 1:
        yield _wrong(part, focus, f"a confidence out of 0 to 1: {confidence}", "correct it")


def _positive(part: str, focus: str, row: Mapping[str, Any], *names: str) -> Iterator[Violation]:
    for name in names:
        if row[name] is not None and not row[name] > 0:
            yield _wrong(part, focus, f"{name} is not above 0: {row[name]}", "correct or drop it")


def _repeated(column: pa.ChunkedArray, part: str) -> Iterator[Violation]:
    for value, count in Counter(column.to_pylist()).items():
        if count > 1:
            yield _wrong(part, value, f"stands {count} times", "keep one")


def _rows(table: pa.Table, *names: str) -> Iterable[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.select(names).to_pylist()
    return rows
