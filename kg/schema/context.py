"""The JSON-LD context, derived from the schema."""

from __future__ import annotations

from typing import Any, NamedTuple

from kg.errors import SchemaError
from kg.schema.load import KG, load

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_RESOURCE = "http://www.w3.org/2000/01/rdf-schema#Resource"
# Terms of other vocabularies that point to nodes; their keys keep the prefix.
_POINTERS = (
    "rdf:subject", "rdf:predicate", "rdf:object", "oa:hasBody", "oa:hasTarget", "oa:hasSource", "oa:hasSelector",
    "prov:wasDerivedFrom", "prov:wasGeneratedBy", "prov:wasAssociatedWith", "owl:sameAs", "dcterms:license",
    "dcterms:conformsTo", "void:vocabulary", "void:subset", "void:classPartition", "void:propertyPartition",
    "void:class", "void:property", "schema:author", "schema:isPartOf", "schema:isBasedOn",
    "schema:sourceOrganization", "fair4ml:trainedOn", "fair4ml:evaluatedOn", "mls:specifiedBy", "kg:mergedInto",
)  # fmt: skip
_NUMBERS = {"void:triples": "xsd:integer", "void:entities": "xsd:integer", "kg:position": "xsd:integer"}


class Term(NamedTuple):
    """A key of JSON-LD and the kind its values have: ``@id``, the IRI of a datatype, or ``None`` for plain text."""

    key: str
    kind: str | None


def terms() -> dict[str, Term]:
    """The keys of JSON-LD by the IRI they stand for.

    >>> terms()["http://www.w3.org/2004/02/skos/core#prefLabel"]
    Term(key='name', kind=None)
    """
    schema = load()
    found: dict[str, Term] = {}
    holders = [node.properties for node in schema.node_types.values()]
    holders += [link.properties for link in schema.link_types.values()]
    for properties in holders:
        for item in properties.values():
            if not item.name.startswith("evidence_") and item.name != "paper":
                kind = "@id" if item.range == _RESOURCE else None if item.range == _XSD_STRING else item.range
                found[item.iri] = Term(item.name, kind)
    for link in schema.link_types.values():
        found[link.iri] = Term(link.iri.removeprefix(KG), "@id")
    for name in _POINTERS:
        found.setdefault(_expand(name), Term(name, "@id"))
    for name, datatype in _NUMBERS.items():
        found.setdefault(_expand(name), Term(name, _expand(datatype)))
    keys = [term.key for term in found.values()]
    if len(keys) != len(set(keys)):
        twice = sorted({key for key in keys if keys.count(key) > 1})
        raise SchemaError(f"names that would stand for two terms in JSON-LD: {', '.join(twice)}")
    return found


def context(base: str | None) -> dict[str, Any]:
    """The context: version, base, prefixes and terms with their kinds."""
    made: dict[str, Any] = {"@version": 1.1}
    if base is not None:
        made["@base"] = base
    made.update(load().prefixes)
    for iri, (key, kind) in sorted(terms().items(), key=lambda item: item[1].key):
        made[key] = iri if kind is None else {"@id": iri, "@type": kind}
    return made


def _expand(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{load().prefixes[prefix]}{local}"
