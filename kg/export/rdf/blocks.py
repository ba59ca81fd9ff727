"""The stream every RDF form is written from: of blocks, or of sheets where there are many alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import ExportError
from kg.export.rdf.describe import description
from kg.export.rdf.nodes import Nodes
from kg.export.rdf.proof import Proof
from kg.export.rdf.sheets import Part, Sheets
from kg.export.rdf.terms import BASE
from kg.export.rdf.vocabulary import Pairs, Vocabulary

if TYPE_CHECKING:
    from kg.graph import Graph


class Block(NamedTuple):
    """One subject with its predicates and objects; ``part`` says which named graph it belongs to."""

    part: Part
    subject: str
    pairs: Pairs

    @property
    def triples(self) -> int:
        """How many triples it holds."""
        return len(self.pairs)


@dataclass(frozen=True, slots=True)
class RdfOptions:
    """What to write: ``rdf`` "1.1" or "1.2" (triple terms), with evidence or without, under which ``base``.

    >>> RdfOptions(rdf="2")
    Traceback (most recent call last):
    ...
    kg.errors.ExportError: unknown version of RDF: '2' (known: 1.1, 1.2)
    """

    rdf: str = "1.1"
    evidence: bool = True
    base: str = BASE

    def __post_init__(self) -> None:
        if self.rdf not in ("1.1", "1.2"):
            raise ExportError(f"unknown version of RDF: {self.rdf!r}", mend="known: 1.1, 1.2")
        if not re.fullmatch(r'[a-zA-Z][a-zA-Z0-9+.-]*:[^\x00-\x20<>"{}|^`\\\x7f#?]*/', self.base):
            raise ExportError(f"not a base IRI: {self.base!r}", mend="an absolute IRI that ends in /, such as " + BASE)


def blocks(graph: Graph, options: RdfOptions) -> Iterator[Block]:
    """All of a graph, subject by subject, in the order of `portions`."""
    for portion in portions(graph, options):
        if isinstance(portion, Block):
            yield portion
        else:
            yield from (Block(portion.part, subject, pairs) for subject, pairs in portion.rows())


def portions(graph: Graph, options: RdfOptions) -> Iterator[Block | Sheets]:
    """All of a graph: papers, entities, results, proof, and at the end the description with its counts."""
    vocabulary = Vocabulary()
    triples: Counter[str] = Counter()
    for portion in _content(graph, vocabulary, options):
        triples[portion.part] += portion.triples
        yield portion
    for subject, pairs in description(graph, vocabulary, options.base, triples):
        yield Block("description", subject, pairs)


def _content(graph: Graph, vocabulary: Vocabulary, options: RdfOptions) -> Iterator[Block | Sheets]:
    for subject, pairs in _chain(Nodes(graph.tables, vocabulary, options.base)):
        yield Block("data", subject, pairs)
    if options.evidence:
        proof = Proof(graph.tables, vocabulary, options.base, triple_terms=options.rdf == "1.2")
        yield from proof.sheets()
        for subject, pairs in proof.blocks():
            yield Block("evidence", subject, pairs)


def _chain(nodes: Nodes) -> Iterator[tuple[str, Pairs]]:
    yield from nodes.papers()
    yield from nodes.entities()
    yield from nodes.results()
