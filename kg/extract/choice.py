"""Which of the proposed mentions stand: of those that overlap, the set that weighs most."""

from __future__ import annotations

import bisect
from collections import defaultdict

from kg.extract.mention import Document, Mention


def choose(document: Document) -> list[Mention]:
    """The mentions that stand, in order, none overlapping; the others are rejected with the reason."""
    merged = _merge(document.mentions)
    chosen = _heaviest(merged)
    kept = {id(mention) for mention in chosen}
    for mention in merged:
        if id(mention) not in kept:
            document.reject(mention, "a likelier mention overlaps it")
    return chosen


def _merge(mentions: list[Mention]) -> list[Mention]:
    """One mention a stretch: proposers of the same stretch add their scores up."""
    by_place: dict[tuple[int, int], list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_place[mention.start, mention.end].append(mention)
    return [_merged(same) for _, same in sorted(by_place.items())]


def _merged(same: list[Mention]) -> Mention:
    first = max(same, key=lambda mention: mention.score)
    for other in same:
        if other is not first:
            first.cue = first.cue or other.cue
            first.canonical = first.canonical or other.canonical
            first.known = first.known or other.known
            first.facts = {**other.facts, **first.facts}
            for kind, score in other.scores.items():
                first.scores[kind] = max(first.scores.get(kind, 0.0), score)
    return first


def _heaviest(mentions: list[Mention]) -> list[Mention]:
    """Weighted interval scheduling."""
    order = sorted(mentions, key=lambda mention: (mention.end, mention.start))
    ends = [mention.end for mention in order]
    best: list[float] = [0.0]
    taken: list[bool] = []
    for number, mention in enumerate(order):
        before = bisect.bisect_right(ends, mention.start, 0, number)
        weight = best[before] + mention.score
        taken.append(weight > best[-1])
        best.append(max(weight, best[-1]))
    chosen = []
    at = len(order)
    while at:
        if taken[at - 1]:
            chosen.append(order[at - 1])
            at = bisect.bisect_right(ends, order[at - 1].start, 0, at - 1)
        else:
            at -= 1
    return chosen[::-1]
