"""The graph at rest: seven Arrow tables, their columns, order and files.

The tables are the source of truth; every other file or store is a projection of them. Rows are
kept in canonical order (`ORDER`), so the same graph gives the same bytes and the same `digest`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kg.errors import GraphError

_STRINGS = pa.list_(pa.string())


def _columns(*required: tuple[str, pa.DataType], optional: tuple[tuple[str, pa.DataType], ...] = ()) -> pa.Schema:
    return pa.schema(
        [pa.field(name, kind, nullable=False) for name, kind in required]
        + [pa.field(name, kind) for name, kind in optional]
    )


SCHEMAS: Mapping[str, pa.Schema] = {
    "papers": _columns(
        ("id", pa.string()),  # node id, "paper/2403.00001"
        ("paper_id", pa.string()),  # id in the source, "2403.00001"
        ("name", pa.string()),  # title cleaned for display
        ("title", pa.string()),  # as stored; offsets point here
        ("abstract", pa.string()),  # as stored; offsets point here
        ("authors", _STRINGS),
        ("pages", _STRINGS),  # "page.txt:12", where it was read
        optional=(
            ("published", pa.date32()),
            ("author_count", pa.int64()),
            ("organization", pa.string()),
            ("comment_count", pa.int64()),
            ("arxiv_id", pa.string()),
            ("url", pa.string()),
        ),
    ),
    "entities": _columns(
        ("id", pa.string()),  # "model/llama-2-7b"
        ("type", pa.string()),  # a node type of the schema
        ("name", pa.string()),
        ("aliases", _STRINGS),  # sorted, without the name
        ("also", _STRINGS),  # other types papers gave it
        ("papers", pa.int64()),  # how many papers link to it
        ("exact_matches", _STRINGS),  # IRIs elsewhere
        optional=(("parameters", pa.int64()), ("memory_gb", pa.float64()), ("url", pa.string())),
    ),
    "links": _columns(  # paper -> entity
        ("key", pa.string()),  # "paper/2403.00001|USES|method/lora"
        ("source", pa.string()),
        ("type", pa.string()),  # a link type of the schema
        ("target", pa.string()),
        ("confidence", pa.float64()),
        ("optional", pa.bool_()),
        ("also_roles", _STRINGS),
        optional=(
            ("outcome", pa.string()),
            ("count", pa.int64()),
            ("memory_gb", pa.float64()),
            ("hours", pa.float64()),
            ("parameters", pa.int64()),
        ),
    ),
    "relations": _columns(  # entity -> entity
        ("key", pa.string()),
        ("source", pa.string()),
        ("type", pa.string()),
        ("target", pa.string()),
        ("confidence", pa.float64()),
        optional=(
            ("paper", pa.string()),  # the paper that says so; null when a naming rule does
            ("rule", pa.string()),  # the rule of `resolve` or `build` that made it
            ("outcome", pa.string()),
        ),
    ),
    "results": _columns(
        ("id", pa.string()),  # "result/…"
        ("paper", pa.string()),
        ("subject", pa.string()),
        ("dataset", pa.string()),
        ("value", pa.float64()),
        ("confidence", pa.float64()),
        optional=(("metric", pa.string()), ("metric_name", pa.string()), ("unit", pa.string())),
    ),
    "evidence": _columns(
        ("kind", pa.string()),  # "link", "relation" or "result"
        ("owner", pa.string()),  # key or id in that table
        ("position", pa.int64()),  # 0 is the best
        ("paper", pa.string()),
        ("field", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("text", pa.string()),
        ("sentence", pa.string()),
        ("sentence_start", pa.int64()),
        ("extractor", pa.string()),
        ("confidence", pa.float64()),
    ),
    "merges": _columns(  # which name became which entity, and by which rule
        ("entity", pa.string()),
        ("form", pa.string()),
        ("rule", pa.string()),
        optional=(("paper", pa.string()),),
    ),
}

ORDER: Mapping[str, tuple[str, ...]] = {
    "papers": ("id",),
    "entities": ("id",),
    "links": ("key",),
    "relations": ("key",),
    "results": ("id",),
    "evidence": ("kind", "owner", "position"),
    "merges": ("entity", "form", "rule", "paper"),
}


@dataclass(frozen=True, slots=True)
class Tables:
    """The seven tables, each in canonical order with the columns of `SCHEMAS`."""

    papers: pa.Table
    entities: pa.Table
    links: pa.Table
    relations: pa.Table
    results: pa.Table
    evidence: pa.Table
    merges: pa.Table

    @classmethod
    def from_rows(cls, **rows: Iterable[Mapping[str, Any]]) -> Tables:
        """Make tables from row mappings (missing keys are null), sorted canonically.

        >>> Tables.from_rows().papers.num_rows
        0
        """
        made = {
            name: pa.Table.from_pylist([dict(row) for row in rows.get(name, ())], schema=schema)
            for name, schema in SCHEMAS.items()
        }
        return cls(**made).canonical()

    def canonical(self) -> Tables:
        """The same tables with columns and rows in canonical order."""
        return Tables(
            **{
                name: getattr(self, name)
                .select(schema.names)
                .cast(schema)
                .sort_by([(column, "ascending") for column in ORDER[name]])
                .combine_chunks()
                for name, schema in SCHEMAS.items()
            }
        )

    def digest(self) -> str:
        """SHA-256 over the contents; equal for equal graphs, whatever file they came from.

        What lies in memory under nulls, and how rows are cut into chunks, does not count.
        """
        sha = hashlib.sha256()
        for item in fields(self):
            table: pa.Table = getattr(self, item.name)
            for name in table.column_names:
                sha.update(f"{item.name}.{name}:{len(table)}\0".encode())
                sha.update(_column_digest(table[name].chunks))
        return sha.hexdigest()

    def write(self, folder: Path) -> None:
        """Write one Parquet file a table into ``folder``, which exists."""
        for item in fields(self):
            pq.write_table(getattr(self, item.name), folder / f"{item.name}.parquet", compression="zstd")

    @classmethod
    def read(cls, folder: Path) -> Tables:
        """Read what `write` wrote.

        Raises `GraphError` when a table is missing, damaged or has other columns.
        """
        return cls(**{name: _read(folder / f"{name}.parquet", schema) for name, schema in SCHEMAS.items()})


def _read(path: Path, schema: pa.Schema) -> pa.Table:
    try:
        with pq.ParquetFile(path) as file:
            table = file.read()
    except FileNotFoundError as error:
        raise GraphError("no such table", where=str(path), mend="run `kg build` first") from error
    except (pa.ArrowException, OSError) as error:
        raise GraphError(f"not a readable table: {error}", where=str(path), mend="run `kg build` again") from error
    try:
        return table.select(schema.names).cast(schema)
    except (pa.ArrowException, KeyError, ValueError) as error:
        raise GraphError(
            f"a table of another version: {error}", where=str(path), mend="run `kg build` again"
        ) from error


def _column_digest(chunks: Iterable[pa.Array]) -> bytes:
    """Digest of a column: which values are there, how long each is, and the values end to end."""
    present, lengths, values = hashlib.sha256(), hashlib.sha256(), hashlib.sha256()
    inner: list[pa.Array] = []
    for chunk in _pieces(chunks):
        present.update(_bytes(chunk.is_valid().cast(pa.uint8())))
        kind = chunk.type
        if pa.types.is_list(kind):
            lengths.update(_bytes(pc.fill_null(pc.list_value_length(chunk), 0)))
            inner.append(chunk.flatten())
        elif pa.types.is_string(kind):
            filled = pc.fill_null(chunk, "")
            lengths.update(_bytes(pc.binary_length(filled)))
            _, offsets, text = filled.buffers()
            bounds = memoryview(offsets).cast("i")[filled.offset : filled.offset + len(filled) + 1]
            values.update(memoryview(text)[bounds[0] : bounds[-1]] if text is not None else b"")
        else:
            plain = chunk.cast(pa.uint8() if pa.types.is_boolean(kind) else _PLAIN.get(kind, kind))
            values.update(_bytes(pc.fill_null(plain, 0)))
    nested = _column_digest(inner) if inner else b""
    return present.digest() + lengths.digest() + values.digest() + nested


def _pieces(chunks: Iterable[pa.Array]) -> Iterator[pa.Array]:
    """The chunks in pieces of bounded length, so that what is made of each takes little memory."""
    for chunk in chunks:
        for start in range(0, len(chunk), _ROWS):
            yield chunk.slice(start, _ROWS)


_ROWS = 1 << 14
_PLAIN = {pa.date32(): pa.int32()}


def _bytes(array: pa.Array) -> memoryview:
    """The values of a fixed-width array without nulls, as they lie in memory."""
    width = array.type.bit_width // 8
    data = array.buffers()[1]
    start = array.offset * width
    return memoryview(data)[start : start + len(array) * width] if data is not None else memoryview(b"")
