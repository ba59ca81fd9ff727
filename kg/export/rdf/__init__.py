"""RDF from the tables: one stream of blocks, of which every RDF form is a spelling.

A block is a subject with its predicates and objects, each already a term of N-Triples, so the
line-based forms only join strings and the others only shorten them.
"""

from kg.export.rdf.blocks import Block, RdfOptions, blocks

__all__ = ["Block", "RdfOptions", "blocks"]
