"""JSON-LD: RDF as compact JSON, with its context."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ExportError
from kg.export.format import ExportFormat
from kg.export.rdf.blocks import RdfOptions, blocks
from kg.export.rdf.jsonld import jsonld
from kg.export.rdf.lines import write as write_pieces
from kg.export.rdf.terms import BASE

if TYPE_CHECKING:
    from kg.graph import Graph


def write(graph: Graph, target: Path, *, rdf: str = "1.1", evidence: bool = True, base: str = BASE) -> None:
    """Write ``graph`` as JSON-LD; ``evidence=False`` writes only plain triples.

    Raises `ExportError` for ``rdf="1.2"``: JSON-LD has no triple terms.
    """
    if rdf != "1.1":
        raise ExportError("JSON-LD has no triple terms", mend="use rdf 1.1 here, or Turtle for 1.2")
    write_pieces(jsonld(blocks(graph, RdfOptions(rdf, evidence, base)), base), target)


FORMAT = ExportFormat("jsonld", "graph.jsonld", "RDF as compact JSON, with its context", write)
