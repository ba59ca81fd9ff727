"""Answer SPARQL from a store that is built on first use.

The store is a projection of the tables: it is only read, and built again when they change. All
triples of `kg.export.rdf` stand in its default graph; prefixes of the ontology and of the node
types (``method:lora``) need no declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError
from kg.export.rdf.blocks import Block
from kg.export.rdf.terms import BASE
from kg.export.rdf.turtle import readable
from kg.query import _sparql_check as check
from kg.query._sparql_store import database, store_of
from kg.query.rows import Rows

if TYPE_CHECKING:
    import pyoxigraph

    from kg.graph import Graph

__all__ = ["FORMS", "database", "parsed", "prefixes", "serialized", "sparql"]

prefixes = check.prefixes

# The forms an answer can be written in: of rows and yes-or-no, and of triples.
FORMS: Mapping[str, tuple[str, str]] = {
    "json": ("JSON", "rows"),
    "xml": ("XML", "rows"),
    "csv": ("CSV", "rows"),
    "tsv": ("TSV", "rows"),
    "ttl": ("TURTLE", "triples"),
    "nt": ("N_TRIPLES", "triples"),
    "jsonld": ("JSON_LD", "triples"),
}
_XSD = "http://www.w3.org/2001/XMLSchema#"


def sparql(graph: Graph, query: str) -> Rows:
    """The rows that ``query`` gives on ``graph``.

    SELECT gives its variables as columns, ASK one column ``answer``, CONSTRUCT and DESCRIBE the
    columns ``subject``, ``predicate`` and ``object``. Values are plain Python: IRIs and texts are
    strings, numbers numbers, dates `datetime.date`, and what is unbound ``None``.

    Raises `QueryError` with the place and a suggestion when the query is wrong, would write, or
    asks another server.

    >>> rows = sparql(graph, "SELECT ?name WHERE { ?m a kg:Method ; skos:prefLabel ?name }")  # doctest: +SKIP
    """
    import pyoxigraph as ox

    found = _ask(graph, query)
    try:
        if isinstance(found, ox.QueryBoolean):
            return Rows(("answer",), [(bool(found),)])
        if isinstance(found, ox.QueryTriples):
            return Rows(("subject", "predicate", "object"), [tuple(map(_value, triple)) for triple in found])
        columns = tuple(variable.value for variable in found.variables)
        return Rows(columns, [tuple(map(_value, solution)) for solution in found])
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(str(error), where="query") from error


def serialized(graph: Graph, query: str, form: str) -> str:
    """The answer in a standard form: json, xml, csv, tsv for rows; ttl, nt, jsonld for triples.

    Raises `QueryError` when the form does not fit the query.
    """
    import pyoxigraph as ox

    if form not in FORMS:
        raise QueryError(f"unknown form {form!r}", mend=f"known: {', '.join(FORMS)}")
    name, holds = FORMS[form]
    found = _ask(graph, query)
    if isinstance(found, ox.QueryTriples) != (holds == "triples"):
        fitting = [known for known, (_, kind) in FORMS.items() if kind != holds]
        raise QueryError(f"this query gives no {holds}, as {form} needs", mend=f"use {', '.join(fitting)}")
    if isinstance(found, ox.QueryTriples):
        if form == "ttl":
            return "".join(readable(_blocks(found), BASE))
        written = ox.serialize(sorted(found, key=str), format=getattr(ox.RdfFormat, name))
    else:
        written = found.serialize(format=getattr(ox.QueryResultsFormat, name))
    return bytes(written or b"").decode()


def parsed(query: str) -> str:
    """A query looked at without a graph, with the prefixes it leaves out declared before it.

    Raises `QueryError` as `sparql` does.

    >>> parsed("ASK { ?p kg:uses method:lora }")[:6]
    'PREFIX'
    """
    import pyoxigraph as ox

    check.refuse(query)
    try:
        ox.Store().query(query, prefixes=dict(prefixes()))
    except SyntaxError as error:
        raise check.explain(query, error) from error
    return check.declared(query) + query


def _ask(graph: Graph, query: str) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
    check.refuse(query)
    try:
        return store_of(graph).query(query, prefixes=dict(prefixes()))  # type: ignore[no-any-return]
    except SyntaxError as error:
        raise check.explain(query, error) from error
    except OSError as error:
        raise QueryError(str(error), where="query") from error


def _blocks(found: Iterable[pyoxigraph.Triple]) -> Iterator[Block]:
    """Triples grouped by subject, in order."""
    for subject, group in groupby(sorted(found, key=str), key=lambda triple: str(triple.subject)):
        yield Block("data", subject, [(str(triple.predicate), str(triple.object)) for triple in group])


def _value(term: Any) -> Any:
    """A term as a plain value."""
    import pyoxigraph as ox

    if term is None:
        return None
    if isinstance(term, ox.Literal):
        read = _READERS.get(term.datatype.value, str)
        try:
            return read(term.value)
        except ValueError:  # "2025-13-01"^^xsd:date is a legal literal, though no date
            return str(term.value)
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _boolean(text: str) -> bool:
    return text in ("true", "1")


_INTEGERS = ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt")
_READERS: Mapping[str, Callable[[str], Any]] = {
    **{_XSD + name: int for name in _INTEGERS},
    **{_XSD + name: float for name in ("double", "float", "decimal")},
    _XSD + "boolean": _boolean,
    _XSD + "date": date.fromisoformat,
    _XSD + "dateTime": datetime.fromisoformat,
}
