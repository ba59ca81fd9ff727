"""Linear heads over the things of a paper: role, outcome, and whether a careful reader might leave it out.

Each mention is seen by the words around it, its sentence and where that stands; a thing is the mean of its mentions and
what is known of it as a whole. The component ``linear_heads`` fills `Thing.role_scores`, `outcome_scores`
and `optional_score`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.linear.features import Ids, key, keys
from kg.extract.linear.tagger import KEYS
from kg.extract.mention import ROLES, TYPES, Document, Mention, Thing, of

OUTCOMES = ("none", "better", "worse", "on_par")
WIDTH = len(ROLES) + len(OUTCOMES) + 2
BITS = 18
_MASK = (1 << BITS) - 1
_BEFORE, _AFTER = 5, 4
_BAG_BEFORE, _BAG_AFTER = 16, 10
_MENTIONS = 8
Floats = NDArray[np.float32]


class Heads:
    """The component: fills the role, outcome and doubt scores of every thing."""

    def __init__(self, weights: Floats) -> None:
        self.weights = weights

    def __call__(self, doc: Doc) -> Doc:
        """Judge the things of one paper."""
        document = of(doc)
        if document.things:
            self._judge(document)
        return doc

    def _judge(self, document: Document) -> None:
        scores = _scores(document, self.weights)
        parts = (slice(0, len(ROLES)), slice(len(ROLES), len(ROLES) + len(OUTCOMES)), slice(-2, None))
        roles, outcomes, doubts = (_softmax(scores[:, part]).tolist() for part in parts)
        for thing, role, outcome, doubt in zip(document.things, roles, outcomes, doubts, strict=True):
            thing.role_scores = dict(zip(ROLES, role, strict=True))
            thing.outcome_scores = dict(zip(OUTCOMES, outcome, strict=True))
            thing.optional_score = doubt[1]
            thing.role_by = "linear_heads"


@Language.factory("linear_heads")
def make_heads(nlp: Language, name: str) -> Heads:
    """The heads with the weights of the package."""
    return Heads(load())


def _scores(document: Document, weights: Floats) -> Floats:
    rows, owners = features(document)
    each = weights.take(rows.T, axis=0).sum(axis=0)
    edges = np.flatnonzero(np.diff(owners, prepend=-1))
    counts = np.bincount(owners)[:, None].astype(np.float32)
    sums: Floats = np.add.reduceat(each, edges, axis=0)
    return (sums / counts).astype(np.float32)


def features(document: Document) -> tuple[Ids, Ids]:
    """Feature ids, a row a mention (of a thing with very many only some), and the thing each belongs to."""
    mentions = [(m, index) for index, thing in enumerate(document.things) for m in thing.mentions[:_MENTIONS]]
    owners = np.array([index for _, index in mentions], dtype=np.int64)
    kinds = np.array([TYPES.index(thing.type) + 1 for thing in document.things], dtype=np.int64)[owners][:, None]
    whole = np.array(_of_things(document), dtype=np.int64)[owners]
    around, place = _around(document, [m for m, _ in mentions])
    typed = np.concatenate([around[:, : _BEFORE + _AFTER + 1], place], axis=1) * 17 + kinds
    bags = around[:, -_BAG_BEFORE:] * 19 + kinds
    rows = np.concatenate([whole, around, place, typed, bags], axis=1)
    mixed = rows * 0x9E3779B1
    mixed ^= mixed >> 15
    return (mixed * 0x85EBCA6B >> 7) & _MASK, owners


def _around(document: Document, mentions: list[Mention]) -> tuple[Ids, Ids]:
    """Of each mention: ids of the words around it by distance, the two before as a pair, both sides as bags; place."""
    starts = np.asarray(document.starts or [0], dtype=np.int64)
    ids = np.full(len(starts) + _BAG_BEFORE + _BAG_AFTER, 7, dtype=np.int64)
    kept = document.state.get(KEYS)
    ids[_BAG_BEFORE : _BAG_BEFORE + len(document.words)] = (keys(document.words) if kept is None else kept)[:, 0]
    begins = np.asarray([a for a, _ in document.sentences] or [0], dtype=np.int64)
    sentence = np.maximum(np.searchsorted(begins, starts, side="right") - 1, 0)
    edges = np.array([(m.start, m.end) for m in mentions], dtype=np.int64)
    first = np.maximum(np.searchsorted(starts, edges[:, 0], side="right") - 1, 0)
    last = np.maximum(np.searchsorted(starts, edges[:, 1]), first + 1)
    number = sentence[first]
    low = np.searchsorted(sentence, number, side="left")
    high = np.searchsorted(sentence, number, side="right")
    back = first[:, None] - 1 - np.arange(_BAG_BEFORE)
    ahead = last[:, None] + np.arange(_BAG_AFTER)
    before = np.where(back >= low[:, None], ids[back + _BAG_BEFORE], 7)
    after = np.where(ahead < high[:, None], ids[np.minimum(ahead, len(starts) + _BAG_AFTER - 1) + _BAG_BEFORE], 9)
    near = before[:, :_BEFORE] * 31 + np.arange(_BEFORE) + 11
    next_ = after[:, :_AFTER] * 37 + np.arange(_AFTER) + 101
    pair = before[:, :1] * 41 + before[:, 1:2] * 43 + 201
    around = np.concatenate([near, next_, pair, after * 59 + 303, before * 53 + 301], axis=1)
    return around, _place(document, sentence, number)


def _place(document: Document, sentence: Ids, number: Ids) -> Ids:
    """Where a mention's sentence stands, whether it speaks of the paper's own work, and whether one before it did."""
    total = int(sentence[-1]) + 1
    ours = np.zeros(total + 1, dtype=np.int64)
    ours[[int(sentence[i]) for i, word in enumerate(document.words) if word in _OURS]] = 1
    ours[0] = 0
    since = (np.cumsum(ours) > 0).astype(np.int64)[number]
    ending = (total - number <= 2).astype(np.int64)
    own = ours[number]
    return np.stack([np.minimum(number, 9) * 3 + own + 401, ((since * 2 + ending) * 2 + own) + 451], axis=1)


_OURS = frozenset(("we", "We", "our", "Our", "paper", "work", "this", "This"))


def _of_things(document: Document) -> list[list[int]]:
    cues = sorted((m.start, m.end) for m in document.mentions if m.cue == "introduces")
    return [_of_thing(document, thing, cues) for thing in document.things]


def _of_thing(document: Document, thing: Thing, cues: list[tuple[int, int]]) -> list[int]:
    """Features of a thing as a whole: type, cues, how often and where it comes, how it is written."""
    kind = TYPES.index(thing.type) + 1
    cued = any(a < m.end and m.start < b for m in thing.mentions for a, b in cues)
    titled = thing.mentions[0].start < document.body
    headed = thing.mentions[0].start == 0
    often = min(len(thing.mentions), 4)
    name = thing.name
    casing = 2 if any(c.isupper() for c in name[1:]) else int(name[:1].isupper())
    flags = ((cued * 2 + titled) * 2 + headed) * 5 + often
    words = name.split() or [name]
    return [
        kind + 501,
        (flags + 521) * 17 + kind,
        (casing + 561) * 17 + kind,
        (cued * 2 + titled + 571) * 17 + kind,
        (often * 3 + casing + 581) * 17 + kind,
        key(name.casefold())[0] * 97 + 506,
        key(words[-1])[0] * 101 + 507,
    ]


def _softmax(scores: Floats) -> Floats:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Floats = shifted / shifted.sum(axis=1, keepdims=True)
    return chances


@cache
def load(path: Path | None = None) -> Floats:
    """The weights of a file; without one those that come with the package."""
    with (path or files(__package__).joinpath("weights/heads.npz")).open("rb") as file:
        stored = np.load(file)
        weights: Floats = stored["weights"].astype(np.float32) * stored["scale"]
        return weights
