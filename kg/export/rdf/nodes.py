"""Blocks of nodes: each with its properties and, as plain triples, the links that leave it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from kg.export.rdf import terms
from kg.export.rdf.vocabulary import Column, Pairs, Vocabulary
from kg.tables import Tables
from kg.view import RESULT_LINKS

_BATCH = 8192


def rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    """Rows as mappings, a batch at a time."""
    for batch in table.to_batches(max_chunksize=_BATCH):
        yield from batch.to_pylist()


class Nodes:
    """The blocks of papers, entities and results of one graph."""

    def __init__(self, tables: Tables, vocabulary: Vocabulary, base: str) -> None:
        self._tables = tables
        self._vocabulary = vocabulary
        self._base = base

    def papers(self) -> Iterator[tuple[str, Pairs]]:
        """Papers with what they link to, and where else they stand."""
        reported = self._tables.results.select(["paper", "id"]).rename_columns(["source", "target"])
        reported = reported.append_column("type", pa.repeat(pa.scalar("REPORTS"), len(reported)))
        edges = _Edges([self._tables.links, reported], self)
        columns = self._columns("Paper", self._tables.papers, "year")
        types = self._vocabulary.node_types["Paper"]
        elsewhere = self._vocabulary.term("owl:sameAs"), self._vocabulary.term("skos:exactMatch")
        for row in rows(self._tables.papers):
            if row["published"] is not None:
                row["year"] = row["published"].year
            pairs = [*types, *self._vocabulary.pairs(columns, row)]
            if row["arxiv_id"] is not None:
                pairs.append((elsewhere[0], terms.iri(f"https://arxiv.org/abs/{terms.path(row['arxiv_id'])}")))
                pairs.append((elsewhere[1], terms.iri(f"https://huggingface.co/papers/{terms.path(row['arxiv_id'])}")))
            yield self.node(row["id"]), [*pairs, *edges.of(row["id"])]

    def entities(self) -> Iterator[tuple[str, Pairs]]:
        """Entities with how they relate to others."""
        edges = _Edges([self._tables.relations], self)
        columns = {kind: self._columns(kind, self._tables.entities) for kind in self._vocabulary.schema.node_types}
        for row in rows(self._tables.entities):
            kind = row["type"]
            types = self._vocabulary.node_types[kind]
            pairs = [*types, *self._vocabulary.pairs(columns[kind], row), *edges.of(row["id"])]
            yield self.node(row["id"]), pairs

    def results(self) -> Iterator[tuple[str, Pairs]]:
        """Results with what they are of, on and in."""
        columns = self._columns("Result", self._tables.results, "name")
        types = self._vocabulary.node_types["Result"]
        for row in rows(self._tables.results):
            row["name"] = f"{row['value']:g}{row['unit'] or ''}"
            pairs = [*types, *self._vocabulary.pairs(columns, row)]
            for column, kind in RESULT_LINKS.items():
                if row[column] is not None:
                    pairs.extend(self.edge(kind, row[column]))
            yield self.node(row["id"]), pairs

    def node(self, identifier: str) -> str:
        """The IRI of a node."""
        return f"<{self._base}{terms.path(identifier)}>"

    def edge(self, kind: str, target: str) -> Pairs:
        """A link as plain triples: its own predicate and those it implies."""
        node = self.node(target)
        return [(predicate, node) for predicate in self._vocabulary.link_predicates[kind]]

    def _columns(self, kind: str, table: pa.Table, *derived: str) -> list[Column]:
        return self._vocabulary.columns(self._vocabulary.schema.node_types[kind].properties, table, *derived)


class _Edges:
    """Links by source, joined by walking along with sources in ascending order (only an index is kept)."""

    def __init__(self, tables: list[pa.Table], nodes: Nodes) -> None:
        import pyarrow.compute as pc

        self._nodes = nodes
        self._table = pa.concat_tables(
            [table.select(["source", "type", "target"]) for table in tables], promote_options="permissive"
        )
        order = [(name, "ascending") for name in ("source", "type", "target")]
        self._order = pc.sort_indices(self._table, sort_keys=order)
        self._rows = self._walk()
        self._next = next(self._rows, None)

    def of(self, source: str) -> Iterator[tuple[str, str]]:
        """The pairs of one source; parallel links give one triple."""
        before: tuple[str, str, str] | None = None
        while self._next is not None and self._next[0] <= source:
            if self._next[0] == source and self._next != before:
                yield from self._nodes.edge(self._next[1], self._next[2])
            before = self._next
            self._next = next(self._rows, None)

    def _walk(self) -> Iterator[tuple[str, str, str]]:
        for start in range(0, len(self._order), _BATCH):
            part = self._table.take(self._order[start : start + _BATCH])
            yield from zip(*(part[name].to_pylist() for name in ("source", "type", "target")), strict=True)
