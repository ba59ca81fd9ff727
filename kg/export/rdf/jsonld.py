"""JSON-LD: a context derived from the schema, and one node object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from kg.export.rdf.blocks import Block
from kg.export.rdf.names import Names
from kg.export.rdf.terms import XSD
from kg.export.rdf.vocabulary import A
from kg.schema import load
from kg.schema.context import context, terms

_NATIVE = {f"{XSD}integer", f"{XSD}boolean"}
_EXACT = 2**53  # larger integers are not exact in every JSON reader


def jsonld(blocks: Iterable[Block], base: str) -> Iterator[str]:
    """Blocks as one JSON-LD document."""
    writer = _Writer(base)
    head = json.dumps(context(writer.names.base), ensure_ascii=False, indent=1)
    yield f'{{"@context": {head},\n"@graph": ['
    separator = "\n"
    for _, subject, pairs in blocks:
        yield separator + writer.block(subject, pairs)
        separator = ",\n"
    yield "\n]}\n"


class _Writer:
    def __init__(self, base: str) -> None:
        self._terms = {f"<{iri}>": term for iri, term in terms().items()}
        self.names = Names(load().prefixes, base)

    def block(self, subject: str, pairs: list[tuple[str, str]]) -> str:
        """One node object; a single value stands without brackets."""
        groups: dict[str, list[str]] = {}
        for predicate, value in pairs:
            if predicate == A:
                groups.setdefault("@type", []).append(f'"{self._compact(value)}"')
                continue
            term = self._terms.get(predicate)
            key = term.key if term is not None else self._compact(predicate)
            groups.setdefault(key, []).append(self._value(value, term.kind if term is not None else None))
        fields = [f'"@id": "{self.names.relative(subject)}"']
        for key, values in groups.items():
            fields.append(f'"{key}": {values[0]}' if len(values) == 1 else f'"{key}": [{", ".join(values)}]')
        return "{" + ", ".join(fields) + "}"

    def _value(self, value: str, kind: str | None) -> str:
        """A value, plain where its key's kind says the rest. What N-Triples escapes, JSON escapes the same way."""
        if value[0] == "<":
            reference = f'"{self.names.relative(value)}"'
            return reference if kind == "@id" else f'{{"@id": {reference}}}'
        if value[-1] == '"':
            return value if kind is None else f'{{"@value": {value}}}'
        cut = value.rindex('"^^<')
        datatype = value[cut + 4 : -1]
        if datatype != kind:
            return f'{{"@value": {value[: cut + 1]}, "@type": "{datatype}"}}'
        if datatype in _NATIVE and (datatype.endswith("boolean") or abs(int(value[1:cut])) < _EXACT):
            return value[1:cut]
        return value[: cut + 1]

    def _compact(self, term: str) -> str:
        """A class or predicate as a compact IRI."""
        short = self.names.short(term)
        return short if short[0] != "<" else term[1:-1]
