"""A graph: its tables, and the doors to the rooms that show, export and ask it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg import manifest
from kg.errors import GraphError
from kg.files import recover, replacing_folder
from kg.tables import Tables

if TYPE_CHECKING:
    import networkx

    from kg.query.path import Path as Way
    from kg.query.rows import Rows
    from kg.query.search import Hit
    from kg.query.show import Shown
    from kg.query.stats import Stats

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
        self._digest: tuple[Tables, str] | None = None

    @property
    def papers(self) -> pa.Table:
        """One row a paper."""
        return self.tables.papers

    @property
    def entities(self) -> pa.Table:
        """One row a thing: method, model, dataset, hardware, task, metric, author, organisation, repository."""
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
    def merges(self) -> pa.Table:
        """One row a form that was taken for a thing, with the rule that did."""
        return self.tables.merges

    @property
    def digest(self) -> str:
        """SHA-256 of the tables; every projection is marked with it. Computed once for the same tables."""
        if self._digest is None or self._digest[0] is not self.tables:
            self._digest = (self.tables, self.tables.digest())
        return self._digest[1]

    @classmethod
    def load(cls, folder: str | Path = "exports") -> Graph:
        """Open a saved graph.

        Raises `GraphError` when there is none, or one that is damaged or of another version.
        """
        place = Path(folder)
        recover(place / TABLES)
        if not (place / TABLES).is_dir():
            raise GraphError("no graph here", where=str(place), mend=f"make one: kg build PAGE… -o {place}")
        written = manifest.read(place)
        graph = cls(Tables.read(place / TABLES), place)
        if written is not None and written.get("files") == manifest.checksums(place / TABLES):
            graph._digest = (graph.tables, str(written["digest"]))
        return graph

    def save(self, folder: str | Path | None = None) -> Path:
        """Write the tables and a manifest into ``folder`` (by default where the graph is kept) and keep it there.

        An earlier graph there stays whole until the new tables are complete. Exports are not written: see `export`.
        Raises `GraphError` when the folder cannot be written.
        """
        place = Path(folder) if folder is not None else self.folder or Path("exports")
        try:
            with replacing_folder(place / TABLES) as temporary:
                self.tables.write(temporary)
            manifest.write(place, self.tables, self.digest, place / TABLES)
        except OSError as error:
            raise GraphError(f"cannot be written: {error.strerror or error}", where=str(place)) from error
        self.folder = place
        return place

    def networkx(self) -> networkx.MultiDiGraph:
        """A new NetworkX graph: nodes with ``label``, parallel links kept apart by key, with their evidence."""
        from kg.build.networkx import to_networkx

        return to_networkx(self.tables)

    def cypher(self, query: str, **parameters: Any) -> Rows:
        """The rows that a Cypher query gives; ``$name`` in it stands for the argument ``name``."""
        from kg.query.cypher import cypher

        return cypher(self, query, parameters)

    def sparql(self, query: str) -> Rows:
        """The rows that a SPARQL query gives."""
        from kg.query.sparql import sparql

        return sparql(self, query)

    def show(self, name: str) -> list[Shown]:
        """Everything known of the things called ``name``.

        Raises `UnknownNameError` with near names when there is none.
        """
        from kg.query.show import show

        return show(self, name)

    def path(self, a: str, b: str, **options: Any) -> list[Way]:
        """The shortest ways between two things, each step with its evidence."""
        from kg.query.path import paths

        return paths(self, a, b, **options)

    def search(self, text: str, limit: int = 20) -> list[Hit]:
        """Things and papers whose names match ``text``, best first."""
        from kg.query.search import search

        return search(self, text, limit=limit)

    def stats(self) -> Stats:
        """What the graph holds, counted."""
        from kg.query.stats import stats

        return stats(self)

    def export(self, format: str, target: str | Path | None = None, **options: Any) -> Path:
        """Write the graph in one format and return where it is."""
        from kg.export import export

        return export(self, format, Path(target) if target is not None else None, **options)

    def export_all(self, folder: str | Path | None = None) -> list[Path]:
        """Write every format that a build writes unasked, into ``folder`` or the graph's own."""
        from kg.export import registry

        place = Path(folder) if folder is not None else self.folder or Path("exports")
        return [self.export(name, place / format.filename) for name, format in registry() if format.default]

    def __repr__(self) -> str:
        counts = f"{self.papers.num_rows} papers, {self.entities.num_rows} things, {self.links.num_rows} links"
        place = f" in {self.folder}" if self.folder is not None else ""
        return f"<Graph of {counts}{place}>"

    def _repr_html_(self) -> str:
        """The explorer, in a frame of its own, for notebooks."""
        from kg.export.html import notebook

        return notebook(self)
