"""Annotated papers as documents whose things are the annotated entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.mention import Document, Mention, Thing
from kg.extract.pipeline import build, run
from kg.model import Paper
from training.annotated import Annotated


def documents(papers: Iterable[Annotated]) -> Iterator[tuple[Annotated, Document]]:
    """Papers with the annotated entities as their things, in the order of the entities."""
    papers = list(papers)
    plain = [Paper(paper.id, paper.title, paper.abstract) for paper in papers]
    for paper, document in zip(papers, run(build(("sentences",)), plain), strict=True):
        document.things = [
            _thing(paper.text, entity, spans) for entity, spans in zip(paper.entities, paper.spans, strict=True)
        ]
        yield paper, document


def _thing(text: str, entity: dict[str, object], spans: list[tuple[int, int]]) -> Thing:
    kind, name = str(entity["type"]), str(entity["name"])
    mentions = [Mention(start, end, text[start:end], kind, 1.0, "read") for start, end in spans]
    aliases = [str(alias) for alias in entity.get("aliases") or ()]  # type: ignore[attr-defined]
    role, optional = str(entity.get("role") or ""), bool(entity.get("optional"))
    return Thing(name, kind, mentions, 1.0, aliases, role=role, optional=optional)
