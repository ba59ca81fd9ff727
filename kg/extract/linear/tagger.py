"""A linear-chain tagger: weights of hashed features, transitions, and the best sequence a sentence.

The component ``linear_tagger`` proposes a mention for every stretch it tags, scored by the mean probability of its
words' type.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch

from kg.extract.linear.features import SEEN, context_ids, places
from kg.extract.linear.words import NONE, Words
from kg.extract.mention import TYPES, Document, of

TAGS = ("O", *(f"{mark}-{kind}" for kind in TYPES for mark in "BI"))
Floats = NDArray[np.float32]
_SURE = 4.0
_REACH = max(SEEN)
KEYS = "linear_tagger"


class Weights(NamedTuple):
    """The tagger's parameters: ``emission`` (features × tags), ``transition`` (tags × tags), ``start`` (tags)."""

    emission: Floats
    transition: Floats
    start: Floats


class Tagger:
    """The component: tags the words and proposes a mention for every stretch tagged as a name."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._words = Words(weights.emission)

    def __call__(self, doc: Doc) -> Doc:
        """Add the mentions of one paper."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 16) -> Iterator[Doc]:
        """Add the mentions of papers, some at a time: alone a paper is too short to keep the array operations busy."""
        some: list[Doc]
        for some in minibatch(docs, batch_size):  # type: ignore[no-untyped-call]
            self._tag([document for document in map(of, some) if document.words])
            yield from some

    def scores(self, documents: Sequence[Document]) -> Floats:
        """The weight of every tag for every word of papers; the keys of the words are left for the heads."""
        rows = self._words.rows([word for document in documents for word in document.words])
        keys = self._words.keys[rows]
        total: Floats = self.weights.emission.take(context_ids(documents, keys), axis=0).sum(axis=0)
        weights = self._words.weights.reshape(-1, len(TAGS))
        at = np.full(len(rows) + _REACH * (len(documents) + 1), NONE * len(SEEN), dtype=np.int64)
        here = places(documents, _REACH)
        at[here] = rows * len(SEEN)
        for block, offset in enumerate(SEEN):
            total += weights.take(at[here + offset] + block, axis=0)
        for document, own in zip(documents, _parted(keys, documents), strict=True):
            document.state[KEYS] = own
        return total

    def _tag(self, documents: Sequence[Document]) -> None:
        if not documents:
            return
        scores = self.scores(documents)
        firsts = itertools.accumulate((len(document.words) for document in documents), initial=0)
        bounds = [
            (first + low, first + high)
            for first, document in zip(firsts, documents, strict=False)
            for low, high in sentence_bounds(document)
        ]
        tags = decode(scores, bounds, self.weights)
        chances = _parted(_by_type(scores), documents)
        for document, own, said in zip(documents, chances, _parted(tags, documents), strict=True):
            self._propose(document, own, stretches(said))

    def _propose(self, document: Document, chances: Floats, found: list[tuple[int, int, str]]) -> None:
        if not found:
            return
        sums = np.concatenate([np.zeros((1, len(TYPES)), dtype=np.float32), chances.cumsum(axis=0)])
        edges = np.array([(first, last) for first, last, _ in found])
        means = ((sums[edges[:, 1]] - sums[edges[:, 0]]) / (edges[:, 1:] - edges[:, :1])).tolist()
        devices = [(m.start, m.end) for m in document.mentions if m.extractor == "hardware" and m.cue]
        for (first, last, kind), row in zip(found, means, strict=True):
            start, end = document.starts[first], document.ends[last - 1]
            if kind == "Hardware" and any(a < end and start < b for a, b in devices):
                continue
            by_type = dict(zip(TYPES, row, strict=True))
            mention = document.propose(start, end, kind, by_type[kind], "linear_tagger")
            mention.scores = by_type


@Language.factory("linear_tagger")
def make_tagger(nlp: Language, name: str) -> Tagger:
    """The tagger with the weights of the package."""
    return Tagger(load())


def _parted(rows: NDArray[Any], documents: Sequence[Document]) -> list[NDArray[Any]]:
    """What has a row a word of several papers, paper by paper."""
    return np.split(rows, list(itertools.accumulate(len(document.words) for document in documents))[:-1])


def sentence_bounds(document: Document) -> list[tuple[int, int]]:
    """Sentences as ranges of word indices; a very long one is cut."""
    starts = np.searchsorted(np.asarray(document.starts), np.asarray([a for a, _ in document.sentences]))
    edges = sorted({0, *(int(s) for s in starts), len(document.words)})
    bounds = []
    for first, last in itertools.pairwise(edges):
        bounds += [(cut, min(cut + 200, last)) for cut in range(first, last, 200)]
    return bounds


def decode(scores: Floats, bounds: list[tuple[int, int]], weights: Weights) -> NDArray[np.int64]:
    """The best tag of every word: Viterbi over the stretches between words that are surely no part of a name."""
    tags = np.zeros(len(scores), dtype=np.int64)
    pieces = _open_pieces(scores, bounds)
    if not pieces:
        return tags
    order = sorted(pieces, key=lambda piece: piece[0] - piece[1])
    firsts = np.array([first for first, _ in order])
    lengths = np.array([last - first for first, last in order])
    going_on = (lengths > np.arange(lengths[0])[:, None]).sum(axis=1).tolist()
    best = scores[firsts] + weights.start
    ends, origins = [best.argmax(axis=1)], []
    for step, count in enumerate(going_on[1:], 1):
        paths = best[:count, :, None] + weights.transition
        best = paths.max(axis=1) + scores[firsts[:count] + step]
        origins.append(paths.argmax(axis=1))
        ends.append(best.argmax(axis=1))
    current = ends[0]
    for step in range(len(going_on) - 1, -1, -1):
        count = going_on[step]
        longer = going_on[step + 1] if step + 1 < len(going_on) else 0
        current[longer:count] = ends[step][longer:count]
        tags[firsts[:count] + step] = current[:count]
        if step:
            current[:count] = origins[step - 1][np.arange(count), current[:count]]
    return tags


def _open_pieces(scores: Floats, bounds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of each sentence that are not surely outside any name."""
    sure = scores[:, 0] - scores[:, 1:].max(axis=1) > _SURE
    edges = np.ones(len(sure) + 1, dtype=bool)
    edges[1:-1] = sure[1:] != sure[:-1]
    for first, _ in bounds:
        edges[first] = True
    cuts = np.flatnonzero(edges).tolist()
    return [(first, last) for first, last in itertools.pairwise(cuts) if not sure[first]]


def stretches(tags: NDArray[np.int64]) -> list[tuple[int, int, str]]:
    """Tagged stretches as word ranges and type."""
    found: list[tuple[int, int, str]] = []
    first, last, kind = 0, 0, ""
    named = np.flatnonzero(tags)
    for index, value in zip(named.tolist(), tags[named].tolist(), strict=True):
        mark, _, name = TAGS[value].partition("-")
        if kind and (mark != "I" or name != kind or index > last):
            found.append((first, last, kind))
            kind = ""
        if not kind:
            first, kind = index, name
        last = index + 1
    return [*found, (first, last, kind)] if kind else found


def _by_type(scores: Floats) -> Floats:
    """The chance of each type for every word."""
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    together: Floats = chances[:, 1::2] + chances[:, 2::2]
    return together


@cache
def load(path: Path | None = None) -> Weights:
    """The weights of a file; without one those that come with the package."""
    with (path or files(__package__).joinpath("weights/tagger.npz")).open("rb") as file:
        stored = np.load(file)
        emission = stored["emission"].astype(np.float32) * stored["scale"]
        return Weights(emission, stored["transition"], stored["start"])
