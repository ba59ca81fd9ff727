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


@component("neural_heads")
def read_heads(document: Document) -> None:
    """Score the roles, outcomes and optional-ness of every thing; the vectors are let go afterwards."""
    reading: Reading | None = document.state.pop(EXTRACTOR, None)
    things = [thing for thing in document.things if thing.mentions]
    if reading is None or not things:
        return
    vectors = np.stack([entity_vector(reading, document, thing) for thing in things])
    scores = network().judge(vectors)
    for thing, row in zip(things, scores, strict=True):
        thing.role_scores = dict(zip(ROLES, _softmax(row[: len(ROLES)]), strict=True))
        thing.outcome_scores = dict(zip(OUTCOMES, _softmax(row[len(ROLES) : -1]), strict=True))
        thing.optional_score = round(float(1 / (1 + np.exp(-row[-1]))), 4)
        thing.role_by = EXTRACTOR


def entity_vector(reading: Reading, document: Document, thing: Thing) -> Floats:
    """What the head reads of one thing (`training.losses.entity_vector` makes the same)."""
    pieces = reading.pieces
    rows = []
    for mention in thing.mentions:
        first = int(np.searchsorted(pieces.ends, mention.start, side="right"))
        last = max(first + 1, int(np.searchsorted(pieces.starts, mention.end, side="left")))
        rows.append(reading.vectors[first:last].mean(0))
    mentions = np.stack(rows)
    kind = np.array([float(thing.type == name) for name in TYPES], dtype=np.float32)
    titled = any(document.in_title(mention) for mention in thing.mentions)
    counts = np.array([titled, len(rows) > 1, len(rows) > 3, 1.0], dtype=np.float32)
    return np.concatenate([mentions.mean(0), mentions.max(0), kind, counts])


def _softmax(scores: Floats) -> list[float]:
    powers = np.exp(scores - scores.max())
    return [round(float(value), 4) for value in powers / powers.sum()]
