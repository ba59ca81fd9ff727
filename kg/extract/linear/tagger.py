"""A linear-chain tagger: weights of hashed features, transitions, and the best sequence a sentence.

The component ``linear_tagger`` proposes a mention for every stretch it tags, scored by the mean probability of its
words' type.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.extract.linear.features import features
from kg.extract.mention import TYPES, Document, component

TAGS = ("O", *(f"{mark}-{kind}" for kind in TYPES for mark in "BI"))
Floats = NDArray[np.float32]


class Weights(NamedTuple):
    """The tagger's parameters: ``emission`` (features × tags), ``transition`` (tags × tags), ``start`` (tags)."""

    emission: Floats
    transition: Floats
    start: Floats


@component("linear_tagger")
def tag(document: Document) -> None:
    """Propose a mention for every stretch of words tagged as a name."""
    weights = _weights()
    if not document.words:
        return
    scores = weights.emission[features(document)].sum(axis=1)
    bounds = sentence_bounds(document)
    tags = decode(scores, bounds, weights)
    chances = _softmax(scores)
    for first, last, kind in stretches(tags):
        pair = [TAGS.index(f"B-{kind}"), TAGS.index(f"I-{kind}")]
        by_type = {t: float(chances[first:last, 1 + 2 * i : 3 + 2 * i].sum(axis=1).mean()) for i, t in enumerate(TYPES)}
        score = float(chances[first:last, pair].sum(axis=1).mean())
        mention = document.propose(document.starts[first], document.ends[last - 1], kind, score, "linear_tagger")
        mention.scores = by_type


def sentence_bounds(document: Document) -> list[tuple[int, int]]:
    """Sentences as ranges of word indices; a very long one is cut."""
    starts = np.searchsorted(np.asarray(document.starts), np.asarray([a for a, _ in document.sentences]))
    edges = sorted({0, *(int(s) for s in starts), len(document.words)})
    bounds = []
    for first, last in zip(edges, edges[1:], strict=False):
        bounds += [(cut, min(cut + 200, last)) for cut in range(first, last, 200)]
    return bounds


def decode(scores: Floats, bounds: list[tuple[int, int]], weights: Weights) -> NDArray[np.int64]:
    """The best tag of every word (Viterbi, all sentences side by side)."""
    order = sorted(range(len(bounds)), key=lambda i: bounds[i][0] - bounds[i][1])
    firsts = np.array([bounds[i][0] for i in order])
    lengths = np.array([bounds[i][1] - bounds[i][0] for i in order])
    longest = int(lengths[0])
    best = scores[firsts] + weights.start
    back = np.zeros((longest, len(order), len(TAGS)), dtype=np.int64)
    finals = np.zeros((len(order), len(TAGS)), dtype=np.float32)
    for step in range(1, longest):
        alive = int((lengths > step).sum())
        finals[alive : len(best)] = best[alive:]
        paths = best[:alive, :, None] + weights.transition[None]
        back[step, :alive] = paths.argmax(axis=1)
        best = paths.max(axis=1) + scores[firsts[:alive] + step]
    finals[: len(best)] = best
    tags = np.zeros(len(scores), dtype=np.int64)
    for row, (first, length) in enumerate(zip(firsts, lengths, strict=True)):
        current = int(finals[row].argmax())
        for step in range(int(length) - 1, -1, -1):
            tags[first + step] = current
            current = int(back[step, row, current])
    return tags


def stretches(tags: NDArray[np.int64]) -> list[tuple[int, int, str]]:
    """Tagged stretches as word ranges and type."""
    found: list[tuple[int, int, str]] = []
    first, kind = 0, ""
    for index, value in enumerate([*tags.tolist(), 0]):
        mark, _, name = TAGS[value].partition("-")
        if kind and (mark != "I" or name != kind):
            found.append((first, index, kind))
            kind = ""
        if mark == "B" or (mark == "I" and not kind):
            first, kind = index, name
    return found


def _softmax(scores: Floats) -> Floats:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Floats = shifted / shifted.sum(axis=1, keepdims=True)
    return chances


@cache
def _weights() -> Weights:
    with files(__package__).joinpath("weights/tagger.npz").open("rb") as file:
        stored = np.load(file)
        emission = stored["emission"].astype(np.float32) * stored["scale"]
        return Weights(emission, stored["transition"], stored["start"])
