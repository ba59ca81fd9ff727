"""RDF from the tables: one stream, of which every RDF form is a spelling.

A block is a subject with its predicates and objects, each already a term of N-Triples, so the
line-based forms only join strings and the others only shorten them. What there are masses of (links
and their evidence) comes as sheets: many blocks in columns.
"""

from kg.export.rdf.blocks import Block, RdfOptions, blocks, portions
from kg.export.rdf.sheets import Sheets

__all__ = ["Block", "RdfOptions", "Sheets", "blocks", "portions"]
