"""Gold records as training material: papers, and where in their text each annotated entity stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from kg.model import Paper
from training.annotated import read_joined

ANNOTATIONS = Path(__file__).parent / "annotations"


class Span(NamedTuple):
    """One place of an annotated entity: offsets in the document's text, and whether its bounds are certain."""

    start: int
    end: int
    entity: dict[str, Any]
    certain: bool


def gathered(folder: Path, files: list[str], hold: str | None, abstracts: Path | None) -> list[dict[str, Any]]:
    """The records to train on: of each file without every Nth from K on (``hold`` K/N), and ``annotations``."""
    found: list[dict[str, Any]] = []
    for name in files:
        here = records(folder / name)
        if hold:
            left, parts = (int(number) for number in hold.split("/"))
            here = [record for number, record in enumerate(here) if number % parts != left]
        found += here
    if abstracts:
        for one in read_joined(sorted(ANNOTATIONS.glob("*.jsonl")), abstracts):
            found.append({"id": one.id, "title": one.title, "abstract": one.abstract, "entities": one.entities})
    return found


def records(path: Path) -> list[dict[str, Any]]:
    """The records of a gold file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def paper(record: dict[str, Any]) -> Paper:
    """The paper of a gold record."""
    return Paper(record["id"], record["title"], record["abstract"])


def spans(record: dict[str, Any], text: str) -> list[Span]:
    """Where a record's entities stand: longest form first, none overlapping; the name inside a longer form wins."""
    found: list[Span] = []
    for entity in record["entities"]:
        name = entity["name"]
        for form in {name, *(entity.get("aliases") or [])}:
            inner = name if name in form else form
            for start in occurrences(form, text):
                end = start + len(form)
                offset = form.find(inner)
                found.append(Span(start + offset, start + offset + len(inner), entity, True))
                if inner != form:
                    found.append(Span(start, end, entity, False))
    found.sort(key=lambda s: (not s.certain, s.entity["type"] in ("Task", "Metric"), s.start - s.end, s.start))
    taken: list[Span] = []
    for span in found:
        if not any(span.start < t.end and t.start < span.end for t in taken if t.certain or not span.certain):
            taken.append(span)
    return taken


def occurrences(form: str, text: str) -> Iterator[int]:
    """Where a form stands as whole words, by case first; by any case when it does not stand so."""
    pattern = rf"(?<!\w){re.escape(form)}(?!\w)"
    places = [m.start() for m in re.finditer(pattern, text)]
    yield from places or [m.start() for m in re.finditer(pattern, text, re.IGNORECASE)]
