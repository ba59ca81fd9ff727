"""The nouns of the schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Datatype = Literal["string", "integer", "float", "boolean", "date"]


@dataclass(frozen=True, slots=True)
class Property:
    """A property of nodes or links: its ``name`` in tables and Cypher, its ``iri`` in RDF.

    ``many`` says that the value is a list. ``iri`` may be a term of another vocabulary; ``range``
    is the IRI of what its values are in RDF; ``values`` are all it may be, where it may be but a few.
    """

    name: str
    iri: str
    datatype: Datatype
    many: bool
    definition: str
    range: str = ""
    values: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class NodeType:
    """A type of node; ``properties`` maps names to what a node of the type may hold.

    ``broader`` are the IRIs of all classes above it, own ones and those of other vocabularies.
    """

    name: str
    iri: str
    definition: str
    colour: str
    shape: str
    properties: Mapping[str, Property]
    broader: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class LinkType:
    """A type of link, by its ``name`` in property graphs (``TRAINS_ON``).

    ``role`` is the role of a record it stands for, if any; ``domains`` and ``ranges`` name the
    node types at its ends; ``properties`` maps names to what a link of the type may hold.
    ``broader`` are the IRIs of properties of other vocabularies that it implies.
    """

    name: str
    iri: str
    role: str | None
    definition: str
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    properties: Mapping[str, Property]
    broader: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class Schema:
    """All types, in the order of the ontology.

    ``roles`` maps a role of a record to its link type; ``entity_types`` are the node types that
    papers name things of; ``version`` is that of the ontology, ``prefixes`` maps the prefixes it
    uses to namespaces.
    """

    version: str
    version_iri: str
    node_types: Mapping[str, NodeType]
    link_types: Mapping[str, LinkType]
    roles: Mapping[str, str]
    entity_types: tuple[str, ...]
    prefixes: Mapping[str, str]
