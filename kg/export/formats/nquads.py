"""N-Quads: one quad a line; data and evidence in a named graph each, the description in the default graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.format import ExportFormat
from kg.export.rdf.blocks import RdfOptions, portions
from kg.export.rdf.lines import quads
from kg.export.rdf.lines import write as write_pieces
from kg.export.rdf.terms import BASE

if TYPE_CHECKING:
    from kg.graph import Graph


def write(graph: Graph, target: Path, *, rdf: str = "1.1", evidence: bool = True, base: str = BASE) -> None:
    """Write ``graph`` as N-Quads; ``rdf="1.2"`` uses triple terms, ``evidence=False`` only plain triples."""
    write_pieces(quads(portions(graph, RdfOptions(rdf, evidence, base)), base), target)


FORMAT = ExportFormat("nquads", "graph.nq", "RDF in named graphs, one quad a line", write)
