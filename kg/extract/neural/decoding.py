"""Scores of word pieces → typed stretches of the text: the best sequence of tags over whole words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.extract.neural.labels import TAGS, TYPES
from kg.extract.neural.network import Reading

BOLDNESS = 0.0
_NEVER = -1e9
_LINE_END = "\n"
_BRACKET = re.compile(r"[()\[\]{}]")
_EDGE = re.compile(r"^[^\w$\\]+|[^\w+%*$]+$")


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
    broken = [_LINE_END in text[end:start] for end, start in zip(bounds[:-1, 1], bounds[1:, 0], strict=True)]
    tags = _best(_log_softmax(bold), broken)
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
        for start, stop in _tidy(text, int(bounds[at, 0]), int(bounds[end - 1, 1])):
            stretches.append(Stretch(start, stop, TYPES[kind], float(mean[kind]), named))
        at = end
    return stretches


def _tidy(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a stretch outside and inside its brackets, without punctuation at their edges."""
    cuts = [start, *(at for found in _BRACKET.finditer(text, start, end) for at in found.span()), end]
    for first, last in zip(cuts[::2], cuts[1::2], strict=True):
        inner = text[first:last]
        left = _EDGE.match(inner)
        first += left.end() if left and left.start() == 0 else 0
        right = _EDGE.search(text[first:last])
        last = first + right.start() if right and right.start() else last
        if any(c.isalnum() for c in text[first:last]):
            yield first, last


def _words(reading: Reading, text: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Bounds and mean scores of the words: the pieces of one run of letters and digits together.

    Inside a word a piece after the first counts for *begins* what it scores for *goes on*.
    """
    starts, ends = reading.pieces.starts, reading.pieces.ends
    joined = starts[1:] == ends[:-1]
    for row in np.flatnonzero(joined):
        border = starts[row + 1]
        joined[row] = text[border - 1].isalnum() and text[border].isalnum()
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


def _best(scores: NDArray[np.float32], broken: list[bool]) -> list[int]:
    """The likeliest sequence of tags in which a type goes on only after itself, and never over a line's end."""
    rows: list[list[float]] = scores.tolist()
    total = [value if TAGS[tag][0] != "I" else _NEVER for tag, value in enumerate(rows[0])]
    back: list[list[int]] = []
    for row, line_end in zip(rows[1:], broken, strict=True):
        best = max(range(len(TAGS)), key=total.__getitem__)
        origins = [best] * len(TAGS)
        reached = [total[best] + value for value in row]
        for begin in range(1, len(TAGS), 2):
            inside = begin + 1
            origins[inside] = begin if total[begin] >= total[inside] else inside
            reached[inside] = _NEVER if line_end else total[origins[inside]] + row[inside]
        back.append(origins)
        total = reached
    tags = [max(range(len(TAGS)), key=total.__getitem__)]
    for origins in reversed(back):
        tags.append(origins[tags[-1]])
    return tags[::-1]
