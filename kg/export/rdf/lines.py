"""The line-based forms: N-Triples and N-Quads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.export.rdf.blocks import Block
from kg.files import replacing

_CHUNK = 1 << 18  # characters gathered before a write


def triples(blocks: Iterable[Block]) -> Iterator[str]:
    """The lines of each block as N-Triples."""
    for _, subject, pairs in blocks:
        yield "".join([f"{subject} {predicate} {value} .\n" for predicate, value in pairs])


def quads(blocks: Iterable[Block], base: str) -> Iterator[str]:
    """The lines of each block as N-Quads; the description stands in the default graph."""
    names = {"data": f"<{base}graph/data> .\n", "evidence": f"<{base}graph/evidence> .\n", "description": ".\n"}
    for part, subject, pairs in blocks:
        end = names[part]
        yield "".join([f"{subject} {predicate} {value} {end}" for predicate, value in pairs])


def write(pieces: Iterable[str], target: Path) -> None:
    """Write pieces of text to a file that takes its place when whole."""
    with replacing(target) as file:
        waiting: list[str] = []
        size = 0
        for piece in pieces:
            waiting.append(piece)
            size += len(piece)
            if size >= _CHUNK:
                file.write("".join(waiting))
                waiting, size = [], 0
        file.write("".join(waiting))
