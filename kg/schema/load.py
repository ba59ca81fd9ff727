"""Read the schema from ``schema/ontology.ttl``, in the wheel or in a checkout."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.errors import SchemaError
from kg.schema.model import Datatype, LinkType, NodeType, Property, Schema

KG = "https://w3id.org/mlkg/ontology#"
ONTOLOGY = "https://w3id.org/mlkg/ontology"

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_SCHEMA = "https://schema.org/"
_OA_BODY = "http://www.w3.org/ns/oa#hasBody"
_DATATYPES: dict[str, Datatype] = {
    f"{_XSD}integer": "integer",
    f"{_XSD}double": "float",
    f"{_XSD}boolean": "boolean",
    f"{_XSD}date": "date",
}


@functools.cache
def load() -> Schema:
    """The schema of this version of the package.

    >>> schema = load()
    >>> schema.node_types["Paper"].properties["published"].datatype
    'date'
    >>> schema.roles["trains_on"], schema.link_types["TRAINS_ON"].ranges
    ('TRAINS_ON', ('Dataset',))
    """
    return read(file("ontology.ttl"))


@functools.cache
def own_terms() -> frozenset[str]:
    """The local names of the classes and properties the ontology defines for data.

    >>> "trainsOn" in own_terms()
    True
    """
    terms = _Terms(file("ontology.ttl"))
    kinds = ("Class", "ObjectProperty", "DatatypeProperty")
    named = (term for kind in kinds for term in terms.subjects(f"{_OWL}{kind}"))
    return frozenset(term.removeprefix(KG) for term in named if term.startswith(KG))


def file(name: str) -> Path:
    """The path of a file of the schema (``ontology.ttl``, ``shapes.ttl``)."""
    here = Path(__file__).resolve()
    for folder in (here.parent / "files", here.parents[2] / "schema"):
        if (folder / name).is_file():
            return folder / name
    raise SchemaError(f"no {name} in this installation", mend="install kg again")


def read(path: Path) -> Schema:
    """Read a schema from an ontology file.

    Raises `SchemaError` when it cannot be parsed or lacks what a type needs.
    """
    terms = _Terms(path)
    nodes = tuple(_node_types(terms))
    links = tuple(_link_types(terms))
    return Schema(
        version=terms.text(ONTOLOGY, f"{_OWL}versionInfo"),
        version_iri=terms.text(ONTOLOGY, f"{_OWL}versionIRI"),
        node_types={node.name: node for node in nodes},
        link_types={link.name: link for link in links},
        roles={link.role: link.name for link in links if link.role is not None},
        entity_types=terms.concrete([f"{KG}Entity"]),
        prefixes=dict(sorted(terms.prefixes.items())),
    )


class _Terms:
    """The triples of an ontology, by subject and predicate, in the order of the file."""

    def __init__(self, path: Path) -> None:
        import pyoxigraph as ox

        self.path = path
        self._values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        try:
            quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
            for quad in quads:
                self._values[_key(quad.subject)][quad.predicate.value].append(_key(quad.object))
            self.prefixes: dict[str, str] = dict(quads.prefixes)
        except SyntaxError as error:
            raise SchemaError(str(error), where=str(path)) from error

    def subjects(self, kind: str) -> Iterator[str]:
        """All terms of an OWL kind, in order."""
        yield from (term for term, said in self._values.items() if kind in said.get(f"{_RDF}type", ()))

    def values(self, term: str, predicate: str) -> list[str]:
        """All values of a term, in order."""
        return self._values.get(term, {}).get(predicate, [])

    def text(self, term: str, *predicates: str) -> str:
        """The first value of the first predicate that has one."""
        for predicate in predicates:
            for value in self.values(term, predicate):
                return value
        raise SchemaError(f"<{term}> has no <{predicates[0]}>", where=str(self.path))

    def classes(self, term: str, *predicates: str) -> list[str]:
        """The classes a term names by any predicate, with unions taken apart."""
        found: list[str] = []
        for predicate in predicates:
            for value in self.values(term, predicate):
                unions = self.values(value, f"{_OWL}unionOf")
                found.extend(self._list(unions[0]) if unions else [value])
        return found

    def ancestors(self, term: str) -> list[str]:
        """A class and all above it within the ontology."""
        found = [term]
        for name in found:
            found.extend(above for above in self.values(name, f"{_RDFS}subClassOf") if above not in found)
        return found

    def concrete(self, classes: Iterable[str]) -> tuple[str, ...]:
        """The names of the node types that are, or are below, the classes."""
        wanted = set(classes)
        drawn = (term for term in self.subjects(f"{_OWL}Class") if self.values(term, f"{KG}colour"))
        return tuple(self.text(term, f"{_RDFS}label") for term in drawn if wanted.intersection(self.ancestors(term)))

    def properties(self) -> Iterator[str]:
        """All literal-valued properties, own and borrowed, in order."""
        own = set(self.subjects(f"{_OWL}DatatypeProperty"))
        yield from (term for term, said in self._values.items() if term in own or f"{KG}propertyName" in said)

    def _list(self, cell: str) -> Iterator[str]:
        while cell != f"{_RDF}nil":
            yield self.text(cell, f"{_RDF}first")
            cell = self.text(cell, f"{_RDF}rest")


def _key(term: Any) -> str:
    """A term as text; blank nodes keep their mark so that no literal is taken for one."""
    import pyoxigraph as ox

    return str(term) if isinstance(term, ox.BlankNode) else str(term.value)


def _node_types(terms: _Terms) -> Iterator[NodeType]:
    for term in terms.subjects(f"{_OWL}Class"):
        if not terms.values(term, f"{KG}colour"):
            continue
        yield NodeType(
            name=terms.text(term, f"{_RDFS}label"),
            iri=term,
            definition=terms.text(term, f"{_SKOS}definition"),
            colour=terms.text(term, f"{KG}colour"),
            shape=terms.text(term, f"{KG}shape"),
            properties=_properties_of(terms, [term]),
            broader=tuple(terms.ancestors(term)[1:]),
            example=terms.text(term, f"{_SKOS}example"),
        )


def _link_types(terms: _Terms) -> Iterator[LinkType]:
    for term in terms.subjects(f"{_OWL}ObjectProperty"):
        carriers = terms.values(term, f"{KG}linkClass")
        if not carriers:
            continue
        roles = terms.values(term, f"{KG}role")
        yield LinkType(
            name=terms.text(term, f"{_RDFS}label"),
            iri=term,
            role=roles[0] if roles else None,
            definition=terms.text(term, f"{_SKOS}definition"),
            domains=terms.concrete(terms.classes(term, f"{_RDFS}domain")),
            ranges=terms.concrete(terms.classes(term, f"{_RDFS}range")),
            properties={**_properties_of(terms, carriers), **_evidence_of(terms, carriers)},
            broader=tuple(terms.values(term, f"{_RDFS}subPropertyOf")),
            example=terms.text(term, f"{_SKOS}example"),
        )


def _properties_of(terms: _Terms, classes: list[str]) -> dict[str, Property]:
    """What instances of the classes may hold, in the order of the ontology."""
    above = {name for term in classes for name in terms.ancestors(term)}
    found: dict[str, Property] = {}
    for term in terms.properties():
        domains = terms.classes(term, f"{_RDFS}domain", f"{_SCHEMA}domainIncludes")
        if above.intersection(domains):
            made = _property(terms, term)
            found[made.name] = made
    return found


def _evidence_of(terms: _Terms, classes: list[str]) -> dict[str, Property]:
    """The parallel lists in which a link of a property graph carries its evidence."""
    above = {name for term in classes for name in terms.ancestors(term)}
    if not above.intersection(terms.classes(_OA_BODY, f"{_SCHEMA}rangeIncludes")):
        return {}
    columns = _properties_of(terms, [f"{KG}Evidence"])
    del columns["position"]  # the place in the lists says it
    return {f"evidence_{name}": replace(item, name=f"evidence_{name}", many=True) for name, item in columns.items()}


def _property(terms: _Terms, term: str) -> Property:
    names = terms.values(term, f"{KG}propertyName")
    ranges = terms.classes(term, f"{_RDFS}range", f"{_SCHEMA}rangeIncludes")
    if not ranges:
        raise SchemaError(f"<{term}> has no range", where=str(terms.path))
    return Property(
        name=names[0] if names else _snake(term.rpartition("#")[2]),
        iri=term,
        datatype=_DATATYPES.get(ranges[0], "string"),
        many=terms.values(term, f"{KG}many") == ["true"],
        definition=terms.text(term, f"{_SKOS}definition", f"{KG}usage"),
        range=ranges[0],
        values=tuple(terms.values(term, f"{KG}oneOf")),
        example=terms.text(term, f"{_SKOS}example"),
    )


def _snake(name: str) -> str:
    """``memoryGb`` as ``memory_gb``."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
