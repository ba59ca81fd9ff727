"""Tables from any RDF form that `kg export` writes; the way back is without loss.

Plain links that no node describes (another's Turtle, or an export without evidence) become links
of confidence 1.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

import pyarrow as pa

from kg.errors import FormatError, RecordError
from kg.rdf_files import statements
from kg.schema import Property, load
from kg.schema.load import KG
from kg.tables import SCHEMAS, Tables
from kg.view import RESULT_LINKS

if TYPE_CHECKING:
    import pyoxigraph

_READERS: Mapping[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "float": float,
    "boolean": lambda text: text in ("true", "1"),
    "date": date.fromisoformat,
}


def from_rdf(path: Path) -> Tables:
    """Read the tables of a graph from an RDF file: .nt, .ttl, .nq, .trig, .jsonld or .rdf.

    Raises `FormatError` when it is no RDF or holds no paper and no thing of ours, `RecordError`
    when a node lacks what a table must have.
    """
    return _Reading(_Statements(path)).tables()


class _Statements:
    """All that is said, by subject and the short name of the predicate."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._spaces = load().prefixes
        self._short: dict[str, str] = {}
        self.said: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for quad in statements(path):
            self.said[cast("pyoxigraph.NamedNode", quad.subject).value][quad.predicate.value].append(quad.object)

    def of(self, subject: str, name: str) -> list[Any]:
        """The values of a prefixed name such as ``oa:hasBody``."""
        iri = self._short.get(name)
        if iri is None:
            prefix, _, local = name.partition(":")
            iri = self._short[name] = self._spaces[prefix] + local
        return self.said.get(subject, {}).get(iri, [])

    def one(self, subject: str, name: str) -> Any:
        """The one value that a node must have."""
        values = self.of(subject, name)
        if not values:
            raise RecordError(f"<{subject}> has no {name}", where=str(self.path))
        return values[0]

    def types(self, subject: str) -> set[str]:
        """The classes of our own that a node has, by local name."""
        return {kind.value.removeprefix(KG) for kind in self.of(subject, "rdf:type") if kind.value.startswith(KG)}


class _Reading:
    """One pass over the statements for each table."""

    def __init__(self, statements: _Statements) -> None:
        self._rdf = statements
        self._schema = load()
        self._ids: dict[str, str] = {}
        self._by_type: dict[str, list[str]] = defaultdict(list)
        self._kinds = {kind.iri.removeprefix(KG): name for name, kind in self._schema.node_types.items()}
        self._links = {kind.iri: name for name, kind in self._schema.link_types.items()}
        for subject in statements.said:
            for kind in statements.types(subject):
                self._by_type[kind].append(subject)
            for identifier in statements.of(subject, "kg:id"):
                self._ids[subject] = identifier.value
        self._bases = [base.value for node in statements.said for base in statements.of(node, "void:uriSpace")]

    def tables(self) -> Tables:
        """The seven tables."""
        if not self._ids:
            mend = "a node of ours has a kg:id and a type of the ontology"
            raise FormatError("no paper and no thing of ours in it", where=str(self._rdf.path), mend=mend)
        rows = {
            "papers": list(self._papers()),
            "entities": list(self._entities()),
            "links": list(self._statements("PaperLink", "links")),
            "relations": list(self._statements("Relation", "relations")),
            "results": list(self._results()),
            "evidence": list(self._evidence()),
            "merges": list(self._merges()),
        }
        self._add_plain(rows)
        return Tables.from_rows(**rows)

    def _papers(self) -> Iterator[dict[str, Any]]:
        for subject in self._by_type["Paper"]:
            yield self._row(subject, "papers", self._schema.node_types["Paper"].properties)

    def _entities(self) -> Iterator[dict[str, Any]]:
        for local, name in self._kinds.items():
            if name in ("Paper", "Result"):
                continue
            for subject in self._by_type[local]:
                row = self._row(subject, "entities", self._schema.node_types[name].properties)
                yield {**row, "type": name}

    def _results(self) -> Iterator[dict[str, Any]]:
        reported = {
            result.value: self._id(paper)
            for paper in self._by_type["Paper"]
            for result in self._rdf.of(paper, "kg:reports")
        }
        for subject in self._by_type["Result"]:
            row = self._row(subject, "results", self._schema.node_types["Result"].properties)
            for column, kind in RESULT_LINKS.items():
                local = self._schema.link_types[kind].iri.removeprefix(KG)
                for target in self._rdf.of(subject, f"kg:{local}"):
                    row[column] = self._id(target.value)
            if subject not in reported:
                raise RecordError(f"no paper reports <{subject}>", where=str(self._rdf.path))
            yield {**row, "paper": reported[subject]}

    def _statements(self, link_class: str, table: str) -> Iterator[dict[str, Any]]:
        for subject in self._by_type[link_class]:
            source, predicate, target = self._triple(subject)
            kind = self._links.get(predicate)
            if kind is None:
                raise RecordError(f"<{subject}> is of no link type: <{predicate}>", where=str(self._rdf.path))
            row = self._row(subject, table, self._schema.link_types[kind].properties)
            row |= {"source": self._id(source), "type": kind, "target": self._id(target)}
            if table == "relations":
                row |= self._paper(subject)
            yield row

    def _triple(self, subject: str) -> tuple[str, str, str]:
        """The triple a link stands for, in RDF 1.2 or 1.1."""
        for term in self._rdf.of(subject, "rdf:reifies"):
            return term.subject.value, term.predicate.value, term.object.value
        parts = ("rdf:subject", "rdf:predicate", "rdf:object")
        source, predicate, target = (self._rdf.one(subject, part).value for part in parts)
        return source, predicate, target

    def _evidence(self) -> Iterator[dict[str, Any]]:
        for subject in self._by_type["Evidence"]:
            body = self._rdf.one(subject, "oa:hasBody").value
            kinds = self._rdf.types(body)
            kind = "result" if "Result" in kinds else "relation" if "Relation" in kinds else "link"
            owner = self._id(body) if kind == "result" else self._rdf.one(body, "kg:key").value
            target = self._rdf.one(subject, "oa:hasTarget").value
            text = self._rdf.one(target, "oa:hasSource").value
            row = {
                "kind": kind,
                "owner": owner,
                "position": int(self._rdf.one(subject, "kg:position").value),
                "field": self._rdf.one(text, "kg:field").value,
                "sentence": self._rdf.one(subject, "kg:sentence").value,
                "sentence_start": int(self._rdf.one(subject, "kg:sentenceStart").value),
                "confidence": float(self._rdf.one(subject, "itsrdf:taConfidence").value),
                "extractor": self._rdf.one(self._rdf.one(subject, "prov:wasGeneratedBy").value, "rdfs:label").value,
            }
            yield {**row, **self._paper(subject), **self._span(target)}

    def _span(self, target: str) -> dict[str, Any]:
        """The offsets and the words, from whichever selectors hold them."""
        found: dict[str, Any] = {}
        for selector in self._rdf.of(target, "oa:hasSelector"):
            for name, column, read in (("oa:start", "start", int), ("oa:end", "end", int), ("oa:exact", "text", str)):
                for value in self._rdf.of(selector.value, name):
                    found[column] = read(value.value)
        return found

    def _merges(self) -> Iterator[dict[str, Any]]:
        for subject in self._by_type["Merge"]:
            said = {name: self._rdf.one(subject, f"kg:{name}").value for name in ("form", "rule")}
            entity = self._id(self._rdf.one(subject, "kg:mergedInto").value)
            yield {"entity": entity, **said, **self._paper(subject)}

    def _add_plain(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        """Links that stand only as triples."""
        described = {(row["source"], row["type"], row["target"]) for row in (*rows["links"], *rows["relations"])}
        papers = set(self._by_type["Paper"])
        for subject in self._ids:
            for predicate, targets in self._rdf.said[subject].items():
                kind = self._links.get(predicate)
                if kind is None or kind == "REPORTS" or kind in RESULT_LINKS.values():
                    continue
                for target in targets:
                    triple = self._id(subject), kind, self._id(target.value)
                    if triple not in described:
                        row = dict(zip(("source", "type", "target"), triple, strict=True)) | {"key": "|".join(triple)}
                        table = "links" if subject in papers else "relations"
                        rows[table].append({**_defaults(table), **row})

    def _row(self, subject: str, table: str, properties: Mapping[str, Property]) -> dict[str, Any]:
        """The columns of a table that are properties of a node, read back."""
        row = _defaults(table)
        for name in SCHEMAS[table].names:
            item = properties.get(name)
            if item is None or name == "paper":
                continue
            values = [
                _read(value, item, subject, self._rdf.path) for value in self._rdf.said[subject].get(item.iri, ())
            ]
            if item.many:
                row[name] = sorted(set(values))
            elif values:
                row[name] = values[0]
        for order in self._rdf.of(subject, "kg:listOrder"):
            row |= json.loads(order.value)
        if table == "papers" and not self._rdf.of(subject, "dcterms:title"):
            row["title"] = row["name"]
        return row

    def _paper(self, subject: str) -> dict[str, str]:
        said_by = self._rdf.of(subject, "prov:wasDerivedFrom")
        return {"paper": self._id(said_by[0].value)} if said_by else {}

    def _id(self, iri: str) -> str:
        """The identifier of a node, known or read from its IRI."""
        known = self._ids.get(iri)
        if known is not None:
            return known
        for base in self._bases:
            if iri.startswith(base):
                return unquote(iri[len(base) :])
        raise RecordError(f"no node of the graph: <{iri}>", where=str(self._rdf.path), mend="give it a kg:id")


def _defaults(table: str) -> dict[str, Any]:
    """What a column that must hold something holds where nothing is said."""
    found: dict[str, Any] = {}
    for field in SCHEMAS[table]:
        if not field.nullable:
            if pa.types.is_list(field.type):
                found[field.name] = []
            elif field.name == "confidence":
                found[field.name] = 1.0
            else:
                found[field.name] = {"string": "", "int64": 0, "bool": False}.get(str(field.type), 0.0)
    return found


def _read(value: Any, item: Property, subject: str, path: Path) -> Any:
    try:
        return _READERS[item.datatype](value.value)
    except ValueError as error:
        raise RecordError(
            f"<{subject}> has a {item.name} that is no {item.datatype}: {value}", where=str(path)
        ) from error
