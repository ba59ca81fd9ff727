"""Scores of word pieces → typed stretches of the text: the best sequence of tags over whole words."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.extract.neural.labels import TAGS, TYPES
from kg.extract.neural.network import Reading

BOLDNESS = 2.0
_ANY = -1e9
_WORD = re.compile(r"[^\W_]+")
_TRANSITIONS = np.array(
    [[0.0 if not to.startswith("I-") or at[1:] == to[1:] else _ANY for to in TAGS] for at in TAGS], dtype=np.float32
)


class Stretch(NamedTuple):
    """A typed stretch of the text; ``scores`` are the probabilities of its types, ``score`` that of its best."""

    start: int
    end: int
    type: str
    score: float
    scores: dict[str, float]


def decode(reading: Reading, text: str, boldness: float = BOLDNESS) -> list[Stretch]:
    """The stretches of the likeliest tag sequence when ``boldness`` is taken from the score of *no name* (``O``)."""
    if not len(reading.pieces):
        return []
    bounds, scores = _words(reading, text)
    calm = _log_softmax(scores)
    bold = scores.copy()
    bold[:, 0] -= boldness
    tags = _best(_log_softmax(bold))
    probabilities = np.exp(calm)
    kinds = probabilities[:, 1::2] + probabilities[:, 2::2]
    stretches = []
    at = 0
    while at < len(tags):
        if tags[at] == 0:
            at += 1
            continue
        end = at + 1
        inside = 2 * ((tags[at] - 1) // 2) + 2
        while end < len(tags) and tags[end] == inside:
            end += 1
        mean = kinds[at:end].mean(0)
        kind = (tags[at] - 1) // 2
        named = {TYPES[number]: round(float(mean[number]), 4) for number in range(len(TYPES)) if mean[number] >= 0.01}
        named.setdefault(TYPES[kind], round(float(mean[kind]), 4))
        stretches.append(Stretch(int(bounds[at, 0]), int(bounds[end - 1, 1]), TYPES[kind], float(mean[kind]), named))
        at = end
    return stretches


def _words(reading: Reading, text: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Bounds and mean scores of the words: the pieces of one run of letters and digits together.

    Inside a word a piece after the first counts for *begins* what it scores for *goes on*.
    """
    starts, ends = reading.pieces.starts, reading.pieces.ends
    joined = np.array(
        [
            a == b and text[b - 1 : b].isalnum() and text[b : b + 1].isalnum()
            for a, b in zip(starts[1:], ends[:-1], strict=True)
        ],
        dtype=bool,
    )
    first = np.concatenate(([True], ~joined))
    scores = reading.scores.copy()
    scores[~first, 1::2] = scores[~first, 2::2]
    at = np.flatnonzero(first)
    sums = np.add.reduceat(scores, at, axis=0)
    counts = np.diff(np.append(at, len(starts)))
    bounds = np.stack([starts[at], ends[np.append(at[1:], len(starts)) - 1]], axis=1)
    return bounds, (sums / counts[:, None]).astype(np.float32)


def _log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    top = scores.max(1, keepdims=True)
    shifted: NDArray[np.float32] = scores - top
    result: NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    return result


def _best(scores: NDArray[np.float32]) -> list[int]:
    """The likeliest allowed sequence of tags."""
    total = scores[0] + _TRANSITIONS[0]
    back = np.zeros(scores.shape, dtype=np.int64)
    for number in range(1, len(scores)):
        paths = total[:, None] + _TRANSITIONS
        back[number] = paths.argmax(0)
        total = paths.max(0) + scores[number]
    tags = [int(total.argmax())]
    for number in range(len(scores) - 1, 0, -1):
        tags.append(int(back[number, tags[-1]]))
    return tags[::-1]
