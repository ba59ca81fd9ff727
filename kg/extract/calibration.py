"""How far a link can be trusted: the scores of a thing and of its role turned into the chance that both are right.

The weights of a profile (``data/calibration.tsv``) are learned by ``training/calibration.py`` from papers its taggers
had not seen, so that of the links given 0.9 about nine in ten are right. A profile without weights keeps the product
of the two scores.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache

from kg.extract.data import rows
from kg.extract.mention import Thing


def confidence(thing: Thing, profile: str = "") -> float:
    """The chance that a thing is one of its type and has its role in the paper.

    >>> confidence(Thing("BERT", "Model", [], 0.9, role_score=0.5))
    0.45
    """
    weights = _weights().get(profile)
    if weights is None:
        return min(1.0, max(0.0, thing.score * (thing.role_score or 1.0)))
    total = sum(weights.get(name, 0.0) * value for name, value in features(thing))
    return 1.0 / (1.0 + math.exp(-max(-20.0, min(20.0, total))))


def features(thing: Thing) -> Iterator[tuple[str, float]]:
    """Names and values of what the chance depends on; the one without a name is the constant."""
    yield "", 1.0
    yield "score", _odds(thing.score)
    yield "role score", _odds(thing.role_score or 1.0)
    yield "doubt", _odds(thing.optional_score)
    yield "mentions", math.log(max(1, len(thing.mentions)))
    yield f"type={thing.type}", 1.0
    yield f"role={thing.role}", 1.0
    yield f"by={thing.role_by}", 1.0


def _odds(chance: float) -> float:
    bounded = min(0.99, max(0.01, chance))
    return math.log(bounded / (1.0 - bounded))


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for profile, name, value in rows("calibration.tsv"):
        found.setdefault(profile, {})[name] = float(value)
    return found
