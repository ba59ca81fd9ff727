"""Which names the text sets beside one another, and how: *Adaptive Caching (AdaCache)*, *T-LoRA, a Low-Rank …*.

What the names share in letters is the matter of `kg.extract.kinship`; this is the hint the sentence gives, also where
they share nothing (*an Audio-Visual Joint Learning Method (MACB-DF)*).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORDS = r"(?:[\w-]+\s+)"
_FARTHEST = 80
_BETWEEN = (
    ("bracket", re.compile(r"^\s*\($")),
    ("bracket after words", re.compile(r"^\s+(?:[\w-]+\s+){0,2}[\w-]+\s*\($")),
    ("bracket before words", re.compile(rf"^\s*\((?:i\.e\.,?\s+|{_WORDS}{{1,3}})$")),
    ("colon", re.compile(rf"^:\s+{_WORDS}{{0,4}}$")),
    ("or", re.compile(r"^,?\s*\(?\s*(?:or|aka|a\.k\.a\.?,?|i\.e\.,?)\s+(?:simply\s+|just\s+)?[\"“'`]*$")),
    (
        "called",
        re.compile(
            rf"^,?\s*\(?(?:[\w,-]+\s+){{0,5}}(?:called|termed|dubbed|named|coined|denoted|namely|nicknamed"
            rf"|refer(?:red)?\s+to|abbreviated|short\s+for|stands\s+for|call|term|name|dub)\s*(?:as|by)?\s*[,:]?\s*{_WORDS}{{0,2}}[\"“'`]*$"
        ),
    ),
    ("apposition", re.compile(rf"^,\s+(?:a|an|the|our|one)\s+{_WORDS}{{0,5}}$")),
    ("is", re.compile(rf"^\s+(?:is|are)\s+(?:a|an|the|our)\s+{_WORDS}{{0,4}}$")),
)
_CLOSED = re.compile(r"^s?\s*(?:[),;/]|\s(?:for short|or|and)\b)")


def appositions(text: str, names: Iterable[tuple[int, int, str]]) -> dict[tuple[str, str], str]:
    """How the text sets two names beside one another, for names given as start, end and key, by pair of keys.

    >>> appositions("Adaptive Caching (AdaCache) is fast", [(0, 16, "long"), (18, 26, "short")])
    {('long', 'short'): 'bracket'}
    >>> appositions("LoRA: Low-Rank Adaptation", [(0, 4, "a"), (6, 25, "b")])
    {('a', 'b'): 'colon'}
    """
    ordered = sorted(names)
    found: dict[tuple[str, str], str] = {}
    for at, (start, end, key) in enumerate(ordered):
        for next_start, next_end, next_key in ordered[at + 1 : at + 3]:
            between = text[end:next_start]
            if next_start < end or len(between) > _FARTHEST or "\n" in between:
                break
            relation = _relation(between, text[next_end : next_end + 12], start == 0)
            if relation and key != next_key:
                found.setdefault((key, next_key), relation)
    return found


def _relation(between: str, after: str, leads: bool) -> str:
    name = _link(between)
    if name == "colon":
        return name if leads else ""
    return f"{name} open" if name.startswith("bracket") and not _CLOSED.match(after) else name


@lru_cache(maxsize=20_000)
def _link(between: str) -> str:
    """What the words between two names say, empty for nothing; most names have a comma or an *and* between them."""
    return next((name for name, pattern in _BETWEEN if pattern.match(between)), "")
