"""What the linear tagger sees of each word: hashed ids of its form, its neighbours and its standing in the paper.

The features of a word by itself are worked out once a word and kept; those of its neighbourhood are arithmetic on
arrays. A row of the result holds the ids of one word; the model sums the weights stored at them.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kg.extract.mention import TYPES, Document

BITS = 18
SIZE = 1 << BITS
_MASK = SIZE - 1
_OWN = 12
_PROPOSERS = {"lexicon": 0, "lexicon.family": 1, "hardware": 2}
# Columns of a word's own features that neighbours see, by distance.
_SEEN = {-2: (0, 3), -1: (0, 2, 3, 4), 1: (0, 2, 3, 4), 2: (0, 3), -3: (0,), 3: (0,)}
_PRODUCTS = (
    (-1, 0, 0, 0),
    (0, 0, 1, 0),
    (-1, 3, 0, 3),
    (0, 3, 1, 3),
    (-1, 0, 0, 3),
    (0, 3, 1, 0),
    (-2, 0, -1, 0),
    (1, 0, 2, 0),
)

Ids = NDArray[np.int64]


def features(document: Document) -> Ids:
    """Feature ids of a document: a row a word, always the same number of columns."""
    words = document.words
    if not words:
        return np.zeros((0, 1), dtype=np.int64)
    own = np.array([own_features(word) for word in words], dtype=np.int64)
    own, capital = own[:, :_OWN], own[:, _OWN]
    columns = [own]
    for offset, seen in _SEEN.items():
        columns.append(_salt(_shift(own[:, seen], offset), 1000 + offset))
    for left, a, right, b in _PRODUCTS:
        pair = _shift(own[:, [a]], left) * 31 + _shift(own[:, [b]], right) * 17
        columns.append(_salt(pair, 2000 + left * 100 + a * 10 + b))
    standing = _standing(document, capital)
    columns.append(standing)
    columns.append(_salt(standing[:, [0]] * 31 + own[:, [3]] * 17, 3001))
    columns.append(_salt(standing[:, [1]] * 31 + own[:, [3]] * 17, 3002))
    columns.append(_salt(_shift(standing[:, [1]], 1), 3003))
    columns.append(_salt(_shift(standing[:, [1]], -1), 3004))
    return np.concatenate(columns, axis=1) & _MASK


@lru_cache(maxsize=60_000)
def own_features(word: str) -> tuple[int, ...]:
    """Ids of a word's form: itself, affixes, shape, and what its parts look like."""
    low = word.casefold()[:40]
    parts = re.split(r"[-_.@/:]", low)
    letters = re.sub(r"[\d.]+", "0", low)
    found = (
        f"w{low}",
        f"p{low[:3]}",
        f"s{low[-3:]}",
        f"h{_shape(word)}",
        f"c{_casing(word)}",
        f"4{low[-4:]}",
        f"q{low[:4]}",
        f"l{letters}",
        f"a{parts[0]}",
        f"z{parts[-1]}",
        f"n{min(len(word), 12)}{word[:1].isupper()}",
        f"2{low[-2:]}{_casing(word)}",
    )
    return (*(crc32(piece.encode()) for piece in found), any(c.isupper() for c in word))


def _shape(word: str) -> str:
    """Capitals as X, small letters as x, digits as 0; runs shortened."""
    shape = re.sub(r"[^\W\d_]", lambda m: "X" if m.group().isupper() else "x", word[:30])
    shape = re.sub(r"\d", "0", shape)
    return re.sub(r"(.)\1+", r"\1+", shape)


def _casing(word: str) -> str:
    capitals = sum(c.isupper() for c in word)
    digits = any(c.isdigit() for c in word)
    if not any(c.isalpha() for c in word):
        return "number" if digits else "mark"
    if capitals == 0:
        kind = "low"
    elif capitals == sum(c.isalpha() for c in word):
        kind = "one" if capitals == 1 else "all"
    elif capitals == 1 and word[0].isupper():
        kind = "title"
    else:
        kind = "mixed"
    return kind + ("0" if digits else "")


def _shift(columns: Ids, offset: int) -> Ids:
    """The rows of ``columns`` seen from ``offset`` words away; nothing (0) past the ends."""
    shifted = np.zeros_like(columns)
    if offset > 0:
        shifted[:-offset] = columns[offset:]
    elif offset < 0:
        shifted[-offset:] = columns[:offset]
    else:
        shifted[:] = columns
    return shifted


def _salt(ids: Ids, salt: int) -> Ids:
    """Ids spread anew, so that one word has different features at different places."""
    mixed = (ids + salt * 0x9E3779B1) * 0x85EBCA6B
    return (mixed >> 13) ^ mixed


def _standing(document: Document, capital: Ids) -> Ids:
    """Of each word: where it stands in the paper, what lists and rules say of it, how often it comes, its company."""
    words = document.words
    starts = np.asarray(document.starts)
    head = document.text.find(": ")
    head = head if head < document.body else -1
    place = np.where(starts < head, 1, np.where(starts < document.body, 2, 3))
    paired = np.zeros(len(words), dtype=np.int64)
    for pair in document.acronyms:
        _mark(paired, starts, pair.long_start, pair.long_end, 1, 1)
        _mark(paired, starts, pair.short_start, pair.short_end, 2, 2)
    counts = Counter(words)
    often = np.fromiter((counts[word] for word in words), np.int64, len(words))
    often = np.minimum(often, 4) * capital
    titled = set(words[: bisect.bisect_left(document.starts, document.body)])
    repeated = np.fromiter((word in titled for word in words), np.int64, len(words)) * capital * (place == 3)
    known = _known(document, starts)
    rows = (
        place * 4 + paired + 100,
        known + 200,
        often * 2 + repeated + 300,
        ((place * 5 + often) * 2 + repeated) * 3 + paired + 400,
    )
    return np.stack(rows, axis=1) * 0x9E3779B1


def _known(document: Document, starts: Ids) -> Ids:
    """For each word a code of the known name it belongs to (by proposer and type), and of its position in it."""
    known = np.zeros(len(starts), dtype=np.int64)
    for mention in document.mentions:
        code = _PROPOSERS.get(mention.extractor)
        if code is not None:
            kind = 2 * (code * 8 + TYPES.index(mention.type)) + 1
            _mark(known, starts, mention.start, mention.end, kind, kind + 1)
    return known


def _mark(codes: Ids, starts: Ids, start: int, end: int, first: int, rest: int) -> None:
    """Write ``first`` and then ``rest`` over the words that begin in ``[start, end)``."""
    low, high = (int(i) for i in np.searchsorted(starts, (start, end)))
    if low < high:
        codes[low] = first
        codes[low + 1 : high] = rest
