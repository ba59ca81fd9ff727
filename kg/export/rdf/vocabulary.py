"""The schema as terms of N-Triples: classes, predicates and how each column is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import pyarrow as pa

from kg.export.rdf import terms
from kg.schema import Property, Schema, load

A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"

Pairs = list[tuple[str, str]]


class Column(NamedTuple):
    """A column of a table: its predicate and the writer of its values."""

    name: str
    predicate: str
    write: Callable[[Any], str]
    many: bool


class Vocabulary:
    """The terms RDF is written in, all taken from the schema."""

    def __init__(self, schema: Schema | None = None) -> None:
        self.schema = schema or load()
        self.link_predicates: Mapping[str, tuple[str, ...]] = {
            name: tuple(f"<{iri}>" for iri in (link.iri, *link.broader))
            for name, link in self.schema.link_types.items()
        }
        self.node_types: Mapping[str, Pairs] = {
            name: [(A, f"<{iri}>") for iri in (node.iri, *node.broader)]
            for name, node in self.schema.node_types.items()
        }
        self._list_order = self.term("kg:listOrder")

    def term(self, name: str) -> str:
        """A prefixed name as a term: ``oa:hasBody``."""
        prefix, _, local = name.partition(":")
        return f"<{self.schema.prefixes[prefix]}{local}>"

    def types(self, *names: str) -> Pairs:
        """The pairs that give a subject these classes."""
        return [(A, self.term(name)) for name in names]

    def columns(self, properties: Mapping[str, Property], table: pa.Table, *derived: str) -> list[Column]:
        """How the columns of a table that hold anything, and some derived ones, are written; in the schema's order."""
        wanted = {name for name in table.column_names if table[name].null_count < len(table)} | set(derived)
        return [
            Column(item.name, f"<{item.iri}>", terms.WRITERS[item.range], item.many)
            for item in properties.values()
            if item.name in wanted and item.range in terms.WRITERS
        ]

    def pairs(self, columns: list[Column], row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """The pairs of one row; absent values give none."""
        unordered: dict[str, list[Any]] = {}
        for name, predicate, write, many in columns:
            value = row.get(name)
            if value is None:
                continue
            if not many:
                yield predicate, write(value)
            elif value:
                distinct = sorted(set(value))
                for item in distinct:
                    yield predicate, write(item)
                if distinct != value:
                    unordered[name] = value
        if unordered:
            yield self._list_order, terms.text(json.dumps(unordered, ensure_ascii=False, sort_keys=True))
