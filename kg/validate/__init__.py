"""Check that a graph holds what the schema says it may and must: its tables, and any RDF file of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.validate.report import Report, Violation

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["Report", "Violation", "validate"]


def validate(what: Graph | Path | str, *, shacl: bool = True) -> Report:
    """Check a graph, a graph's folder or an RDF file.

    A graph's tables are checked directly (offsets against the text, ends of links, evidence); with
    ``shacl`` the RDF made of them is checked against ``schema/shapes.ttl`` as well, which takes
    hundreds of times as long. An RDF file is checked against the shapes.

    Raises `MissingExtraError` when shapes are to be checked and pyshacl is not installed,
    `FormatError` when a file is no RDF.

    >>> report = validate("exports")  # doctest: +SKIP
    >>> report.conforms  # doctest: +SKIP
    True
    """
    from kg.graph import Graph
    from kg.validate import shapes, tables

    if not isinstance(what, Graph):
        place = Path(what)
        if not place.exists():
            raise InputError("nothing here to validate", where=str(place), mend="name a graph's folder or an RDF file")
        if place.is_file():
            return shapes.check_file(place)
        what = Graph.load(place)
    found = tables.check(what.tables)
    return found + shapes.check_graph(what) if shacl else found
