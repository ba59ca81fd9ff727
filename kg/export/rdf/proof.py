"""Blocks of proof: links as things of their own, the evidence they stand on, and the merges of names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kg.export.rdf import terms
from kg.export.rdf.nodes import rows
from kg.export.rdf.vocabulary import Pairs, Vocabulary
from kg.tables import Tables

Blocks = Iterator[tuple[str, Pairs]]
_CONTEXT = 32  # characters quoted before and after, as the Web Annotation model suggests


class Proof:
    """The blocks of links, evidence and merges of one graph."""

    def __init__(self, tables: Tables, vocabulary: Vocabulary, base: str, *, triple_terms: bool) -> None:
        self._tables = tables
        self._vocabulary = vocabulary
        self._base = base
        self._triple_terms = triple_terms
        self._annotation = _Annotation(vocabulary, base)
        self._derived = vocabulary.term("prov:wasDerivedFrom")
        self._reifies = vocabulary.term("rdf:reifies")
        self._parts = tuple(vocabulary.term(name) for name in ("rdf:subject", "rdf:predicate", "rdf:object"))

    def blocks(self) -> Blocks:
        """All blocks: texts, links, relations and results each followed by its evidence, extractors, merges."""
        yield from self._texts()
        yield from self._links(self._tables.links, "link", "kg:PaperLink")
        yield from self._links(self._tables.relations, "relation", "kg:Relation")
        proof = _Walk(self._tables.evidence, "result")
        for (owner,) in _tuples(self._tables.results, ["id"]):
            yield from self._annotation.blocks(f"{self._base}{terms.path(owner)}", proof.of(owner))
        yield from self._extractors()
        yield from self._merges()

    def _texts(self) -> Blocks:
        """The two stored texts of each paper, into which selectors point."""
        types = self._vocabulary.types("kg:Text")
        part, field = self._vocabulary.term("schema:isPartOf"), self._vocabulary.term("kg:field")
        for (identifier,) in _tuples(self._tables.papers, ["id"]):
            paper = f"{self._base}{terms.path(identifier)}"
            for name in ("title", "abstract"):
                yield f"<{paper}#{name}>", [*types, (part, f"<{paper}>"), (field, terms.text(name))]

    def _links(self, table: pa.Table, kind: str, link_class: str) -> Blocks:
        proof = _Walk(self._tables.evidence, kind)
        classes = (link_class,) if self._triple_terms else (link_class, "rdf:Statement")
        types = self._vocabulary.types(*classes)
        columns = {
            name: self._vocabulary.columns(link.properties, table)
            for name, link in self._vocabulary.schema.link_types.items()
        }
        for row in rows(table):
            stem = f"{self._base}link/{terms.path(row['key'])}"
            pairs = [*types, *self._statement(row), *self._vocabulary.pairs(columns[row["type"]], row)]
            if row.get("paper") is not None:
                pairs.append((self._derived, self._node(row["paper"])))
            yield f"<{stem}>", pairs
            yield from self._annotation.blocks(stem, proof.of(row["key"]))

    def _statement(self, row: dict[str, Any]) -> Pairs:
        """The triple the link stands for: named by its parts, or (RDF 1.2) as a triple term."""
        spoken = (
            self._node(row["source"]),
            self._vocabulary.link_predicates[row["type"]][0],
            self._node(row["target"]),
        )
        if self._triple_terms:
            return [(self._reifies, f"<<( {' '.join(spoken)} )>>")]
        return list(zip(self._parts, spoken, strict=True))

    def _extractors(self) -> Blocks:
        types = self._vocabulary.types("prov:Activity")
        label = self._vocabulary.term("rdfs:label")
        for name in sorted(pc.unique(self._tables.evidence["extractor"]).to_pylist()):
            yield f"<{self._base}extractor/{terms.path(name)}>", [*types, (label, terms.text(name))]

    def _merges(self) -> Blocks:
        types = self._vocabulary.types("kg:Merge")
        into, form, rule = (self._vocabulary.term(f"kg:{name}") for name in ("mergedInto", "form", "rule"))
        seen: tuple[Any, ...] | None = None
        repeat = 0
        for row in _tuples(self._tables.merges, ["entity", "form", "rule", "paper"]):
            repeat = repeat + 1 if row == seen else 0
            seen = row
            mark = hashlib.sha256("\0".join(part or "" for part in row).encode()).hexdigest()[:16]
            subject = f"<{self._base}merge/{terms.path(row[0])};{mark}{f'-{repeat}' if repeat else ''}>"
            pairs = [*types, (into, self._node(row[0])), (form, terms.text(row[1])), (rule, terms.text(row[2]))]
            if row[3] is not None:
                pairs.append((self._derived, self._node(row[3])))
            yield subject, pairs

    def _node(self, identifier: str) -> str:
        return f"<{self._base}{terms.path(identifier)}>"


class _Annotation:
    """One piece of evidence as a Web Annotation: the body is what is said, the target the place that says so."""

    def __init__(self, vocabulary: Vocabulary, base: str) -> None:
        self._base = base
        self._types = vocabulary.types("kg:Evidence", "oa:Annotation")
        self._target_type = vocabulary.types("oa:SpecificResource")
        self._position_type = vocabulary.types("oa:TextPositionSelector")
        self._quote_type = vocabulary.types("oa:TextQuoteSelector")
        term = vocabulary.term
        self._body, self._target, self._source = term("oa:hasBody"), term("oa:hasTarget"), term("oa:hasSource")
        self._selector, self._start, self._end = term("oa:hasSelector"), term("oa:start"), term("oa:end")
        self._exact, self._prefix, self._suffix = term("oa:exact"), term("oa:prefix"), term("oa:suffix")
        self._position, self._sentence = term("kg:position"), term("kg:sentence")
        self._sentence_start, self._confidence = term("kg:sentenceStart"), term("itsrdf:taConfidence")
        self._derived, self._generated = term("prov:wasDerivedFrom"), term("prov:wasGeneratedBy")

    def blocks(self, stem: str, evidence: Iterator[tuple[Any, ...]]) -> Blocks:
        """The blocks of all evidence of one owner."""
        for position, paper, field, start, end, words, sentence, sentence_start, extractor, confidence in evidence:
            source = f"{self._base}{terms.path(paper)}"
            name = f"{stem}#e{position}"
            yield (
                f"<{name}>",
                [
                    *self._types,
                    (self._body, f"<{stem}>"),
                    (self._target, f"<{name}-target>"),
                    (self._position, terms.integer(position)),
                    (self._sentence, terms.text(sentence)),
                    (self._sentence_start, terms.integer(sentence_start)),
                    (self._confidence, terms.double(confidence)),
                    (self._derived, f"<{source}>"),
                    (self._generated, f"<{self._base}extractor/{terms.path(extractor)}>"),
                ],
            )
            selectors = [(self._selector, f"<{name}-position>"), (self._selector, f"<{name}-quote>")]
            yield f"<{name}-target>", [*self._target_type, (self._source, f"<{source}#{field}>"), *selectors]
            bounds = [(self._start, terms.integer(start)), (self._end, terms.integer(end))]
            yield f"<{name}-position>", [*self._position_type, *bounds]
            yield f"<{name}-quote>", [*self._quote_type, *self._quote(words, sentence, start - sentence_start)]

    def _quote(self, words: str, sentence: str, offset: int) -> Pairs:
        """The words, with what stands before and after in the sentence."""
        pairs = [(self._exact, terms.text(words))]
        end = offset + len(words)
        if offset < 0 or sentence[offset:end] != words:
            return pairs
        if offset:
            pairs.append((self._prefix, terms.text(sentence[max(0, offset - _CONTEXT) : offset])))
        if end < len(sentence):
            pairs.append((self._suffix, terms.text(sentence[end : end + _CONTEXT])))
        return pairs


class _Walk:
    """Evidence of one kind by owner, joined by walking along with owners in ascending order."""

    _COLUMNS = ("owner", "position", "paper", "field", "start", "end", "text", "sentence", "sentence_start",
                "extractor", "confidence")  # fmt: skip

    def __init__(self, table: pa.Table, kind: str) -> None:
        self._rows = _tuples(table.filter(pc.equal(table["kind"], kind)), list(self._COLUMNS))
        self._next = next(self._rows, None)

    def of(self, owner: str) -> Iterator[tuple[Any, ...]]:
        """The evidence of one owner, best first."""
        while self._next is not None and self._next[0] <= owner:
            row = self._next
            self._next = next(self._rows, None)
            if row[0] == owner:
                yield row[1:]


def _tuples(table: pa.Table, names: list[str]) -> Iterator[tuple[Any, ...]]:
    """Rows of some columns, a batch at a time."""
    for batch in table.select(names).to_batches(max_chunksize=8192):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
