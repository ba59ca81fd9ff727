"""Rows of the evidence table: the places in a paper's text on which a link, relation or result stands."""

from __future__ import annotations

from collections.abc import Iterable

from kg.build.columns import Columns
from kg.model import Evidence


def add_proof(columns: Columns, kind: str, owner: str, paper: str, pieces: Iterable[Evidence]) -> None:
    """Append each distinct place once, in order; the first is the best."""
    seen: set[tuple[str, int, int]] = set()
    for piece in pieces:
        place = (piece.field, piece.start, piece.end)
        if place in seen:
            continue
        columns.add(
            kind=kind,
            owner=owner,
            position=len(seen),
            paper=paper,
            field=piece.field,
            start=piece.start,
            end=piece.end,
            text=piece.text,
            sentence=piece.sentence,
            sentence_start=piece.sentence_start,
            extractor=piece.extractor,
            confidence=piece.confidence,
        )
        seen.add(place)
