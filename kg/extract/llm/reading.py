"""A model's reply about a paper becomes a record: only what stands in the paper's text gets in.

The reply is untrusted. Names and aliases are looked up in the stored text, and become mentions with their offsets;
what does not stand there, has no known type, or speaks of things that were dropped, is left out and counted.
From there on a record is assembled as every other one (`kg.extract.assembly`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.assembly import record
from kg.extract.llm.form import faults, form
from kg.extract.llm.places import numbers, places
from kg.extract.mention import Document, Finding, Mention, Thing
from kg.extract.repositories import find_repositories
from kg.extract.sentences import find_sentences
from kg.model import Paper, Record
from kg.schema import load

# A model's own word for how sure it is is worth little: one figure for all, and docs/llm.md says so.
CONFIDENCE = 0.8
EXTRACTOR = "llm"
_MOST = 2**53
_UNIT = 20
_ENTRIES = 400


@dataclass(frozen=True, slots=True)
class Read:
    """A record, and how many names, aliases and results of the reply were dropped."""

    record: Record
    dropped: int


def document_of(paper: Paper) -> Document:
    """A paper with its sentences and the repositories it points to, as the other extractors see them."""
    document = Document(paper, Doc(Vocab()))
    find_sentences(document)
    find_repositories(document)
    return document


def sentences_of(document: Document) -> list[str]:
    """The title, and the sentences of the abstract."""
    bounds = document.sentences if document.paper.title else [(0, 0), *document.sentences]
    return [document.text[start:end] for start, end in bounds]


def read(document: Document, reply: Mapping[str, Any], made_by: str) -> Read:
    """The record that a reply gives. Takes any JSON object; what is wrong in it is dropped.

    ``reply`` is what the model said, ``made_by`` the record's extractor.
    """
    return _Reading(document, reply).read(made_by)


class _Reading:
    """One paper's reply on its way into the paper's document."""

    def __init__(self, document: Document, reply: Mapping[str, Any]) -> None:
        self.document, self.reply = document, reply
        self.shape = form()["properties"]
        self.ranges = {role: load().link_types[link].ranges for role, link in load().roles.items()}
        self.things: dict[tuple[str, str], Thing] = {}
        self.named: dict[str, Thing] = {}
        self.dropped = 0

    def read(self, made_by: str) -> Read:
        entities = list(self._good("entities"))
        spans = {span for item in entities for span in self._spans(item)}
        for item in entities:
            self._entity(item, spans)
        found = list(self.things.values())
        self.document.things = sorted(found, key=lambda thing: min(m.start for m in thing.mentions))
        for item in self._good("results"):
            self._result(item)
        return Read(record(self.document, made_by), self.dropped)

    def _good(self, name: str) -> Iterator[Mapping[str, Any]]:
        """The items of a list that keep the form."""
        given = self.reply.get(name)
        items = given if isinstance(given, list) else []
        self.dropped += len(items[_ENTRIES:])
        for item in items[:_ENTRIES]:
            if next(faults(item, self.shape[name]["items"]), None) is None:
                yield item
            else:
                self.dropped += 1

    def _spans(self, item: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
        for written in (item["name"], *item.get("aliases", ())[:_ENTRIES]):
            yield from places(self.document, written)

    def _entity(self, item: Mapping[str, Any], spans: set[tuple[int, int]]) -> None:
        name, kind = " ".join(item["name"].split()), item["type"]
        forms = list(dict.fromkeys((name, *item.get("aliases", ())[:_ENTRIES])))
        found = {written: _outer(places(self.document, written), spans) for written in forms}
        self.dropped += sum(not where for where in found.values())
        mentions = [self._mention(start, end, kind) for where in found.values() for start, end in where]
        if not mentions or not _writable(name):
            return
        if found[name]:
            # As the paper spells it, should the model have changed the case.
            start, end = found[name][0]
            spelt = " ".join(self.document.text[start:end].split())
            name = spelt if spelt.casefold() == name.casefold() else name
        mentions = sorted({m.start: m for m in sorted(mentions, key=lambda m: m.end)}.values(), key=lambda m: m.start)
        thing = self.things.get((kind, name.casefold()))
        if thing is not None:
            thing.mentions += [m for m in mentions if m.start not in {one.start for one in thing.mentions}]
            return
        thing = Thing(name=name, type=kind, mentions=mentions, score=CONFIDENCE)
        self.things[kind, name.casefold()] = thing
        for written in thing.forms():
            self.named.setdefault(written.casefold(), thing)
        self._role(thing, item)
        self._quantities(thing, item)

    def _mention(self, start: int, end: int, kind: str) -> Mention:
        return Mention(start, end, self.document.text[start:end], kind, CONFIDENCE, EXTRACTOR)

    def _role(self, thing: Thing, item: Mapping[str, Any]) -> None:
        role, roles = item["role"], item.get("also_roles", ())
        thing.role = role if thing.type in self.ranges[role] else "mentions"
        fitting = (one for one in roles if one != thing.role and thing.type in self.ranges[one])
        thing.also_roles = list(dict.fromkeys(fitting))
        thing.also = list(dict.fromkeys(one for one in item.get("also", ()) if one != thing.type))
        thing.optional = item.get("optional", False)
        compared = "compares_with" in (thing.role, *thing.also_roles)
        thing.outcome = item.get("outcome") if compared else None
        thing.role_mention = self._showing(thing, item.get("sentences", ()))

    def _showing(self, thing: Thing, sentences: Sequence[int]) -> Mention:
        """The mention in the first of the sentences that the model points to, where there is one."""
        shift = 0 if self.document.paper.title else 1
        for number in sentences:
            place = number - shift
            if 0 <= place < len(self.document.sentences):
                start, end = self.document.sentences[place]
                inside = [m for m in thing.mentions if start <= m.start < end]
                if inside:
                    return inside[0]
        return thing.mentions[0]

    def _quantities(self, thing: Thing, item: Mapping[str, Any]) -> None:
        if thing.type == "Hardware":
            thing.count = _whole(item.get("count"))
            thing.memory_gb, thing.hours = _positive(item.get("memory_gb")), _positive(item.get("hours"))
        elif thing.type in ("Model", "Method"):
            thing.parameters = _whole(item.get("parameters"))

    def _result(self, item: Mapping[str, Any]) -> None:
        subject, dataset = (self.named.get(" ".join(item[key].split()).casefold()) for key in ("subject", "dataset"))
        value = _finite(item["value"])
        where = numbers(self.document, value) if value is not None else []
        if subject is None or dataset is None or value is None or not where:
            self.dropped += 1
            return
        start, end = self._beside(where, item.get("sentence"))
        metric, unit = item.get("metric"), item.get("unit")
        metric = metric if metric and places(self.document, metric) else None
        unit = unit if unit and len(unit) <= _UNIT and _writable(unit) else None
        found = Finding(subject, dataset, value, start, end, metric, unit, CONFIDENCE)
        key = (subject.name, dataset.name, value, metric)
        if key not in {(one.subject.name, one.dataset.name, one.value, one.metric) for one in self.document.results}:
            self.document.results.append(found)

    def _beside(self, where: Sequence[tuple[int, int]], sentence: int | None) -> tuple[int, int]:
        place = (sentence or 0) - (0 if self.document.paper.title else 1)
        if 0 <= place < len(self.document.sentences):
            start, end = self.document.sentences[place]
            return next((span for span in where if start <= span[0] < end), where[0])
        return where[0]


def _outer(found: Sequence[tuple[int, int]], spans: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places that are no part of a longer name (*Llama* in *Llama-2-7B*), unless there are no others."""
    outer = [one for one in found if not any(a <= one[0] and one[1] <= b and (a, b) != one for a, b in spans)]
    return outer or list(found)


def _writable(text: str) -> bool:
    return bool(text) and text.isprintable() and not any("\ud800" <= c <= "\udfff" for c in text)


def _finite(value: Any) -> float | None:
    return float(value) if abs(value) < _MOST and math.isfinite(value) else None


def _positive(value: Any) -> float | None:
    return None if value is None or value <= 0 else _finite(value)


def _whole(value: Any) -> int | None:
    found = _positive(value)
    return None if found is None else int(found)
