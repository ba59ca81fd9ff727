"""Which number is a result, and of whom on what: choices weighed by weights learned from annotated papers.

Every number of a sentence is weighed as a result or not; each dataset and each subject it may belong to by how the
sentence leads from one to the other (the words between, what else stands there, who is the paper's own), and by what
the grammar (`kg.extract.grammar`) says. Where the network has read the paper, its word on whether a number is a
result is weighed with that of the words. The weights are learned by ``training/results.py``.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from kg.extract.data import rows
from kg.extract.mention import Thing
from kg.extract.spans import Span
from kg.extract.values import Value

_TOKEN = re.compile(r"[^\W\d_]+|\d[\d.,]*|[^\w\s]")
_NEAR = 4
_MARKS = frozenset(
    [
        *("on", "in", "for", "with", "from", "to", "by", "than", "over", "of", "vs", "versus", "against", "while"),
        *("and", "respectively", "compared", "(", ")", ";", ":", ",", "D", "S", "#"),
    ]
)
_SPEAKERS = frozenset(["our", "the", "this", "proposed", "resulting", "trained", "final", "best"])
_SPOKEN = frozenset(["model", "models", "method", "approach", "framework", "system", "agent", "baseline", "baselines"])
_SPEAKING = frozenset(["we", "our", "it", "its"])
_COMPARED = frozenset(["vs", "versus", "compared", "against", "than", "over", "from", "to"])


class Token(NamedTuple):
    """A word of a sentence, or ``D``, ``S``, ``#`` for a dataset, a subject, a number and what stands there."""

    text: str
    start: int
    thing: Thing | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """A thing a number may belong to (None: something not named), with the features that speak for it."""

    thing: Thing | None
    features: tuple[str, ...]


@dataclass(slots=True)
class Choice:
    """A number, the features that speak for a result, and the datasets and subjects it may belong to.

    ``heard`` is the log-odds of a result by the network, None where it has not read the paper.
    """

    value: Value
    features: tuple[str, ...]
    datasets: list[Option] = field(default_factory=list)
    subjects: list[Option] = field(default_factory=list)
    heard: float | None = None

    def best(self) -> tuple[float, Thing | None, Thing | None]:
        """How likely the number is a result of the likeliest subject on the likeliest dataset, and these."""
        share, dataset, subject = self.shares()
        weights, joint = _weights(), "joint" if self.heard is None else "heard joint"
        total = weights.get(f"{joint} ", 0.0) + weights.get(f"{joint} odds", 1.0) * odds(share)
        return _logistic(total), dataset, subject

    def shares(self) -> tuple[float, Thing | None, Thing | None]:
        """The product of how likely each of the three is by itself, with the likeliest dataset and subject."""
        dataset, sure = likeliest("dataset", self.datasets)
        subject, certain = likeliest("subject", self.subjects)
        return likely(self.features, self.heard) * sure * certain, dataset, subject


def likely(features: Sequence[str], heard: float | None = None) -> float:
    """How likely a number with these features, and these log-odds by the network, is a result of anything."""
    own = score("value", features)
    if heard is None:
        return _logistic(own)
    weights = _weights()
    return _logistic(sum(weights.get(f"heard {name}", 0.0) * value for name, value in second(own, heard).items()))


def second(own: float, heard: float) -> dict[str, float]:
    """What is weighed on second thought: the words' score and the network's."""
    return {"own": own, "heard": heard, "": 1.0}


def odds(share: float) -> float:
    """The logarithm of the odds of a share, within what can be told."""
    kept = min(0.999, max(0.001, share))
    return math.log(kept / (1.0 - kept))


def _logistic(total: float) -> float:
    return 1.0 / (1.0 + math.exp(-total))


def tokens(
    text: str, begin: int, end: int, datasets: Sequence[Span], subjects: Sequence[Span], values: Sequence[Value]
) -> list[Token]:
    """The sentence as words and places of things and numbers, in order; of things that overlap the first stands."""
    marks = [Token("D", span.start, span.thing) for span in datasets]
    marks += [Token("S", span.start, span.thing) for span in subjects]
    ends = {(span.start, span.thing.name): span.end for span in (*datasets, *subjects)}
    marks += [Token("#", value.start) for value in values]
    last = {value.start: value.end for value in values}
    found: list[Token] = []
    at = begin
    for mark in sorted(marks, key=lambda one: one.start):
        if mark.start < at:
            continue
        found += _words(text, at, mark.start)
        found.append(mark)
        at = ends[mark.start, mark.thing.name] if mark.thing else last[mark.start]
    return [*found, *_words(text, at, end)]


def _words(text: str, begin: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, begin, end):
        word = match.group().casefold()
        yield Token("0" if word[0].isdigit() else word, match.start())


def sentence_features(sentence: Sequence[Token]) -> Iterator[str]:
    """What speaks for any number of a sentence being a result: what it names, and its words."""
    kinds = [token.text for token in sentence]
    yield f"datasets={min(kinds.count('D'), 3)}"
    yield f"subjects={min(kinds.count('S'), 3)}"
    yield f"numbers={min(kinds.count('#'), 5)}"
    for word in sorted(set(kinds)):
        if len(word) > 2:
            yield f"sentence={word}"


def value_features(value: Value, at: int, sentence: Sequence[Token], listed: int) -> Iterator[str]:
    """What speaks for one number being a result: its form, its list, the words around it."""
    before = [token.text for token in sentence[max(0, at - 3) : at]]
    after = [token.text for token in sentence[at + 1 : at + 4]]
    form = f"{value.unit or ''} {'decimal' if value.value % 1 else 'whole'} {_size(value.value)}"
    yield f"grammar={value.accepted}"
    yield f"form={form}"
    yield f"form={form} grammar={value.accepted}"
    for place, words in (("before", before[::-1]), ("after", after)):
        for distance, word in enumerate(words, 1):
            yield f"{place}{distance}={word}"
            yield f"{place}={word}"
        yield f"{place}2={' '.join(words[:2])}"
    yield f"around={before[-1] if before else '^'} {after[0] if after else '$'}"
    yield f"listed={min(listed, 4)}"


def _size(value: float) -> str:
    return "0" if value == 0 else "<=1" if value <= 1 else "<10" if value < 10 else "<=100" if value <= 100 else ">100"


def way(sentence: Sequence[Token], number: int, place: int) -> Iterator[str]:
    """How the sentence leads from a number to a thing: the words between, or their count and what marks are there."""
    side = "after" if place > number else "before"
    between = [token.text for token in sentence[min(number, place) + 1 : max(number, place)]]
    yield side
    yield f"{side} distance={_distance(len(between))}"
    if len(between) <= _NEAR:
        yield f"{side} between={' '.join(between)}"
    for word in sorted(_MARKS.intersection(between)):
        yield f"{side} over={word}"
    for mark in "DS#":
        yield f"{side} {mark}={min(between.count(mark), 3)}"
    if between:
        yield f"{side} next={between[0 if side == 'after' else -1]}"
        yield f"{side} last={between[-1 if side == 'after' else 0]}"
    if place:
        yield f"{side} lead={sentence[place - 1].text}"
    verbs = {word for word in between[-20:] if len(word) > 4}
    for word in sorted(verbs):
        yield f"{side} word={word}"


def surroundings(sentence: Sequence[Token], number: int) -> Iterator[str]:
    """What stands around a number: the words at its sides, whether brackets hold it and what they compare it with."""
    words = [token.text for token in sentence]
    before, after = words[max(0, number - 12) : number][::-1], words[number + 1 : number + 13]
    yield f"from={before[0] if before else '^'}"
    yield f"from={' '.join(before[:2])}"
    yield f"to={after[0] if after else '$'}"
    for first, second in itertools.pairwise(words[:number]):
        if first in _SPEAKERS and second in _SPOKEN:
            yield f"speaks={second}"
    if not _SPEAKING.isdisjoint(words[:number]):
        yield "speaks"
    opened = before.index("(") if "(" in before else -1
    if opened >= 0 and ")" not in before[:opened]:
        inside = before[:opened]
        closed = after[: after.index(")")] if ")" in after else after
        yield f"bracket numbers={min(inside.count('#'), 2)} {min(closed.count('#'), 2)}"
        yield f"bracket compared={not _COMPARED.isdisjoint(inside)} {not _COMPARED.isdisjoint(closed)}"
    else:
        yield f"compared={next((word for word in before[:6] if word in _COMPARED or word == '#'), '')}"
        yield f"compares={next((word for word in after[:6] if word in _COMPARED or word == '#'), '')}"


def _distance(count: int) -> str:
    return (
        str(count)
        if count <= _NEAR
        else "<=7"
        if count <= 7
        else "<=12"
        if count <= 12
        else "<=20"
        if count <= 20
        else "far"
    )


def score(part: str, features: Sequence[str]) -> float:
    """The sum of the weights of features in one part of them: ``value``, ``dataset`` or ``subject``."""
    return sum(map(_weights_of(part).get, ("", *features), itertools.repeat(0.0)))


def likeliest(part: str, options: Sequence[Option]) -> tuple[Thing | None, float]:
    """The option with the highest score and its share of all."""
    scores = [score(part, option.features) for option in options]
    top = max(scores)
    total = sum(math.exp(value - top) for value in scores)
    return options[scores.index(top)].thing, 1.0 / total


@cache
def _weights() -> Mapping[str, float]:
    return {name: float(value) for name, value in rows("results.tsv")}


@cache
def _weights_of(part: str) -> Mapping[str, float]:
    """The weights of one part, by the feature alone: made once, since numbers have hundreds of features."""
    begin = f"{part} "
    return {name.removeprefix(begin): value for name, value in _weights().items() if name.startswith(begin)}
