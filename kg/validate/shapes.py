"""Checks of RDF against ``schema/shapes.ttl``, by pyshacl."""

from __future__ import annotations

import functools
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import FormatError, MissingExtraError
from kg.rdf_files import statements
from kg.schema.load import KG, file
from kg.validate.report import Report, Violation

if TYPE_CHECKING:
    import rdflib

    from kg.graph import Graph

_SH = "http://www.w3.org/ns/shacl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"


def check_graph(graph: Graph) -> Report:
    """Check the RDF that would be written of a graph."""
    from kg.export.formats.ntriples import write

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "graph.nt"
        write(graph, place)
        return check_file(place)


def check_file(path: Path) -> Report:
    """Check an RDF file in any form.

    Raises `MissingExtraError` without pyshacl, `FormatError` when the file is no RDF.
    """
    try:
        import pyshacl
    except ImportError as error:
        mend = "pip install 'kg[validate]'"
        raise MissingExtraError("checking shapes needs pyshacl", mend=mend) from error
    with _without_remarks():
        data = _data(path)
        if not len(data):
            raise FormatError("no triples in it", where=str(path), mend="name an RDF export of a graph")
        count = len(data)
        shapes, hierarchy = _schema()
        for triple in hierarchy:
            data.add(triple)
        _, found, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", inplace=True)
    violations = sorted(_violations(found, shapes), key=lambda item: (item.focus, item.message))
    return Report(tuple(violations), count)


@contextmanager
def _without_remarks() -> Iterator[None]:
    """No log of rdflib's, which shows a traceback for each literal that is none: the report names them."""
    log = logging.getLogger("rdflib.term")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


@functools.cache
def _schema() -> tuple[rdflib.Graph, tuple[Any, ...]]:
    """The shapes, and which class of ours is below which."""
    import rdflib

    ontology = rdflib.Graph().parse(file("ontology.ttl"))
    below = tuple(ontology.triples((None, rdflib.URIRef(_SUBCLASS), None)))
    return rdflib.Graph().parse(file("shapes.ttl")), below


def _data(path: Path) -> rdflib.Graph:
    """The triples of a file; triple terms, which rdflib cannot hold, as the parts they are made of."""
    import pyoxigraph as ox
    import rdflib

    graph = rdflib.Graph()
    terms: dict[Any, Any] = {}
    plain = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")  # rdflib tells "a" from "a"^^xsd:string
    parts = [rdflib.URIRef(_RDF + name) for name in ("subject", "predicate", "object")]

    def term(value: Any) -> Any:
        if isinstance(value, ox.Literal):
            kind = None if value.language or value.datatype == plain else value.datatype.value
            return rdflib.Literal(value.value, datatype=kind, lang=value.language, normalize=False)
        if value not in terms:
            blank = isinstance(value, ox.BlankNode)
            terms[value] = rdflib.BNode(value.value) if blank else rdflib.URIRef(value.value)
        return terms[value]

    for quad in statements(path):
        subject = term(quad.subject)
        if isinstance(quad.object, ox.Triple):
            for part, value in zip(parts, quad.object, strict=True):
                graph.add((subject, part, term(value)))
        else:
            graph.add((subject, term(quad.predicate), term(quad.object)))
    return graph


def _violations(found: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[Violation]:
    import rdflib

    sh = rdflib.Namespace(_SH)
    mend = rdflib.URIRef(f"{KG}mend")
    for result in found.objects(None, sh.result):
        source = found.value(result, sh.sourceShape)
        messages = [str(message) for message in found.objects(result, sh.resultMessage)]
        value = found.value(result, sh.value)
        said = f": {value}" if value is not None and value != found.value(result, sh.focusNode) else ""
        yield Violation(
            focus=f"<{found.value(result, sh.focusNode)}>",
            message=f"{messages[0] if messages else 'violates a shape'}{said}",
            mend=str(shapes.value(source, mend) or "see schema/shapes.ttl"),
            part=str(source).rpartition("#")[2],
        )
