"""Scores of word pieces → typed stretches of the text: the best sequence of tags over whole words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.extract.neural.labels import TAGS, TYPES
from kg.extract.neural.network import Reading

_NEVER = -1e9
_LINE_END = re.compile(r"\n")
_BEGINS = range(1, len(TAGS), 2)
_BRACKET = re.compile(r"[()\[\]{}]")
_NUMBER = re.compile(r"\s\d+(?:\.\d+)?$")
_EDGE = re.compile(r"^[^\w$\\]+|[^\w+%*$]+$")


class Stretch(NamedTuple):
    """A typed stretch of the text; ``scores`` are the probabilities of its types, ``score`` that of its best."""

    start: int
    end: int
    type: str
    score: float
    scores: dict[str, float]


def decode(reading: Reading, text: str, boldness: float = 0.0) -> list[Stretch]:
    """The stretches of the likeliest tag sequence; with ``boldness`` also those it would have apart from them.

    Boldness is taken from the score of *no name* (``O``). What it adds touches no stretch of the calm reading, and
    its ``score`` is the calm one.
    """
    if not len(reading.pieces):
        return []
    bounds, scores = _words(reading, text)
    scores = _log_softmax(scores)
    broken = _broken(text, bounds)
    named = list(_runs(_best(scores, broken)))
    if boldness:
        named += _runs(_best(_bolder(scores, named, boldness), broken))
    probabilities = np.exp(scores)
    kinds = probabilities[:, 1::2] + probabilities[:, 2::2]
    stretches = []
    for at, end, kind in named:
        mean = (np.add.reduce(kinds[at:end], axis=0) / (end - at)).tolist()
        scored = {name: round(value, 4) for name, value in zip(TYPES, mean, strict=True) if value >= 0.01}
        scored.setdefault(TYPES[kind], round(mean[kind], 4))
        for start, stop in _tidy(text, int(bounds[at, 0]), int(bounds[end - 1, 1])):
            stretches.append(Stretch(start, stop, TYPES[kind], min(1.0, mean[kind]), scored))
    return stretches


def _bolder(scores: NDArray[np.float32], named: list[tuple[int, int, int]], boldness: float) -> NDArray[np.float32]:
    """Scores with less for *no name*, and nothing else to be had in and beside what is named already."""
    bold = scores.copy()
    bold[:, 0] -= boldness
    for at, end, _ in named:
        bold[max(0, at - 1) : end + 1, 1:] = _NEVER
    return bold


def _runs(tags: list[int]) -> Iterator[tuple[int, int, int]]:
    """The tagged stretches as ranges of words and the number of their type."""
    at = 0
    while at < len(tags):
        end = at + 1
        if tags[at]:
            kind = (tags[at] - 1) // 2
            while end < len(tags) and tags[end] == 2 * kind + 2:
                end += 1
            yield at, end, kind
        at = end


def _tidy(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a stretch outside and inside its brackets, no punctuation or per cent's number at their edges."""
    if text[start:end].isalnum():
        yield start, end
        return
    cuts = [start, *(at for found in _BRACKET.finditer(text, start, end) for at in found.span()), end]
    for first, last in zip(cuts[::2], cuts[1::2], strict=True):
        inner = text[first:last]
        left = _EDGE.match(inner)
        first += left.end() if left and left.start() == 0 else 0
        right = _EDGE.search(text[first:last])
        last = first + right.start() if right and right.start() else last
        if text.startswith(("%", " %", "\\%"), last):
            last = first + len(_NUMBER.sub("", text[first:last]))
        if any(c.isalnum() for c in text[first:last]):
            yield first, last


def _words(reading: Reading, text: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Bounds and mean scores of the words: the pieces of one run of letters and digits together.

    Inside a word a piece after the first counts for *begins* what it scores for *goes on*.
    """
    starts, ends = reading.pieces.starts, reading.pieces.ends
    joined = starts[1:] == ends[:-1]
    touching = np.flatnonzero(joined)
    borders = starts[touching + 1].tolist()
    joined[touching] = [text[border - 1].isalnum() and text[border].isalnum() for border in borders]
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


def _broken(text: str, bounds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a line ends between each word and the next."""
    broken = np.zeros(len(bounds), dtype=np.bool_)
    ends = [found.start() for found in _LINE_END.finditer(text)]
    after = np.searchsorted(bounds[:, 0], ends)
    broken[after[after > 0] - 1] = True
    return broken[:-1]


def _best(scores: NDArray[np.float32], broken: NDArray[np.bool_]) -> list[int]:
    """The likeliest sequence of tags in which a type goes on only after itself, and never over a line's end.

    Only stretches between the words that are surely no part of a name are gone through.
    """
    tags = [0] * len(scores)
    rows: list[list[float]] = scores.tolist()
    ends: list[bool] = broken.tolist()
    edges = np.flatnonzero(np.diff(_surely_outside(scores), prepend=True, append=True)).tolist()
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        tags[first:last] = _best_of(rows[first:last], ends[first : last - 1])
    return tags


def _surely_outside(scores: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which words the best sequence surely leaves out.

    To leave a word out instead costs no more than that the next begins a name rather than going on with it: where
    *no name* leads by more than that, no other tag of the word pays.
    """
    lead = scores[:, 0] - scores[:, 1:].max(axis=1)
    cost = np.append(np.maximum((scores[1:, 2::2] - scores[1:, 1::2]).max(axis=1, initial=0.0), 0.0), 0.0)
    outside: NDArray[np.bool_] = lead > cost
    return outside


def _best_of(rows: list[list[float]], broken: list[bool]) -> list[int]:
    """The likeliest sequence of tags of a stretch that no name reaches into."""
    total = [value if TAGS[tag][0] != "I" else _NEVER for tag, value in enumerate(rows[0])]
    back: list[list[int]] = []
    for row, line_end in zip(rows[1:], broken, strict=True):
        top = max(total)
        origins = [total.index(top)] * len(TAGS)
        reached = [top + value for value in row]
        for begin in _BEGINS:
            inside = begin + 1
            origins[inside] = begin if total[begin] >= total[inside] else inside
            reached[inside] = _NEVER if line_end else total[origins[inside]] + row[inside]
        back.append(origins)
        total = reached
    tags = [total.index(max(total))]
    for origins in reversed(back):
        tags.append(origins[tags[-1]])
    return tags[::-1]
