"""Proof: links as things of their own, the evidence they stand on, and the merges of names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kg.export.rdf import terms
from kg.export.rdf.annotation import Annotation
from kg.export.rdf.sheets import Sheet, Sheets, joined, written
from kg.export.rdf.vocabulary import Column, Pairs, Vocabulary
from kg.tables import Tables

_BATCH = 2048  # rows at a time: what they are written as stays in the processor's cache


class Proof:
    """The links, evidence and merges of one graph."""

    def __init__(self, tables: Tables, vocabulary: Vocabulary, base: str, *, triple_terms: bool) -> None:
        self._tables = tables
        self._vocabulary = vocabulary
        self._base = base
        self._triple_terms = triple_terms
        self._annotation = Annotation(vocabulary, base)
        self._derived = vocabulary.term("prov:wasDerivedFrom")
        self._reifies = vocabulary.term("rdf:reifies")
        self._parts = tuple(vocabulary.term(name) for name in ("rdf:subject", "rdf:predicate", "rdf:object"))

    def sheets(self) -> Iterator[Sheets]:
        """Texts; links and relations, each followed by its evidence; the evidence of results."""
        yield from self._texts()
        yield from self._links(self._tables.links, "link", "kg:PaperLink")
        yield from self._links(self._tables.relations, "relation", "kg:Relation")
        proof = _Walk(self._tables.evidence, "result")
        for batch in self._tables.results.select(["id"]).to_batches(max_chunksize=_BATCH):
            evidence, whose, _ = proof.of(batch["id"].to_pylist())
            yield Sheets("evidence", None, self._annotation.sheets(self._named(batch["id"]).take(whose), evidence))

    def blocks(self) -> Iterator[tuple[str, Pairs]]:
        """Extractors and merges."""
        yield from self._extractors()
        yield from self._merges()

    def _texts(self) -> Iterator[Sheets]:
        """The two stored texts of each paper, into which selectors point."""
        types = self._vocabulary.types("kg:Text")
        part, field = self._vocabulary.term("schema:isPartOf"), self._vocabulary.term("kg:field")
        for batch in self._tables.papers.select(["id"]).to_batches(max_chunksize=_BATCH):
            papers = self._named(batch["id"])
            whole = joined("<", papers, ">")
            yield Sheets("evidence", None, tuple(
                Sheet(joined("<", papers, f"#{name}>"), [*types, (part, whole), (field, terms.text(name))])
                for name in ("title", "abstract")
            ))  # fmt: skip

    def _links(self, table: pa.Table, kind: str, link_class: str) -> Iterator[Sheets]:
        proof = _Walk(self._tables.evidence, kind)
        classes = (link_class,) if self._triple_terms else (link_class, "rdf:Statement")
        types = self._vocabulary.types(*classes)
        columns = self._columns(table)
        lists = [column for column, _ in columns if column.many]
        for batch in table.to_batches(max_chunksize=_BATCH):
            stems = written(batch["key"], lambda key: f"{self._base}link/{terms.path(key)}")
            pairs = [*types, *self._statement(batch), *self._values(columns, batch)]
            if "paper" in batch.schema.names:
                pairs.append((self._derived, joined("<", self._named(batch["paper"]), ">")))
            links = Sheet(joined("<", stems, ">"), pairs, self._lists(lists, batch))
            evidence, whose, counts = proof.of(batch["key"].to_pylist())
            yield Sheets("evidence", links, self._annotation.sheets(stems.take(whose), evidence), counts)

    def _columns(self, table: pa.Table) -> list[tuple[Column, tuple[str, ...]]]:
        """The columns of a table of links, each with the link types that may have it."""
        found: dict[str, tuple[Column, tuple[str, ...]]] = {}
        for name, link in self._vocabulary.schema.link_types.items():
            for column in self._vocabulary.columns(link.properties, table):
                _, before = found.get(column.name, (column, ()))
                found[column.name] = (column, (*before, name))
        return list(found.values())

    def _values(
        self, columns: list[tuple[Column, tuple[str, ...]]], batch: pa.RecordBatch
    ) -> Iterator[tuple[str, pa.Array]]:
        for column, kinds in columns:
            if column.many:
                continue
            values = written(batch[column.name], column.write)
            if len(kinds) < len(self._vocabulary.schema.link_types):
                may = pc.is_in(batch["type"], value_set=pa.array(kinds))
                values = pc.if_else(may, values, pa.scalar(None, pa.string()))
            yield column.predicate, values

    def _lists(self, columns: list[Column], batch: pa.RecordBatch) -> list[Pairs] | None:
        """The pairs of properties with several values; most batches have none."""
        if not any(pc.any(pc.greater(pc.list_value_length(batch[column.name]), 0)).as_py() for column in columns):
            return None
        rows = batch.select([column.name for column in columns]).to_pylist()
        return [list(self._vocabulary.pairs(columns, row)) for row in rows]

    def _statement(self, batch: pa.RecordBatch) -> list[tuple[str, pa.Array]]:
        """The triples the links stand for: named by their parts, or (RDF 1.2) as triple terms."""
        spoken = (
            joined("<", self._named(batch["source"]), ">"),
            written(batch["type"], lambda name: self._vocabulary.link_predicates[name][0]),
            joined("<", self._named(batch["target"]), ">"),
        )
        if self._triple_terms:
            source, kind, target = spoken
            return [(self._reifies, joined("<<( ", source, " ", kind, " ", target, " )>>"))]
        return list(zip(self._parts, spoken, strict=True))

    def _extractors(self) -> Iterator[tuple[str, Pairs]]:
        types = self._vocabulary.types("prov:Activity")
        label = self._vocabulary.term("rdfs:label")
        for name in sorted(pc.unique(self._tables.evidence["extractor"]).to_pylist()):
            yield f"<{self._base}extractor/{terms.path(name)}>", [*types, (label, terms.text(name))]

    def _merges(self) -> Iterator[tuple[str, Pairs]]:
        types = self._vocabulary.types("kg:Merge")
        into, form, rule = (self._vocabulary.term(f"kg:{name}") for name in ("mergedInto", "form", "rule"))
        seen: tuple[Any, ...] | None = None
        repeat = 0
        for row in _tuples(self._tables.merges, ["entity", "form", "rule", "paper"]):
            repeat = repeat + 1 if row == seen else 0
            seen = row
            mark = hashlib.sha256("\0".join(part or "" for part in row).encode()).hexdigest()[:16]
            subject = f"<{self._base}merge/{terms.path(row[0])};{mark}{f'-{repeat}' if repeat else ''}>"
            pairs = [*types, (into, self._node(row[0])), (form, terms.text(row[1])), (rule, terms.text(row[2]))]
            if row[3] is not None:
                pairs.append((self._derived, self._node(row[3])))
            yield subject, pairs

    def _node(self, identifier: str) -> str:
        return f"<{self._base}{terms.path(identifier)}>"

    def _named(self, identifiers: pa.Array) -> pa.Array:
        """The IRIs of nodes, without brackets."""
        return written(identifiers, lambda identifier: f"{self._base}{terms.path(identifier)}")


class _Walk:
    """Evidence of one kind by owner, joined by walking along with owners in ascending order."""

    def __init__(self, table: pa.Table, kind: str) -> None:
        # The table is sorted by kind, so these rows lie together and are not copied.
        start = pc.index(table["kind"], kind).as_py()
        count = pc.sum(pc.equal(table["kind"], kind)).as_py() or 0
        self._rows = table.slice(max(start, 0), count)
        self._owners = (owner for (owner,) in _tuples(self._rows, ["owner"]))
        self._next = next(self._owners, None)
        self._place = 0

    def of(self, owners: list[str]) -> tuple[pa.Table, pa.Array, list[int]]:
        """The evidence of owners, best first; whose each piece is (by place in ``owners``); how many each has."""
        places: list[int] = []
        counts: list[int] = []
        for owner in owners:
            before = len(places)
            while self._next is not None and self._next <= owner:
                if self._next == owner:
                    places.append(self._place)
                self._place += 1
                self._next = next(self._owners, None)
            counts.append(len(places) - before)
        whose = [place for place, count in enumerate(counts) for _ in range(count)]
        return self._take(places), pa.array(whose, pa.int64()), counts

    def _take(self, places: list[int]) -> pa.Table:
        if places and places[-1] - places[0] + 1 == len(places):
            return self._rows.slice(places[0], len(places))
        return self._rows.take(pa.array(places, pa.int64()))


def _tuples(table: pa.Table, names: list[str]) -> Iterator[tuple[Any, ...]]:
    """Rows of some columns, a batch at a time."""
    for batch in table.select(names).to_batches(max_chunksize=8192):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
