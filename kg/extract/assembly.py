"""The end of the line: a `Document` whose things are decided becomes a `Record` with its evidence."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.calibration import confidence
from kg.extract.mention import Document, Finding, Mention, Thing
from kg.model import Entity, Evidence, Record, Result

SHOWN = 4
_NONE = "none"


def record(document: Document, extractor: str, profile: str = "") -> Record:
    """The record of a document; entities in the order of their first mention, confidences as the profile's are."""
    entities = tuple(_entity(document, t, confidence(t, profile)) for t in document.things if t.mentions)
    results = tuple(_result(document, finding) for finding in document.results)
    repositories = tuple(_evidence(document, a, b, "repositories", 1.0) for a, b in document.repositories)
    return Record(document.paper, entities, results, repositories, extractor)


def _entity(document: Document, thing: Thing, trust: float) -> Entity:
    aliases = [form for form in thing.forms() if form != thing.name]
    return Entity(
        name=thing.name,
        type=thing.type,
        role=thing.role or "mentions",
        aliases=tuple(aliases),
        also=tuple(thing.also),
        also_roles=tuple(thing.also_roles),
        optional=thing.optional,
        outcome=None if thing.outcome == _NONE else thing.outcome,
        count=thing.count,
        memory_gb=thing.memory_gb,
        hours=thing.hours,
        parameters=thing.parameters,
        confidence=round(trust, 4),
        evidence=tuple(_shown(document, thing, trust)),
    )


def _shown(document: Document, thing: Thing, trust: float) -> Iterable[Evidence]:
    """Evidence for the role: the mention that shows it, then the others, one a sentence."""
    first = thing.role_mention or thing.mentions[0]
    others = sorted((m for m in thing.mentions if m is not first), key=lambda m: m.start)
    seen: set[int] = set()
    for mention in (first, *others):
        sentence, _ = document.sentence(mention.start)
        if sentence in seen or len(seen) == SHOWN:
            continue
        seen.add(sentence)
        yield _evidence(document, mention.start, mention.end, _by(thing, mention), trust)


def _by(thing: Thing, mention: Mention) -> str:
    """Who read it: the proposer, and who gave the role where that was another."""
    if mention is thing.role_mention and thing.role_by and thing.role_by != mention.extractor:
        return f"{mention.extractor}+{thing.role_by}"
    return mention.extractor


def _result(document: Document, finding: Finding) -> Result:
    return Result(
        subject=finding.subject.name,
        dataset=finding.dataset.name,
        value=finding.value,
        metric=finding.metric,
        unit=finding.unit,
        confidence=round(finding.score, 4),
        evidence=(_evidence(document, finding.start, finding.end, "results", finding.score),),
    )


def _evidence(document: Document, start: int, end: int, extractor: str, confidence: float) -> Evidence:
    name, low, high = document.place(start, end)
    begin, stop = document.sentence(start)
    _, sentence_start, _ = document.place(begin, stop)
    return Evidence(
        field=name,
        start=low,
        end=high,
        text=document.text[start:end],
        sentence=document.text[begin:stop],
        sentence_start=sentence_start,
        extractor=extractor,
        confidence=round(confidence, 4),
    )
