"""TriG: RDF to read, in named graphs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.format import ExportFormat
from kg.export.rdf.blocks import RdfOptions, blocks
from kg.export.rdf.lines import write as write_pieces
from kg.export.rdf.terms import BASE
from kg.export.rdf.turtle import trig

if TYPE_CHECKING:
    from kg.graph import Graph


def write(graph: Graph, target: Path, *, rdf: str = "1.1", evidence: bool = True, base: str = BASE) -> None:
    """Write ``graph`` as TriG; ``rdf="1.2"`` uses triple terms, ``evidence=False`` only plain triples."""
    write_pieces(trig(blocks(graph, RdfOptions(rdf, evidence, base)), base), target)


FORMAT = ExportFormat("trig", "graph.trig", "RDF to read, in named graphs", write)
