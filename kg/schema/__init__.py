"""What a graph may hold: node types, link types and their properties, read from ``schema/ontology.ttl``.

Everything that must know a type or a property asks here; a test fails where tables, exports or
shapes drift from it.
"""

from kg.schema.load import load
from kg.schema.model import LinkType, NodeType, Property, Schema

__all__ = ["LinkType", "NodeType", "Property", "Schema", "load"]
