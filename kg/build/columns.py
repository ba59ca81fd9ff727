"""Rows collected column by column, which holds a large graph in a fraction of the memory of row mappings."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from kg.tables import SCHEMAS, Tables


class Columns:
    """The columns of one table, filled row by row; columns not named in a row are null (or an empty list).

    >>> columns = Columns("merges")
    >>> columns.add(entity="method/lora", form="LoRAs", rule="spelling")
    >>> columns.table().num_rows
    1
    """

    def __init__(self, name: str) -> None:
        self._schema = SCHEMAS[name]
        self._values: dict[str, list[Any]] = {column: [] for column in self._schema.names}
        self._absent: dict[str, Any] = {
            field.name: [] if pa.types.is_list(field.type) else None for field in self._schema
        }

    def add(self, **row: Any) -> None:
        """Append one row."""
        for name, values in self._values.items():
            value = row.get(name)
            values.append(self._absent[name] if value is None else value)

    def table(self) -> pa.Table:
        """The Arrow table of all rows."""
        arrays = [pa.array(self._values[field.name], type=field.type) for field in self._schema]
        return pa.Table.from_arrays(arrays, schema=self._schema)


class TableColumns:
    """The columns of all seven tables."""

    def __init__(self) -> None:
        self.papers = Columns("papers")
        self.entities = Columns("entities")
        self.links = Columns("links")
        self.relations = Columns("relations")
        self.results = Columns("results")
        self.evidence = Columns("evidence")
        self.merges = Columns("merges")

    def tables(self) -> Tables:
        """All seven tables in canonical order."""
        return Tables(**{name: getattr(self, name).table() for name in SCHEMAS}).canonical()
