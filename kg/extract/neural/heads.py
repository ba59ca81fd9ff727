"""The component ``neural_heads``: role, outcome and whether a reader would leave it out, for each thing as a whole.

A thing's vector is the mean and the maximum of its mentions' vectors, its type and how often and where it stands;
one hidden layer reads them all. Its scores go to `Thing.role_scores`, `outcome_scores` and `optional_score`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kg.extract.mention import Document, Thing, component
from kg.extract.neural.labels import OUTCOMES, ROLES, TYPES
from kg.extract.neural.network import Reading, network
from kg.extract.neural.tagger import EXTRACTOR

Floats = NDArray[np.float32]
# What is known of where and how often a thing stands: titled, more than once, more than three times, a constant.
_COUNTS = 4


@component("neural_heads")
def read_heads(document: Document) -> None:
    """Score the roles, outcomes and optional-ness of every thing."""
    reading: Reading | None = document.state.get(EXTRACTOR)
    things = [thing for thing in document.things if thing.mentions]
    if reading is None or not things:
        return
    scores = network().judge(entity_vectors(reading, document, things))
    roles = _softmax(scores[:, : len(ROLES)])
    outcomes = _softmax(scores[:, len(ROLES) : -1])
    doubts: list[float] = (1 / (1 + np.exp(-scores[:, -1]))).tolist()
    for thing, role, outcome, doubt in zip(things, roles, outcomes, doubts, strict=True):
        thing.role_scores = dict(zip(ROLES, role, strict=True))
        thing.outcome_scores = dict(zip(OUTCOMES, outcome, strict=True))
        thing.optional_score = round(doubt, 4)
        thing.role_by = EXTRACTOR


def entity_vectors(reading: Reading, document: Document, things: list[Thing]) -> Floats:
    """What the head reads of each thing, a row a thing (`training.losses.entity_vector` makes the same of one)."""
    width = reading.vectors.shape[1]
    vectors = np.empty((len(things), 2 * width + len(TYPES) + _COUNTS), dtype=np.float32)
    means = reading.means([(m.start, m.end) for thing in things for m in thing.mentions])
    at = 0
    for thing, vector in zip(things, vectors, strict=True):
        count = len(thing.mentions)
        mentions = means[at : at + count]
        at += count
        vector[:width] = np.add.reduce(mentions, axis=0) / count
        vector[width : 2 * width] = mentions.max(axis=0)
        titled = any(document.in_title(mention) for mention in thing.mentions)
        kind = [thing.type == name for name in TYPES]
        vector[2 * width :] = [*kind, titled, count > 1, count > 3, 1.0]
    return vectors


def _softmax(scores: Floats) -> list[list[float]]:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: list[list[float]] = (powers / powers.sum(axis=1, keepdims=True)).tolist()
    return [[round(value, 4) for value in row] for row in chances]
