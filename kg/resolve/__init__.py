"""Decide which names are one thing, which are variants of one another, and which merely sound alike."""

from kg.resolve.pairs import Relation, compare

__all__ = ["Relation", "compare"]
