"""Turn records and identities into a graph: its tables, and a NetworkX graph of them."""

from kg.build.assemble import assemble, paper_id

__all__ = ["assemble", "paper_id"]
