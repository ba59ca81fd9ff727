"""Linear heads over the things of a paper: role, outcome, and whether a careful reader might leave it out.

Each mention is seen by the words around it, its sentence and where that stands; a thing is the mean of its mentions and
what is known of it as a whole. The component ``linear_heads`` fills `Thing.role_scores`, `outcome_scores`
and `optional_score`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch

from kg.extract.linear.features import Ids, key, keys
from kg.extract.linear.tagger import KEYS
from kg.extract.mention import ROLES, TYPES, Document, Thing, of

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
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 16) -> Iterator[Doc]:
        """Judge the things of papers, some at a time."""
        some: list[Doc]
        for some in minibatch(docs, batch_size):  # type: ignore[no-untyped-call]
            documents = [document for document in map(of, some) if document.things]
            if documents:
                self._judge(documents)
            yield from some

    def _judge(self, documents: Sequence[Document]) -> None:
        scores = _scores(documents, self.weights)
        parts = (slice(0, len(ROLES)), slice(len(ROLES), len(ROLES) + len(OUTCOMES)), slice(-2, None))
        roles, outcomes, doubts = (_softmax(scores[:, part]).tolist() for part in parts)
        things = [thing for document in documents for thing in document.things]
        for thing, role, outcome, doubt in zip(things, roles, outcomes, doubts, strict=True):
            thing.role_scores = dict(zip(ROLES, role, strict=True))
            thing.outcome_scores = dict(zip(OUTCOMES, outcome, strict=True))
            thing.optional_score = doubt[1]
            thing.role_by = "linear_heads"


@Language.factory("linear_heads")
def make_heads(nlp: Language, name: str) -> Heads:
    """The heads with the weights of the package."""
    return Heads(load())


def _scores(documents: Sequence[Document], weights: Floats) -> Floats:
    rows, owners = features(documents)
    each = weights.take(rows.T, axis=0).sum(axis=0)
    edges = np.flatnonzero(np.diff(owners, prepend=-1))
    counts = np.bincount(owners)[:, None].astype(np.float32)
    sums: Floats = np.add.reduceat(each, edges, axis=0)
    return (sums / counts).astype(np.float32)


def features(documents: Sequence[Document]) -> tuple[Ids, Ids]:
    """Feature ids, a row a mention (of a thing with very many only some), and the thing each belongs to.

    The things are those of all papers, one paper after the other; each paper has some.
    """
    things = [(at, thing) for at, document in enumerate(documents) for thing in document.things]
    mentions = [(at, m, index) for index, (at, thing) in enumerate(things) for m in thing.mentions[:_MENTIONS]]
    owners = np.array([index for _, _, index in mentions], dtype=np.int64)
    kinds = np.array([TYPES.index(thing.type) + 1 for _, thing in things], dtype=np.int64)[owners][:, None]
    whole = np.array([row for document in documents for row in _of_things(document)], dtype=np.int64)[owners]
    around, place = _around(documents, [(at, m.start, m.end) for at, m, _ in mentions])
    typed = np.concatenate([around[:, : _BEFORE + _AFTER + 1], place], axis=1) * 17 + kinds
    bags = around[:, -_BAG_BEFORE:] * 19 + kinds
    rows = np.concatenate([whole, around, place, typed, bags], axis=1)
    mixed = rows * 0x9E3779B1
    mixed ^= mixed >> 15
    return (mixed * 0x85EBCA6B >> 7) & _MASK, owners


def _around(documents: Sequence[Document], mentions: Sequence[tuple[int, int, int]]) -> tuple[Ids, Ids]:
    """Of each mention: ids of the words around it by distance, the two before as a pair, both sides as bags; place.

    A mention is the number of its paper and its bounds there. The papers are read as one text, in which no sentence,
    and so no neighbourhood, reaches from one into the next.
    """
    begun = np.cumsum([0, *(len(document.text) + 1 for document in documents)])
    starts = _lined([document.starts or [0] for document in documents], begun)
    ids = np.full(len(starts) + _BAG_BEFORE + _BAG_AFTER, 7, dtype=np.int64)
    ids[_BAG_BEFORE:-_BAG_AFTER] = np.concatenate([_word_ids(document) for document in documents])
    begins = _lined([[0, *(begin for begin, _ in document.sentences[1:])] for document in documents], begun)
    sentence = np.searchsorted(begins, starts, side="right") - 1
    places = np.array(mentions, dtype=np.int64)
    edges = places[:, 1:] + begun[places[:, :1]]
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
    openings = np.searchsorted(begins, begun)
    return around, _place(documents, sentence, number, openings[places[:, 0]], openings[places[:, 0] + 1])


def _lined(offsets: Sequence[Sequence[int]], begun: Ids) -> Ids:
    """Offsets in papers as offsets in the one text in which they begin at ``begun``."""
    return np.concatenate([np.array(own, dtype=np.int64) + at for own, at in zip(offsets, begun[:-1], strict=True)])


def _word_ids(document: Document) -> Ids:
    kept = document.state.get(KEYS)
    found: Ids = (keys(document.words or [""]) if kept is None else kept)[:, 0]
    return found


def _place(documents: Sequence[Document], sentence: Ids, number: Ids, opening: Ids, closing: Ids) -> Ids:
    """Where a mention's sentence stands, whether it speaks of the paper's own work, and whether one before it did.

    ``opening`` and ``closing`` are the first sentence of each mention's paper and the one after its last.
    """
    ours = np.zeros(int(closing.max()) + 1, dtype=np.int64)
    words = [word for document in documents for word in document.words or [""]]
    ours[[int(sentence[i]) for i, word in enumerate(words) if word in _OURS]] = 1
    ours[opening] = 0
    spoken = np.cumsum(ours)
    since = (spoken[number] > spoken[opening]).astype(np.int64)
    ending = (closing - number <= 2).astype(np.int64)
    own, turn = ours[number], np.minimum(number - opening, 9)
    return np.stack([turn * 3 + own + 401, ((since * 2 + ending) * 2 + own) + 451], axis=1)


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
