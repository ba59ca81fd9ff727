"""Acronyms and their expansions as the text pairs them, in both orders (after Schwartz and Hearst, 2003).

*Low-Rank Adaptation (LoRA)*, *LoRA (Low-Rank Adaptation)*, *Graph Neural Networks (GNNs)*, and a title's
*GSPO: Group Sequence Policy Optimization*.
"""

from __future__ import annotations

import re

from kg.extract.mention import Acronym, Document, component

_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,120})[)\]]")
_SHORT = re.compile(r"^[A-Za-z$\\τ][\w.+*$^{}\\/-]{1,14}$")
_WORD_BEFORE = re.compile(r"(\S+)\s*$")
_TITLE = re.compile(r"^\s*([A-Za-z][\w.+*-]{1,14}):\s+(.+)$")
_FUNCTION = frozenset(
    ["of", "for", "and", "the", "in", "on", "with", "to", "a", "an", "from", "by", "via", "at", "or", "as"]
)
_NOT_SHORT = frozenset(
    ["e.g", "i.e", "ours", "left", "right", "top", "bottom", "new", "open", "source", "ii", "iii", "iv", "and", "or"]
)


@component("acronyms")
def find_acronyms(document: Document) -> None:
    """Fill ``document.acronyms``, in order of their place."""
    document.acronyms = pairs(document.text)


def pairs(text: str) -> list[Acronym]:
    """All acronym pairs of a text.

    >>> [(a.short, a.long) for a in pairs("We use Low-Rank Adaptation (LoRA) and SGD (stochastic gradient descent).")]
    [('LoRA', 'Low-Rank Adaptation'), ('SGD', 'stochastic gradient descent')]
    """
    found = []
    for bracket in _BRACKET.finditer(text):
        pair = _long_before(text, bracket) or _short_before(text, bracket)
        if pair:
            found.append(pair)
    head = _TITLE.match(text.split("\n", 1)[0])
    if head and (pair := _title_pair(head)):
        found.append(pair)
    return found


def _long_before(text: str, bracket: re.Match[str]) -> Acronym | None:
    inner = bracket.group(1)
    cut = re.match(r"\s*([^\s,;:=]+)\s*(?:[,;:].*)?$", inner)
    if not cut:
        return None
    short = cut.group(1).strip("\"'“”‘’")
    if not _is_short(short):
        return None
    start = bracket.start(1) + inner.index(short)
    window = max(0, bracket.start() - 15 * (len(short) + 5))
    before = text[window : bracket.start()].rstrip()
    before_start = max(before.rfind(mark) for mark in (". ", "; ", ": ", "(", ")", ", ", "\n"))
    words_end = window + len(before)
    begin = _best_long(short, before, before_start + 1)
    if begin is None:
        return None
    long_start = window + begin
    return Acronym(short, start, start + len(short), text[long_start:words_end], long_start, words_end)


def _short_before(text: str, bracket: re.Match[str]) -> Acronym | None:
    inner = bracket.group(1).strip()
    if " " not in inner and "-" not in inner:
        return None
    before = text[max(0, bracket.start() - 40) : bracket.start()]
    word = _WORD_BEFORE.search(before)
    if not word or not _is_short(word.group(1)):
        return None
    short = word.group(1)
    long = re.split(r"[;,:]| -- ", inner)[0].strip()
    if _best_long(short, long, 0) != 0:
        return None
    start = max(0, bracket.start() - 40) + word.start(1)
    long_start = bracket.start(1) + bracket.group(1).index(long)
    return Acronym(short, start, start + len(short), long, long_start, long_start + len(long))


def _title_pair(head: re.Match[str]) -> Acronym | None:
    short, rest = head.group(1), head.group(2)
    if not _is_short(short):
        return None
    words = rest.split(" ")
    letters = [c.lower() for c in _core(short)]
    for count in range(2, min(len(words), len(short) + 4) + 1):
        long = " ".join(words[:count])
        parts = [w for w in re.split(r"[\s-]+", long) if w.lower() not in _FUNCTION]
        if [w[0].lower() for w in parts if w] == letters:
            return Acronym(short, head.start(1), head.end(1), long, head.start(2), head.start(2) + len(long))
    return None


def _is_short(word: str) -> bool:
    if not _SHORT.match(word) or word.lower() in _NOT_SHORT:
        return False
    return any(c.isupper() for c in word) and sum(c.isalpha() for c in word) >= 2


def _core(short: str) -> str:
    """The letters and digits that must be found in the expansion, a plural *s* left off."""
    core = re.sub(r"[^A-Za-z0-9]", "", short)
    return core[:-1] if core.endswith("s") and core[:-1].isupper() and len(core) > 2 else core


def _best_long(short: str, long: str, lowest: int) -> int | None:
    """Where the expansion of ``short`` begins in ``long`` (which ends where it ends), or None.

    Letters are matched from the end; the first must begin a word. Fewest words win.
    """
    core = _core(short)
    if len(core) < 2:
        return None
    limit = min(len(core) + 6, len(core) * 2 + 1)
    position = len(long)
    for index in range(len(core) - 1, -1, -1):
        letter = core[index].lower()
        position -= 1
        while position >= max(0, lowest):
            if long[position].lower() == letter and (index > 0 or _begins_word(long, position)):
                break
            position -= 1
        if position < max(0, lowest):
            return None
    begin = max(lowest, long.rfind(" ", 0, position) + 1)
    piece = long[begin:]
    words = piece.replace("-", " ").split()
    if not 2 <= len(words) <= limit or short in piece.split():
        return None
    return begin if begin >= 0 and position >= begin and _initials_plausible(core, words) else None


def _begins_word(text: str, position: int) -> bool:
    return position == 0 or not text[position - 1].isalnum()


def _initials_plausible(core: str, words: list[str]) -> bool:
    """Whether enough word beginnings carry the acronym (guards against letters found by chance)."""
    letters = core.lower()
    heads = [w[0].lower() for w in words if w and w.lower() not in _FUNCTION]
    carried = sum(1 for h in heads if h in letters)
    return bool(heads) and carried >= 0.6 * len(heads) and heads[0] == letters[0]
