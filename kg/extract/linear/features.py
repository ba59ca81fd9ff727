"""What the linear tagger sees of each word: hashed ids of its form, its neighbours and its standing in the paper.

Most features of a word depend on one word alone (itself, or a neighbour at some distance): `unary_ids` gives those, so
that the tagger can sum their weights once a word and keep them. The rest, `context_ids`, are products of neighbours
and what the paper as a whole says of the word.
"""

from __future__ import annotations

import bisect
import itertools
import re
import string
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kg.extract.mention import TYPES, Document

BITS = 18
SIZE = 1 << BITS
_MASK = SIZE - 1
_ALL = tuple(range(12))
# Which features of a word are seen from which distance.
SEEN = {0: _ALL, -1: (0, 2, 3, 4), 1: (0, 2, 3, 4), -2: (0, 3), 2: (0, 3), -3: (0,), 3: (0,)}
BOUNDS = [0, *itertools.accumulate(len(seen) for seen in SEEN.values())][:-1]
_COLUMNS = np.concatenate([*SEEN.values()])
_SALTS = np.repeat([(1000 + offset) * 0x9E3779B1 for offset in SEEN], [len(seen) for seen in SEEN.values()])
_WORD, _SHAPE = 0, 1
_PRODUCTS = (
    (-1, _WORD, 0, _WORD),
    (0, _WORD, 1, _WORD),
    (-1, _SHAPE, 0, _SHAPE),
    (0, _SHAPE, 1, _SHAPE),
    (-1, _WORD, 0, _SHAPE),
    (0, _SHAPE, 1, _WORD),
    (-2, _WORD, -1, _WORD),
    (1, _WORD, 2, _WORD),
)
_PROPOSERS = {
    "lexicon": 0,
    "lexicon.family": 1,
    "hardware": 2,
    "patterns:title": 3,
    "patterns:own": 4,
    "patterns:called": 5,
    "patterns:apposed": 6,
}

_JOINT = re.compile(r"[-_.@/:]")
_NUMBER = re.compile(r"[\d.]+")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_RUN = re.compile(r"(.)\1+")
_SHAPES = str.maketrans(
    {
        **dict.fromkeys(string.ascii_uppercase, "X"),
        **dict.fromkeys(string.ascii_lowercase, "x"),
        **dict.fromkeys(string.digits, "0"),
    }
)

Ids = NDArray[np.int64]


def features(document: Document) -> Ids:
    """All feature ids of a document, a row a word: what the tagger is trained on."""
    forms = np.array([form_ids(word) for word in ("", *document.words)], dtype=np.int64)
    outside, *rows = np.split(unary_ids(forms), [1], axis=1)
    blocks = np.split(rows[0].T, BOUNDS[1:], axis=1)
    edges = np.split(outside.T, BOUNDS[1:], axis=1)
    columns = [_moved(*block) for block in zip(blocks, SEEN, edges, strict=True)]
    return np.concatenate([*columns, context_ids([document], keys(document.words)).T], axis=1)


def unary_ids(forms: Ids) -> Ids:
    """Ids of what words show to the word at each distance of `SEEN`, from their `form_ids` (a row a word).

    A column a word; the rows of the distances begin at `BOUNDS`. One form has different ids at different distances.
    """
    mixed = (forms.T[_COLUMNS] + _SALTS[:, None]) * 0x85EBCA6B
    ids: Ids = ((mixed >> 13) ^ mixed) & _MASK
    return ids


@lru_cache(maxsize=60_000)
def form_ids(word: str) -> tuple[int, ...]:
    """Ids of a word's form: itself, affixes, shape, and what its parts look like."""
    low = word.casefold()[:40]
    parts = _JOINT.split(low)
    casing = _casing(word)
    found = (
        f"w{low}",
        f"p{low[:3]}",
        f"s{low[-3:]}",
        f"h{_shape(word)}",
        f"c{casing}",
        f"4{low[-4:]}",
        f"q{low[:4]}",
        "l" + _NUMBER.sub("0", low),
        f"a{parts[0]}",
        f"z{parts[-1]}",
        f"n{min(len(word), 12)}{word[:1].isupper()}",
        f"2{low[-2:]}{casing}",
    )
    return tuple([crc32(piece.encode()) for piece in found])


def keys(words: Sequence[str]) -> Ids:
    """Of each word its ids as word and as shape, and whether it has a capital: what `context_ids` is made of."""
    return np.array([key(word) for word in words], dtype=np.int64).reshape(-1, 3)


def key(word: str) -> tuple[int, int, bool]:
    """The row of `keys` of one word."""
    ids = form_ids(word)
    return ids[0], ids[3], not word.islower() and any(c.isupper() for c in word)


def places(documents: Sequence[Document], reach: int) -> Ids:
    """Where the words of several papers stand in one row, with ``reach`` empty places before, between and behind."""
    lengths = [len(document.words) for document in documents]
    gaps = np.repeat(np.arange(1, len(lengths) + 1) * reach, lengths)
    return np.arange(sum(lengths)) + gaps


def context_ids(documents: Sequence[Document], keys: Ids) -> Ids:
    """Ids of neighbouring words taken together, and of each word's standing in its paper; a column a word.

    ``keys`` has a row for each word of the papers, one paper after the other; papers are no neighbours.
    """
    count = len(keys)
    at = places(documents, 2)
    padded = np.zeros((2, count + 2 * len(documents) + 2), dtype=np.int64)
    padded[:, at] = keys[:, :2].T
    seen = {offset: padded[:, at + offset] for offset in range(-2, 3)}
    found = np.empty((len(_PRODUCTS) + 8, count), dtype=np.int64)
    for row, (left, a, right, b) in enumerate(_PRODUCTS):
        found[row] = seen[left][a] * 31 + seen[right][b] * 17 + (2000 + row) * 0x9E3779B1
    _standing(documents, keys, found[len(_PRODUCTS) :])
    mixed = found * 0x85EBCA6B
    mixed ^= mixed >> 13
    return mixed & _MASK


def _shape(word: str) -> str:
    """Capitals as X, small letters as x, digits as 0; runs shortened."""
    if word.isascii():
        shape = word[:30].translate(_SHAPES)
    else:
        shape = _LETTER.sub(lambda m: "X" if m.group().isupper() else "x", word[:30])
        shape = _DIGIT.sub("0", shape)
    return _RUN.sub(r"\1+", shape)


def _casing(word: str) -> str:
    if word.isascii() and word.isalpha() and word.islower():
        return "low"
    capitals = sum([c.isupper() for c in word])
    digits = any(c.isdigit() for c in word)
    letters = sum([c.isalpha() for c in word])
    if not letters:
        return "number" if digits else "mark"
    if capitals == 0:
        kind = "low"
    elif capitals == letters:
        kind = "one" if capitals == 1 else "all"
    elif capitals == 1 and word[0].isupper():
        kind = "title"
    else:
        kind = "mixed"
    return kind + ("0" if digits else "")


def _moved(rows: Ids, offset: int, outside: Ids) -> Ids:
    """The rows as seen from ``offset`` words away, ``outside`` past the ends."""
    moved = np.empty_like(rows)
    moved[:] = outside
    if offset > 0:
        moved[:-offset] = rows[offset:]
    elif offset < 0:
        moved[-offset:] = rows[:offset]
    else:
        moved[:] = rows
    return moved


def _standing(documents: Sequence[Document], keys: Ids, out: Ids) -> None:
    """Of each word: where it stands in its paper, what lists and rules say of it, how often it comes, its company."""
    capital = keys[:, 2]
    columns: tuple[list[int], ...] = ([], [], [], [], [])
    for document in documents:
        for column, values in zip(columns, _counted(document), strict=True):
            column += values
    place, paired, often, repeated, known = np.array(columns, dtype=np.int64)
    often = np.minimum(often, 4) * capital
    repeated *= capital * (place == 1)
    ends = np.cumsum([len(document.words) for document in documents])
    out[0] = place * 4 + paired + 100
    out[1] = known + 200
    out[2] = often * 2 + repeated + 300
    out[3] = ((place * 5 + often) * 2 + repeated) * 3 + paired + 400
    out[4] = out[0] * 31 + keys[:, 1] * 17
    out[5] = out[1] * 37 + keys[:, 1] * 19
    out[6, :-1] = out[1, 1:] + 5000
    out[6, ends - 1] = 0
    out[7, 1:] = out[1, :-1] + 6000
    out[7, [0, *ends[:-1]]] = 0
    out *= 0x9E3779B1


def _counted(document: Document) -> tuple[list[int], ...]:
    """For each word of a paper: its place, its part in acronyms, its count, whether the title has it, who knows it."""
    words, total = document.words, len(document.words)
    body = bisect.bisect_left(document.starts, document.body)
    head = bisect.bisect_left(document.starts, max(document.text.find(": ", 0, document.body), 0))
    place = [3] * head + [2] * (body - head) + [1] * (total - body)
    paired = [0] * total
    for pair in document.acronyms:
        _mark(document, paired, pair.long_start, pair.long_end, 1, 1)
        _mark(document, paired, pair.short_start, pair.short_end, 2, 2)
    counts, titled = Counter(words), set(words[:body])
    return place, paired, [counts[word] for word in words], [word in titled for word in words], _known(document)


def _known(document: Document) -> list[int]:
    """For each word a code of the known name it belongs to (by proposer and type), and of its position in it."""
    known = [0] * len(document.words)
    for mention in document.mentions:
        code = _PROPOSERS.get(mention.extractor)
        if code is not None:
            kind = 2 * (code * 8 + TYPES.index(mention.type)) + 1
            _mark(document, known, mention.start, mention.end, kind, kind + 1)
    return known


def _mark(document: Document, codes: list[int], start: int, end: int, first: int, rest: int) -> None:
    """Write ``first`` and then ``rest`` over the words that begin in ``[start, end)``."""
    low = bisect.bisect_left(document.starts, start)
    high = bisect.bisect_left(document.starts, end)
    if low < high:
        codes[low:high] = [first, *[rest] * (high - low - 1)]
