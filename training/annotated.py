"""Annotated papers as read from a folder, and where each entity's names stand in the text."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.extract.mention import SEPARATOR

ANNOTATIONS = Path(__file__).parent / "annotations"


@dataclass(slots=True)
class Annotated:
    """One paper's text with its entities; ``spans[i]`` are the mentions of ``entities[i]``, none overlapping.

    ``results`` is None where nobody looked for any.
    """

    id: str
    title: str
    abstract: str
    entities: list[dict[str, Any]]
    spans: list[list[tuple[int, int]]] = field(default_factory=list)
    results: list[dict[str, Any]] | None = field(default_factory=list)

    @property
    def text(self) -> str:
        return f"{self.title}{SEPARATOR}{self.abstract}"

    @property
    def body(self) -> int:
        return len(self.title) + len(SEPARATOR)


def read(path: Path) -> list[Annotated]:
    """The annotated papers of a JSONL file whose records carry title and abstract."""
    return [annotated(record, record["title"], record["abstract"]) for record in _lines(path)]


def read_joined(paths: Iterable[Path], abstracts: Path) -> list[Annotated]:
    """Annotations without text, joined by id with the papers of ``abstracts`` (JSONL, may be gzipped)."""
    records = {record["id"]: record for path in paths for record in _lines(path)}
    if not records:
        return []
    found = {}
    for paper in _lines(abstracts):
        if paper["id"] in records and paper["id"] not in found:
            found[paper["id"]] = annotated(records[paper["id"]], paper["title"], paper["abstract"])
    missing = sorted(records.keys() - found.keys())
    if missing:
        raise SystemExit(f"{abstracts} lacks {len(missing)} annotated papers: {', '.join(missing[:5])}")
    return [found[key] for key in sorted(found)]


def gathered(
    gold: Path | None,
    abstracts: Path | None,
    *,
    hold: str | None = None,
    with_dev: bool = False,
    more: Path | None = None,
) -> list[Annotated]:
    """Papers to learn from: the gold folder's, with ``hold`` K/N without every Nth from K on, our own, and more."""
    papers = read(gold / "train.jsonl") if gold else []
    if gold and with_dev:
        papers += read(gold / "dev.jsonl")
    if hold:
        left, parts = (int(number) for number in hold.split("/"))
        papers = [paper for number, paper in enumerate(papers) if number % parts != left]
    if abstracts:
        papers += read_joined([*sorted(ANNOTATIONS.glob("*.jsonl")), *([more] if more else [])], abstracts)
    return papers


def annotated(record: dict[str, Any], title: str, abstract: str) -> Annotated:
    paper = Annotated(record["id"], title, abstract, record["entities"], results=record.get("results", []))
    paper.spans = locate(paper.text, paper.entities)
    return paper


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def locate(text: str, entities: list[dict[str, Any]]) -> list[list[tuple[int, int]]]:
    """The stretches in which each entity is named: whole words, the longest first, required ones before optional.

    >>> locate("LoRA and QLoRA-based LoRAs", [{"name": "LoRA"}, {"name": "QLoRA"}])
    [[(0, 4), (21, 26)], [(9, 14)]]
    """
    candidates = [
        (bool(entity.get("optional")), start - end, start, end, index)
        for index, entity in enumerate(entities)
        for form in {entity["name"], *entity.get("aliases", ())}
        for start, end in occurrences(text, form)
    ]
    taken = bytearray(len(text))
    spans: list[list[tuple[int, int]]] = [[] for _ in entities]
    for _, _, start, end, index in sorted(candidates):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            spans[index].append((start, end))
    return [sorted(found) for found in spans]


def occurrences(text: str, form: str) -> list[tuple[int, int]]:
    """Where ``form`` or its plural stands as whole words; distinctive single words only as written, if so at all."""
    body = r"\s+".join(re.escape(word) for word in form.split())
    if not body:
        return []
    pattern = rf"(?<![^\W_]){body}(?:s|es)?(?![^\W_])" if form[-1:].isalpha() else rf"(?<![^\W_]){body}(?![^\W_])"
    loose = [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]
    strict = [match.span() for match in re.finditer(pattern, text)]
    distinctive = " " not in form and (len(form) < 5 or any(letter.isupper() for letter in form[1:]))
    return strict if strict and distinctive else loose
