"""Text → what the network reads: word-piece ids and, since the vocabulary is uncased, features of case and place.

The same code serves training (``training/``) and inference, so the two cannot drift apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LIMIT = 512
_OVERLAP = 64
_SHAPES = ("lower", "Title", "CAPS", "Camel", "Caps9", "9", "lower9", "X", "punct")
_GLUES = ("space", "hyphen", "bracket", "letter", "other")
FEATURES: dict[str, int] = {
    "word shape": len(_SHAPES),
    "compound shape": len(_SHAPES),
    "glue": len(_GLUES) ** 2,
    "place": 8,
    "repetition": 16,
}
_WORD = re.compile(r"\w+")
_COMPOUND = re.compile(r"\S+")
# How far before a word a stop is looked for, and what may end there: a stop, or blanks alone.
_NEAR = 4
_STOP = re.compile(r"[.!?:]|\s{4,}")

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text as arrays over its word pieces; ``starts`` and ``ends`` are character offsets."""

    ids: Integers
    features: Integers
    starts: Integers
    ends: Integers

    def __len__(self) -> int:
        return len(self.ids)


class Encoding:
    """The word-piece vocabulary with the features of each piece.

    ``encode(text, body)`` reads a text whose title ends before the character ``body``.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self.start = _required(tokenizer, "[CLS]")
        self.end = _required(tokenizer, "[SEP]")
        self.padding = _required(tokenizer, "[PAD]")

    @classmethod
    def load(cls, path: Path) -> Encoding:
        """Read the vocabulary from a ``tokenizer.json``."""
        from tokenizers import Tokenizer

        return cls(Tokenizer.from_file(str(path)))

    def encode(self, text: str, body: int) -> Encoded:
        """The pieces of ``text`` without the marks of beginning and end."""
        pieces = self._tokenizer.encode(text, add_special_tokens=False)
        starts, ends = np.fromiter(chain.from_iterable(pieces.offsets), dtype=np.int64).reshape(-1, 2).T.copy()
        return Encoded(np.array(pieces.ids, dtype=np.int64), features(text, body, starts), starts, ends)


def _required(tokenizer: Tokenizer, piece: str) -> int:
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise ValueError(f"the vocabulary has no piece {piece}")
    return int(number)


def windows(length: int, limit: int = LIMIT) -> list[tuple[int, int]]:
    """Stretches of at most ``limit`` minus two pieces that cover ``length`` pieces, overlapping.

    >>> windows(300)
    [(0, 300)]
    >>> windows(900)
    [(0, 510), (446, 900)]
    """
    room = limit - 2
    if length <= room:
        return [(0, length)]
    step = room - _OVERLAP
    return [(at, min(at + room, length)) for at in range(0, length - _OVERLAP, step)]


def features(text: str, body: int, starts: Sequence[int] | Integers) -> Integers:
    """One row a piece, one column a feature of `FEATURES`, for the pieces that begin at ``starts``, in order.

    The pieces of a word share the row of its first; a piece outside any word has its own.
    """
    at = np.asarray(starts, dtype=np.int64)
    if not len(at):
        return np.zeros((0, len(FEATURES)), dtype=np.int64)
    words = list(_WORD.finditer(text))
    number, lefts, rights = _owners([word.span() for word in words] or [(len(text), len(text))], at)
    first = np.append(True, lefts[1:] != lefts[:-1])
    number, lefts, rights = number[first], lefts[first], rights[first]
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    glues = _glues(text, codes)
    opening = (lefts == body) | _begin(text, lefts)
    rows = np.empty((len(lefts), len(FEATURES)), dtype=np.int64)
    rows[:, (0, 4)] = np.array([*_of_words(words, body), (_shape(""), 0)])[number]
    rows[:, 1] = _compounds(text, at[first])
    rows[:, 2] = glues[lefts] * len(_GLUES) + glues[rights + 1]
    rows[:, 3] = (lefts < body) + 2 * opening + 4 * (_depths(codes, at)[first] > 0)
    found: Integers = rows[np.cumsum(first) - 1]
    return found


def _owners(spans: list[tuple[int, int]], starts: Integers) -> tuple[Integers, Integers, Integers]:
    """Of each piece the number of its word, -1 for none, and the bounds of the word or of the piece."""
    lefts, rights = np.array(spans, dtype=np.int64).T
    number = np.maximum(np.searchsorted(lefts, starts, side="right") - 1, 0)
    outside = (starts < lefts[number]) | (rights[number] <= starts)
    left, right = np.where(outside, starts, lefts[number]), np.where(outside, starts + 1, rights[number])
    return np.where(outside, -1, number), left, right


def _of_words(words: list[re.Match[str]], body: int) -> list[tuple[int, int]]:
    """Of each word its shape and its repetition: how often it comes, also in another case, also in the title."""
    texts = [word.group() for word in words]
    counts = Counter(texts)
    titled = {word.group() for word in words if word.start() < body}
    known = {}
    for word, count in counts.items():
        lower = word.lower()
        bucket = min(count.bit_length(), 4) - 1
        known[word] = _shape(word), bucket + 4 * (lower != word and lower in counts) + 8 * (word in titled)
    return [known[word] for word in texts]


def _compounds(text: str, starts: Integers) -> Integers:
    """The shapes of what stands between blanks around each place."""
    compounds = list(_COMPOUND.finditer(text))
    shapes = [_shape(compound.group().strip("()[]{},.;:'\"")) for compound in compounds]
    within = np.searchsorted([compound.end() for compound in compounds], starts, side="right")
    found: Integers = np.array([*shapes, _shape("")], dtype=np.int64)[within]
    return found


def _depths(codes: NDArray[np.uint32], starts: Integers) -> Integers:
    """In how many round brackets each piece stands; one that closes nothing counts for nothing."""
    steps = (codes == ord("(")).astype(np.int64) - (codes == ord(")"))
    level = np.append(0, np.cumsum(steps))[starts]
    depths: Integers = level - np.minimum(np.minimum.accumulate(level), 0)
    return depths


def _begin(text: str, places: Integers) -> NDArray[np.bool_]:
    """Whether a stop, and nothing but quotes and brackets, or nothing at all stands right before each place."""
    near = np.zeros(len(text) + _NEAR + 1, dtype=np.bool_)
    near[: _NEAR + 1] = True
    for found in _STOP.finditer(text):
        near[found.end() : found.end() + _NEAR] = True
    begin = near[places]
    for number in np.flatnonzero(begin).tolist():
        place = int(places[number])
        before = text[max(0, place - _NEAR) : place].rstrip()
        begin[number] = not before or before.rstrip("'\")").endswith((".", "!", "?", ":"))
    return begin


@lru_cache(maxsize=1 << 16)
def _shape(word: str) -> int:
    letters = [c for c in word if c.isalpha()]
    digits = any(c.isdigit() for c in word)
    if not letters:
        return _SHAPES.index("9" if digits else "punct")
    capitals = sum(c.isupper() for c in letters)
    if capitals == 0:
        return _SHAPES.index("lower9" if digits else "lower")
    if digits:
        return _SHAPES.index("Caps9")
    if len(letters) == 1:
        return _SHAPES.index("X")
    if capitals == len(letters):
        return _SHAPES.index("CAPS")
    simple = capitals == 1 and word[:1].isupper()
    return _SHAPES.index("Title" if simple else "Camel")


def _glues(text: str, codes: NDArray[np.uint32]) -> Integers:
    """What kind of glue each character is, with a blank before the first and one after the last."""
    glues = np.zeros(len(codes) + 2, dtype=np.int64)
    glues[1:-1] = _ascii_glues()[np.minimum(codes, 127)]
    for at in np.flatnonzero(codes > 127).tolist():
        glues[at + 1] = _glue(text[at])
    return glues


@cache
def _ascii_glues() -> Integers:
    return np.array([_glue(chr(code)) for code in range(128)], dtype=np.int64)


@lru_cache(maxsize=1 << 12)
def _glue(character: str) -> int:
    if character.isspace():
        return 0
    if character in "-–—/_":
        return 1
    if character in "()[]{}":
        return 2
    return 3 if character.isalnum() else 4
