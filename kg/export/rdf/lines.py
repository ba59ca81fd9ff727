"""The line-based forms: N-Triples and N-Quads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import get_args

from kg.export.rdf.blocks import Block
from kg.export.rdf.sheets import Part, Sheets
from kg.files import replacing

_CHUNK = 1 << 18  # bytes gathered before a write


def triples(portions: Iterable[Block | Sheets]) -> Iterator[bytes]:
    """The lines of each portion as N-Triples."""
    return _lines(portions, dict.fromkeys(get_args(Part), " .\n"))


def quads(portions: Iterable[Block | Sheets], base: str) -> Iterator[bytes]:
    """The lines of each portion as N-Quads; the description stands in the default graph."""
    named = {part: f" <{base}graph/{part}> .\n" for part in ("data", "evidence")}
    return _lines(portions, {**named, "description": " .\n"})


def _lines(portions: Iterable[Block | Sheets], ends: Mapping[str, str]) -> Iterator[bytes]:
    for portion in portions:
        end = ends[portion.part]
        if isinstance(portion, Sheets):
            yield from portion.lines(end)
        else:
            _, subject, pairs = portion
            yield "".join([f"{subject} {predicate} {value}{end}" for predicate, value in pairs]).encode()


def write(pieces: Iterable[str] | Iterable[bytes], target: Path) -> None:
    """Write pieces of text to a file that takes its place when whole."""
    with replacing(target, binary=True) as file:
        file.writelines(gathered(pieces))


def gathered(pieces: Iterable[str] | Iterable[bytes]) -> Iterator[bytes]:
    """The same text in fewer, larger pieces, as UTF-8."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece if isinstance(piece, bytes) else piece.encode())
        size += len(waiting[-1])
        if size >= _CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)
