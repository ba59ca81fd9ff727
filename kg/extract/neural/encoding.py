"""Text → what the network reads: word-piece ids and, since the vocabulary is uncased, features of case and place.

The same code serves training (``training/``) and inference, so the two cannot drift apart.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
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
_SENTENCE_END = re.compile(r"[.!?:]['\")]*\s*$|^\s*$")


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text as arrays over its word pieces; ``starts`` and ``ends`` are character offsets."""

    ids: NDArray[np.int64]
    features: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

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
        offsets = np.array(pieces.offsets, dtype=np.int64).reshape(-1, 2)
        starts, ends = offsets[:, 0], offsets[:, 1]
        return Encoded(np.array(pieces.ids, dtype=np.int64), features(text, body, starts.tolist()), starts, ends)


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


def features(text: str, body: int, starts: list[int]) -> NDArray[np.int64]:
    """One row a piece, one column a feature of `FEATURES`, for the pieces that begin at ``starts``."""
    words = list(_WORD.finditer(text))
    counts = Counter(word.group() for word in words)
    titled = {word.group() for word in words if word.start() < body}
    compounds = iter(_COMPOUND.finditer(text))
    compound = next(compounds, None)
    rows: dict[int, tuple[int, int, int, int, int]] = {}
    owner: list[int] = []
    index = 0
    depth = 0
    last = 0
    for start in starts:
        while index + 1 < len(words) and words[index + 1].start() <= start:
            index += 1
        while compound is not None and compound.end() <= start:
            compound = next(compounds, None)
        depth = max(0, depth + _opened(text, last, start))
        last = start
        word = words[index] if words and words[index].start() <= start < words[index].end() else None
        key = word.start() if word else start
        if key not in rows:
            whole = compound.group().strip("()[]{},.;:'\"") if compound else ""
            left, right = (word.start(), word.end()) if word else (start, start + 1)
            rows[key] = (
                _shape(word.group() if word else ""),
                _shape(whole),
                _glue(text, left - 1) * len(_GLUES) + _glue(text, right),
                _place(text, left, body, depth),
                _repetition(word.group(), counts, titled) if word else 0,
            )
        owner.append(key)
    if not owner:
        return np.zeros((0, len(FEATURES)), dtype=np.int64)
    return np.array([rows[key] for key in owner], dtype=np.int64)


def _opened(text: str, start: int, end: int) -> int:
    stretch = text[start:end]
    return stretch.count("(") - stretch.count(")")


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


def _glue(text: str, at: int) -> int:
    if not 0 <= at < len(text) or text[at].isspace():
        return 0
    character = text[at]
    if character in "-–—/_":
        return 1
    if character in "()[]{}":
        return 2
    return 3 if character.isalnum() else 4


def _place(text: str, start: int, body: int, depth: int) -> int:
    first = bool(_SENTENCE_END.search(text[max(0, start - 4) : start])) or start == body
    return (start < body) + 2 * first + 4 * (depth > 0)


def _repetition(word: str, counts: Counter[str], titled: set[str]) -> int:
    bucket = min(counts[word].bit_length(), 4) - 1
    lower = word.lower()
    return bucket + 4 * (lower != word and lower in counts) + 8 * (word in titled)
