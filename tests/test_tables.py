"""Tables: canonical order, a digest that only contents decide, files read back or refused."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given

from kg.errors import GraphError
from kg.graph import Graph
from kg.tables import ORDER, SCHEMAS, Tables
from tests import graphs

TABLE_NAMES = sorted(SCHEMAS)


def test_every_table_has_an_order_over_its_own_columns() -> None:
    assert set(ORDER) == set(SCHEMAS)
    assert all(set(ORDER[name]) <= set(SCHEMAS[name].names) for name in SCHEMAS)


@given(graphs.graphs())
def test_what_is_written_is_read_back_with_the_same_digest(graph: Graph) -> None:
    with tempfile.TemporaryDirectory() as folder:
        graph.tables.write(Path(folder))
        read = Tables.read(Path(folder))
    assert read == graph.tables
    assert read.digest() == graph.tables.digest()


def test_order_of_rows_and_chunks_do_not_change_the_digest() -> None:
    tables = graphs.small().tables
    shuffled = {}
    for name in TABLE_NAMES:
        rows = getattr(tables, name).to_pylist()
        random.Random(name).shuffle(rows)
        pieces = [pa.Table.from_pylist([row], schema=SCHEMAS[name]) for row in rows]
        shuffled[name] = pa.concat_tables([SCHEMAS[name].empty_table(), *pieces])
    mixed = Tables(**shuffled)
    assert mixed.canonical() == tables
    assert mixed.canonical().digest() == tables.digest()
    chunked = Tables(**{name: pa.concat_tables([getattr(tables, name).slice(0, 1), getattr(tables, name).slice(1)])
                        for name in TABLE_NAMES})  # fmt: skip
    assert chunked.digest() == tables.digest()


def test_what_lies_under_nulls_does_not_change_the_digest() -> None:
    tables = graphs.small().tables
    column = tables.entities["memory_gb"].combine_chunks()
    shown = [80.0 if value is not None else 7.5 for value in column.to_pylist()]
    rubbish = pa.array(shown, pa.float64()).buffers()[1]
    hidden = pa.Array.from_buffers(pa.float64(), len(column), [column.buffers()[0], rubbish], column.null_count)
    at = tables.entities.schema.get_field_index("memory_gb")
    entities = tables.entities.set_column(at, tables.entities.schema.field(at), hidden)
    rest = {name: getattr(tables, name) for name in TABLE_NAMES}
    assert Tables(**{**rest, "entities": entities}).digest() == tables.digest()


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_any_changed_value_changes_the_digest(name: str) -> None:
    tables = graphs.small().tables
    table: pa.Table = getattr(tables, name)
    column = ORDER[name][0]
    at = table.schema.get_field_index(column)
    changed = pa.array([f"{value}x" for value in table[column].to_pylist()], pa.string())
    other = table.set_column(at, table.schema.field(at), changed)
    rest = {each: getattr(tables, each) for each in TABLE_NAMES}
    assert Tables(**{**rest, name: other}).digest() != tables.digest()
    assert Tables(**{**rest, name: table.slice(1)}).digest() != tables.digest()


def test_text_that_moves_between_rows_changes_the_digest() -> None:
    def merged(first: str, second: str) -> str:
        rows = [{"entity": "a", "form": first, "rule": "r"}, {"entity": "b", "form": second, "rule": "r"}]
        return Tables.from_rows(merges=rows).digest()

    assert merged("ab", "c") != merged("a", "bc")


def test_a_missing_a_damaged_and_a_foreign_table_are_refused(tmp_path: Path) -> None:
    graphs.small().tables.write(tmp_path)
    (tmp_path / "links.parquet").write_bytes(b"PAR1 nonsense")
    with pytest.raises(GraphError, match=r"links\.parquet.*run `kg build` again"):
        Tables.read(tmp_path)
    (tmp_path / "links.parquet").unlink()
    with pytest.raises(GraphError, match="no such table"):
        Tables.read(tmp_path)
    pq.write_table(pa.table({"id": ["x"]}), tmp_path / "links.parquet")
    with pytest.raises(GraphError, match="another version"):
        Tables.read(tmp_path)


def test_a_row_without_a_required_value_is_refused() -> None:
    with pytest.raises((ValueError, pa.ArrowException)):
        Tables.from_rows(merges=[{"entity": None, "form": "x", "rule": "r"}])
