"""A graph: its tables, and the doors to the rooms that show, export and ask it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg.errors import GraphError
from kg.files import replacing
from kg.tables import Tables

if TYPE_CHECKING:
    import networkx

    from kg.query.rows import Rows

MANIFEST = "manifest.json"
TABLES = "tables"


class Graph:
    """Papers, entities and the links between them, as typed Arrow tables.

    ``folder`` is where the graph is kept (``exports/`` by default); stores for queries are made
    there on first use, or in a temporary place for a graph that was never saved.

    >>> import kg
    >>> graph = kg.build(["samples/daily-papers.txt"])  # doctest: +SKIP
    >>> graph.cypher("MATCH (m:Method) RETURN m.name LIMIT 3")  # doctest: +SKIP
    """

    def __init__(self, tables: Tables, folder: Path | None = None) -> None:
        self.tables = tables
        self.folder = folder

    @property
    def papers(self) -> pa.Table:
        """One row a paper."""
        return self.tables.papers

    @property
    def entities(self) -> pa.Table:
        """One row a thing: methods, models, datasets, hardware, tasks, metrics, authors, organisations, repositories."""
        return self.tables.entities

    @property
    def links(self) -> pa.Table:
        """One row a link from a paper to a thing, with its role as ``type``."""
        return self.tables.links

    @property
    def relations(self) -> pa.Table:
        """One row a link between two things."""
        return self.tables.relations

    @property
    def results(self) -> pa.Table:
        """One row a number reported for a subject on a dataset."""
        return self.tables.results

    @property
    def evidence(self) -> pa.Table:
        """One row a place in a paper's text on which a link, relation or result stands."""
        return self.tables.evidence

    @property
    def digest(self) -> str:
        """SHA-256 of the tables; every projection is marked with it."""
        return self.tables.digest()

    @classmethod
    def load(cls, folder: str | Path = "exports") -> Graph:
        """Open a saved graph.

        Raises `GraphError` when there is none, or one of another version.
        """
        place = Path(folder)
        if not (place / TABLES).is_dir():
            raise GraphError("no graph here", where=str(place), mend="make one: kg build PAGE… -o " + str(place))
        return cls(Tables.read(place / TABLES), place)
