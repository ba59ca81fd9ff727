"""Evidence as Web Annotations: the body is what is said, the target the place that says so."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from kg.export.rdf import terms
from kg.export.rdf.sheets import Sheet, joined, written
from kg.export.rdf.vocabulary import Vocabulary

_CONTEXT = 32  # characters quoted before and after, as the Web Annotation model suggests


class Annotation:
    """Writes pieces of evidence, each as an annotation, its target and two selectors."""

    def __init__(self, vocabulary: Vocabulary, base: str) -> None:
        self._vocabulary = vocabulary
        self._base = base

    def sheets(self, stems: pa.Array, evidence: pa.Table) -> tuple[Sheet, ...]:
        """The sheets of rows of evidence; ``stems`` are the IRIs, without brackets, of what each speaks for."""
        if not len(evidence):
            return ()
        columns = {name: evidence[name].combine_chunks() for name in evidence.column_names}
        names = joined(stems, "#e", written(columns["position"], str))
        sources = written(columns["paper"], lambda paper: f"{self._base}{terms.path(paper)}")
        return (
            self._said(names, stems, sources, columns),
            self._target(names, sources, columns["field"]),
            self._position(names, columns),
            self._quote(names, columns),
        )

    def _said(self, names: pa.Array, stems: pa.Array, sources: pa.Array, columns: dict[str, pa.Array]) -> Sheet:
        term = self._vocabulary.term
        extractors = written(columns["extractor"], lambda name: f"<{self._base}extractor/{terms.path(name)}>")
        pairs = [
            *self._vocabulary.types("kg:Evidence", "oa:Annotation"),
            (term("oa:hasBody"), joined("<", stems, ">")),
            (term("oa:hasTarget"), joined("<", names, "-target>")),
            (term("kg:position"), written(columns["position"], terms.integer)),
            (term("kg:sentence"), written(columns["sentence"], terms.text)),
            (term("kg:sentenceStart"), written(columns["sentence_start"], terms.integer)),
            (term("itsrdf:taConfidence"), written(columns["confidence"], terms.double)),
            (term("prov:wasDerivedFrom"), joined("<", sources, ">")),
            (term("prov:wasGeneratedBy"), extractors),
        ]
        return Sheet(joined("<", names, ">"), pairs)

    def _target(self, names: pa.Array, sources: pa.Array, fields: pa.Array) -> Sheet:
        term = self._vocabulary.term
        pairs = [
            *self._vocabulary.types("oa:SpecificResource"),
            (term("oa:hasSource"), joined("<", sources, "#", fields, ">")),
            (term("oa:hasSelector"), joined("<", names, "-position>")),
            (term("oa:hasSelector"), joined("<", names, "-quote>")),
        ]
        return Sheet(joined("<", names, "-target>"), pairs)

    def _position(self, names: pa.Array, columns: dict[str, pa.Array]) -> Sheet:
        bounds = [(self._vocabulary.term(f"oa:{name}"), written(columns[name], terms.integer)) for name in _BOUNDS]
        pairs = [*self._vocabulary.types("oa:TextPositionSelector"), *bounds]
        return Sheet(joined("<", names, "-position>"), pairs)

    def _quote(self, names: pa.Array, columns: dict[str, pa.Array]) -> Sheet:
        """The words, with what stands before and after in the sentence."""
        around = list(_around(columns))
        pairs = [
            *self._vocabulary.types("oa:TextQuoteSelector"),
            (self._vocabulary.term("oa:exact"), written(columns["text"], terms.text)),
            (self._vocabulary.term("oa:prefix"), pa.array([before for before, _ in around], pa.string())),
            (self._vocabulary.term("oa:suffix"), pa.array([after for _, after in around], pa.string())),
        ]
        return Sheet(joined("<", names, "-quote>"), pairs)


_BOUNDS = ("start", "end")


def _around(columns: dict[str, pa.Array]) -> Iterator[tuple[str | None, str | None]]:
    """What stands before and after each quotation, as terms; nothing where it is not where it is said to be."""
    columns_read = (columns[name].to_pylist() for name in ("text", "sentence", "start", "sentence_start"))
    for words, sentence, start, sentence_start in zip(*columns_read, strict=True):
        offset = start - sentence_start
        end = offset + len(words)
        if offset < 0 or sentence[offset:end] != words:
            yield None, None
            continue
        before = sentence[max(0, offset - _CONTEXT) : offset]
        after = sentence[end : end + _CONTEXT]
        yield terms.text(before) if before else None, terms.text(after) if after else None
