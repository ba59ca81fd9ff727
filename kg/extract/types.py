"""The type of a thing on second thought: the proposers' scores weighed with how it is written and what is beside it.

*the FlashAttention library*, *a Heron policy*, *WildMix-2M*: words beside a name and its form tell types apart where
the tagger wavers. The weights are learned from things of papers the tagger has not seen (``training/types.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.extract.data import rows
from kg.extract.mention import Document, Thing, component
from kg.extract.signs import beside, odds, overlapping, proposed_by, written

WAVERING = 0.03
_PROPOSERS = ("lexicon", "lexicon.family", "patterns")


@component("types")
def settle_types(document: Document) -> None:
    """Give every thing whose type is in doubt its likeliest type."""
    weights = _weights()
    for thing in document.things:
        found = options(document, thing)
        if len(found) > 1:
            likeliest = max(found, key=lambda kind: (_total(weights, found[kind]), kind))
            if likeliest != thing.type:
                thing.type, thing.type_by = likeliest, "types"


def _total(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def options(document: Document, thing: Thing) -> dict[str, dict[str, float]]:
    """The types a thing may have, each with the features that speak for it."""
    best = {thing.type: 0.0}
    for mention in thing.mentions:
        for kind, score in mention.scores.items():
            if score >= WAVERING or kind in best:
                best[kind] = max(best.get(kind, 0.0), score)
    if len(best) == 1:
        return {thing.type: {}}
    plain = [*written(document, thing), *beside(document, thing)]
    proposers = dict.fromkeys(
        (name, mention.type)
        for mention in overlapping(document, thing)
        for name in _PROPOSERS
        if proposed_by(mention, name)
    )
    found = {}
    for kind in sorted(best):
        mean = odds(thing.type_scores.get(kind, 0.0))
        features = {"mean": mean, f"mean {kind}": mean, "best": odds(best[kind]), f"best {kind}": odds(best[kind])}
        features |= {"now": float(kind == thing.type), f"type {kind}": 1.0}
        for name, proposed in proposers:
            if proposed == kind:
                features |= {name: 1.0, f"{name} {kind}": 1.0}
        found[kind] = features | {f"{name} {kind}": 1.0 for name in plain}
    return found


@cache
def _weights() -> Mapping[str, float]:
    return {name: float(value) for name, value in rows("types.tsv")}
