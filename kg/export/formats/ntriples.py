"""N-Triples: one triple a line, streamed from the tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.format import ExportFormat
from kg.export.rdf.blocks import RdfOptions, portions
from kg.export.rdf.lines import triples
from kg.export.rdf.lines import write as write_pieces
from kg.export.rdf.terms import BASE

if TYPE_CHECKING:
    from kg.graph import Graph


def write(graph: Graph, target: Path, *, rdf: str = "1.1", evidence: bool = True, base: str = BASE) -> None:
    """Write ``graph`` as N-Triples; ``rdf="1.2"`` uses triple terms, ``evidence=False`` only plain triples."""
    write_pieces(triples(portions(graph, RdfOptions(rdf, evidence, base))), target)


FORMAT = ExportFormat("ntriples", "graph.nt", "RDF, one triple a line", write)
