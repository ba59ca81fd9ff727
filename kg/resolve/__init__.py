"""Decide which names are one thing, which are variants of one another, and which merely sound alike."""

from kg.resolve.corpus import resolve
from kg.resolve.identities import Identities, Merge, Thing, Variant
from kg.resolve.normal import node_id, slug
from kg.resolve.pairs import Relation, compare

__all__ = ["Identities", "Merge", "Relation", "Thing", "Variant", "compare", "node_id", "resolve", "slug"]
