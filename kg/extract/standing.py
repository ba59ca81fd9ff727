"""Which things stand: each is weighed by who proposed it, how surely, how often, where and how it is written.

The weights are learned from annotated papers the tagger has not seen (``training/standing.py``), so the probability
that results is a calibrated confidence; what falls short of `LEAST` (`LEAST_OF` its type) is left out, with the reason.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache

from kg.extract.data import rows
from kg.extract.mention import Document, Thing, component
from kg.extract.signs import beside, odds, overlapping, proposed_by, shape, written

LEAST = 0.42
# Half of the F1 that can be had is the best bound for it, and readers agree less on these two.
LEAST_OF = {"Task": 0.34, "Metric": 0.37}
_WORDS = 5
_PROPOSERS = ("lexicon", "lexicon.family", "hardware", "patterns", "sizes")


@component("standing")
def weigh(document: Document) -> None:
    """Give every thing its probability as score and leave out the unlikely ones."""
    standing = []
    for thing in document.things:
        thing.score = probability(document, thing)
        if thing.score >= LEAST_OF.get(thing.type, LEAST):
            standing.append(thing)
            continue
        for mention in thing.mentions:
            document.reject(mention, f"unlikely on the whole ({thing.score:.2f})")
    document.things = standing


def probability(document: Document, thing: Thing) -> float:
    """How likely a careful reader would put the thing down."""
    weights = _weights()
    total = weights.get("", 0.0) + sum(weights.get(name, 0.0) * value for name, value in features(document, thing))
    return round(1.0 / (1.0 + math.exp(-total)), 4)


def features(document: Document, thing: Thing) -> Iterator[tuple[str, float]]:
    """Names and values of what speaks for and against a thing."""
    kind = thing.type
    here = list(overlapping(document, thing))
    neural = [mention.scores.get(kind, 0.0) for mention in here if mention.extractor == "neural"]
    best, mean = max(neural, default=0.0), sum(neural) / len(neural) if neural else 0.0
    yield f"type={kind}", 1.0
    yield "neural best", odds(best)
    yield f"neural best {kind}", odds(best)
    yield "neural mean", odds(mean)
    yield "neural none", float(not neural)
    yield "neural share", min(1.0, len(neural) / len(thing.mentions))
    yield "mentions", math.log(len(thing.mentions))
    yield "title", float(any(document.in_title(mention) for mention in thing.mentions))
    for name in _PROPOSERS:
        agreeing = [mention for mention in here if proposed_by(mention, name)]
        yield name, float(bool(agreeing))
        if any(mention.type == kind for mention in agreeing):
            yield f"{name} agrees", 1.0
            yield f"{name} agrees {kind}", 1.0
    yield "cue", float(any(mention.cue == "introduces" for mention in here))
    yield f"shape={shape(thing.name)}", 1.0
    yield f"words={min(len(thing.name.split()), 5)}", 1.0
    if thing.role_scores:
        yield "optional", odds(thing.optional_score)
        yield f"optional {kind}", odds(thing.optional_score)
        yield "introduced", odds(thing.role_scores.get("introduces", 0.0))
        yield "mentioned", odds(thing.role_scores.get("mentions", 0.0))
    for name in words(document, thing):
        yield f"{name} {kind}", 1.0


def words(document: Document, thing: Thing) -> Iterator[str]:
    """The words of a thing's name and those beside it, how it is written, and its likeliest role."""
    yield from written(document, thing)
    yield from beside(document, thing)
    for word in dict.fromkeys(thing.name.casefold().split()[:_WORDS]):
        yield f"word {word}"
    if thing.role_scores:
        yield f"role {max(thing.role_scores, key=lambda role: thing.role_scores[role])}"
    yield f"things {min(len(document.things) // 4, 6)}"


@cache
def _weights() -> Mapping[str, float]:
    return {name: float(value) for name, value in rows("standing.tsv")}
