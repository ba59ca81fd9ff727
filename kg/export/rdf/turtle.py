"""Turtle and TriG: blocks with prefixes, grouped by predicate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.export.rdf.blocks import Block
from kg.export.rdf.names import Names, node_prefixes
from kg.export.rdf.terms import XSD
from kg.export.rdf.vocabulary import A
from kg.schema import load

_PLAIN = {f'"^^<{XSD}integer>', f'"^^<{XSD}boolean>'}  # literals that Turtle reads without quotes


def turtle(blocks: Iterable[Block], base: str) -> Iterator[str]:
    """Blocks as Turtle."""
    writer = _Writer(base)
    yield writer.head()
    for _, subject, pairs in blocks:
        yield writer.block(subject, pairs, "")


def readable(blocks: Iterable[Block], base: str) -> Iterator[str]:
    """A few blocks as Turtle, with no more prefixes than they use."""
    writer = _Writer(base)
    body = [writer.block(subject, pairs, "") for _, subject, pairs in blocks]
    used = writer.names.used()
    yield "".join(f"@prefix {name}: <{space}> .\n" for name, space in sorted(writer.prefixes.items()) if name in used)
    yield from body


def trig(blocks: Iterable[Block], base: str) -> Iterator[str]:
    """Blocks as TriG: a named graph for data and one for evidence, the description in the default graph."""
    writer = _Writer(base)
    yield writer.head()
    now = "description"
    for part, subject, pairs in blocks:
        if part != now:
            closed = "}\n" if now != "description" else ""
            opened = f"\nGRAPH {writer.names.short(f'<{base}graph/{part}>')} {{\n" if part != "description" else ""
            yield closed + opened
            now = part
        yield writer.block(subject, pairs, "" if part == "description" else "    ")
    if now != "description":
        yield "}\n"


class _Writer:
    def __init__(self, base: str) -> None:
        schema = load()
        self.prefixes = {**schema.prefixes, **node_prefixes(schema, base)}
        self.names = Names(self.prefixes, base)

    def head(self) -> str:
        """The declarations of base and prefixes."""
        base = [f"@base <{self.names.base}> .\n"] if self.names.base else []
        return "".join([*base, *(f"@prefix {name}: <{space}> .\n" for name, space in sorted(self.prefixes.items()))])

    def block(self, subject: str, pairs: list[tuple[str, str]], indent: str) -> str:
        """One subject: each predicate once, in the order given, its objects below one another."""
        groups: dict[str, list[str]] = {}
        for predicate, value in pairs:
            if predicate in groups:
                groups[predicate].append(self.term(value))
            else:
                groups[predicate] = [self.term(value)]
        between_objects, between_predicates = f",\n{indent}        ", f" ;\n{indent}    "
        lines = [
            f"a {', '.join(values)}"
            if predicate == A
            else f"{self.names.short(predicate)} {between_objects.join(values)}"
            for predicate, values in groups.items()
        ]
        return f"\n{indent}{self.names.short(subject)} {between_predicates.join(lines)} .\n"

    def term(self, value: str) -> str:
        """An object in its short form."""
        if value[0] == "_":
            return value
        if value[0] == "<":
            if value[1] == "<":
                return f"<<( {' '.join(self.names.short(part) for part in value[4:-4].split(' '))} )>>"
            return self.names.short(value)
        if value[-1] == '"':
            return value
        cut = value.rindex('"^^<')
        if value[cut:] in _PLAIN:
            return value[1:cut]
        return f"{value[: cut + 3]}{self.names.short(value[cut + 3 :])}"
