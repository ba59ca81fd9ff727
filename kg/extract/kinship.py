"""How two surface forms of one paper are akin, and how likely they name one thing (for `kg.extract.grouping`).

*Low-Rank Adaptation* and *LoRA*, *GSM8K benchmark* and *GSM8K*, *LoRAs* and *LoRA* are one; *Llama-2-7B* and *Llama-2*,
*GPT-4o* and *GPT-4o-mini*, *ScanNet* and *ScanNet++* are not. The weights are learned from annotated papers
(``training/kinship.py``) and stand in ``data/kinship.tsv``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache

from kg.extract.data import rows

_PART = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*|\+")
_PIECE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+")
_SIZE = re.compile(r"^\d+(?:\.\d+)?[kmbt]?$", re.I)
_BRACKETED = re.compile(r"\(([^()]+)\)")
_FUNCTION = frozenset(
    ["of", "for", "and", "the", "in", "on", "with", "to", "a", "an", "from", "by", "via", "at", "or", "as"]
)


@dataclass(frozen=True, slots=True)
class Form:
    """One way a thing is written: its parts, folded and without plural, and its letters alone.

    ``opens`` are the letters its parts begin with; a ``coined`` form may be made of another's words.
    """

    text: str
    parts: tuple[str, ...]
    letters: str
    acronym: bool
    distinct: frozenset[str]
    pieces: tuple[str, ...]
    opens: frozenset[str]
    coined: bool


@lru_cache(maxsize=100_000)
def form(text: str) -> Form:
    """The form of a stretch of text.

    >>> form("Graph Neural Networks").parts, form("LLaMA-2-7B").parts
    (('graph', 'neural', 'network'), ('llama', '2', '7', 'b'))
    """
    parts = tuple(_singular(part) for part in _PART.findall(text))
    letters = "".join(c for c in text if c.isalnum())
    core = letters[:-1] if letters.endswith("s") and len(letters) > 2 else letters
    acronym = " " not in text and 2 <= len(core) <= 10 and sum(c.isupper() for c in core) >= max(2, len(core) / 2)
    pieces = tuple(piece.casefold() for piece in _PIECE.findall(text))
    opens = frozenset(word[0] for word in (*parts, *pieces))
    folded = core.casefold()
    coined = " " not in text and (acronym or len(folded) > 3)
    return Form(text, parts, folded, acronym, frozenset(parts), pieces, opens, coined)


def _singular(part: str) -> str:
    low = part.casefold()
    if part.endswith("ies") and len(part) > 4:
        return low[:-3] + "y"
    return low[:-1] if part.endswith("s") and not part.endswith("ss") and len(part) > 2 else low


@dataclass(frozen=True)
class Hints:
    """What the text says of pairs of forms, by their letters: acronyms it explains, names it sets side by side."""

    paired: Set[tuple[str, str]] = frozenset()
    beside: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def spoken_of(self) -> Set[str]:
        """The letters of all forms that the text says something of."""
        return frozenset(letters for pair in (*self.paired, *self.beside) for letters in pair)

    def explained(self, one: Form, other: Form) -> bool:
        """Whether the text gives one form as the acronym of the other."""
        return (one.letters, other.letters) in self.paired or (other.letters, one.letters) in self.paired

    def set_beside(self, one: Form, other: Form) -> str:
        """How the text sets the two side by side (`kg.extract.apposition`), empty where it does not."""
        return self.beside.get((one.letters, other.letters)) or self.beside.get((other.letters, one.letters), "")


def akin(one: Form, other: Form, hints: Hints) -> bool:
    """Whether there is enough for a judgement: a word or an acronym's letters shared, or a place side by side."""
    if one.letters == other.letters or not one.distinct.isdisjoint(other.distinct):
        return True
    spoken = hints.spoken_of
    both = one.letters in spoken and other.letters in spoken
    if both and (hints.explained(one, other) or hints.set_beside(one, other)):
        return True
    if not (_opening(one, other) or _opening(other, one)):
        return False
    return ((one.acronym or other.acronym) and _initials(one, other) != "") or _blend(one, other) != ""


def _opening(word: Form, phrase: Form) -> bool:
    """Whether a word can be made of a phrase's words: it begins as one of them does."""
    return word.coined and len(phrase.parts) > 1 and word.letters[:1] in phrase.opens


def features(one: Form, other: Form, kinds: tuple[str, str], hints: Hints) -> Iterator[str]:
    """Names of the features two forms have in common or apart, for `judge`."""
    short, long = sorted((one, other), key=lambda f: (len(f.parts), len(f.text)))
    kind = kinds[0] if kinds[0] == kinds[1] else "mixed"
    relation = _relation(short, long)
    if hints.explained(short, long):
        relation = "paired"
    initials = _initials(short, long)
    named = _named(short) + _named(long)
    yield f"relation={relation}"
    yield f"relation={relation} kind={kind}"
    yield f"relation={relation} case={named}"
    if initials:
        yield f"initials={initials}"
        yield f"initials={initials} relation={relation}"
    blend = _blend(short, long)
    if blend:
        yield f"blend={blend}"
        yield f"blend={blend} relation={relation}"
        yield f"blend={blend} kind={kind}"
    if beside := hints.set_beside(one, other):
        yield f"beside={beside}"
        yield f"beside={beside} kind={kind}"
        yield f"beside={beside} case={named}"
        yield f"beside={beside} relation={relation} blend={blend} initials={initials}"
        yield f"beside={beside} ordered={_ordered(short, long)} case={named}"
    if any(form(inner).letters == short.letters for inner in _BRACKETED.findall(long.text)):
        yield "bracketed"
    if relation in ("plural", "paired", "none"):
        return
    extra = [part for part in long.parts if part not in short.parts]
    lacking = [part for part in short.parts if part not in long.parts]
    yield f"extra={min(len(extra), 4)} {relation}"
    yield f"lacking={min(len(lacking), 3)} {relation}"
    yield f"short={min(len(short.parts), 4)} {relation}"
    if short.acronym:
        yield f"short acronym {relation}"
    if any(_SIZE.match(part) for part in extra):
        yield f"extra number {relation} {kind}"
    if any(_SIZE.match(part) for part in extra) and any(_SIZE.match(part) for part in lacking):
        yield "numbers differ"
    if relation == "prefix" and (tail := long.text[len(short.text) :]):
        yield f"tail glue={tail[0] if not tail[0].isalnum() else 'w'} {_named_text(tail)}"
    if relation == "suffix" and (head := long.text[: len(long.text) - len(short.text)]):
        yield f"head glue={head[-1] if not head[-1].isalnum() else 'w'} {_named_text(head)}"
    for part in extra:
        yield f"extra:{part}"
        yield f"extra:{part} {relation}"
    for part in lacking:
        yield f"lacking:{part}"


def judge(one: Form, other: Form, kinds: tuple[str, str], hints: Hints) -> float:
    """The probability that two forms name one thing.

    >>> judge(form("LoRA"), form("LoRAs"), ("Method", "Method"), Hints()) > 0.5
    True
    >>> judge(form("Llama-2"), form("Llama-2-7B"), ("Model", "Model"), Hints()) < 0.5
    True
    """
    weights = _weights()
    total = weights.get("", 0.0) + sum(weights.get(name, 0.0) for name in features(one, other, kinds, hints))
    return 1.0 / (1.0 + math.exp(-total))


@cache
def _weights() -> Mapping[str, float]:
    return {name: float(value) for name, value in rows("kinship.tsv")}


def _relation(short: Form, long: Form) -> str:
    a, b = short.parts, long.parts
    if (short.letters == long.letters and ("+" in a) == ("+" in b)) or a == b:
        return "plural"
    if not a:
        return "none"
    if b[-len(a) :] == a:
        return "suffix"
    if b[: len(a)] == a:
        return "prefix"
    shared = short.distinct & long.distinct
    if len(shared) == len(short.distinct):
        return "within"
    content = {part for part in shared if part not in _FUNCTION}
    return "overlap" if content else "none"


def _initials(one: Form, other: Form) -> str:
    """How the letters of an acronym stand in the words of the other form: ``all``, ``first`` of more, ``last``."""
    short, long = (one, other) if one.acronym else (other, one)
    if not short.acronym or len(long.parts) < 2:
        return ""
    heads = "".join(part[0] for part in long.parts if part not in _FUNCTION)
    every = "".join(part[0] for part in long.parts)
    if short.letters in (heads, every):
        return "all"
    if len(short.letters) < 3:
        return ""
    if heads.startswith(short.letters) or every.startswith(short.letters):
        return "first"
    if heads.endswith(short.letters) or every.endswith(short.letters):
        return "last"
    return "spread" if len(short.letters) > 3 and _spread(short.letters, long.parts) else ""


def _ordered(one: Form, other: Form) -> bool:
    """Whether the letters of the shorter stand in the longer in order, the first of them opening a word."""
    short, long = sorted((one, other), key=lambda f: len(f.letters))
    text = " ".join(long.pieces)
    at = f" {text}".find(f" {short.letters[:1]}")
    for letter in short.letters:
        at = text.find(letter, at) + 1 if at >= 0 else -1
        if at <= 0:
            return False
    return True


def _spread(letters: str, parts: tuple[str, ...]) -> bool:
    """Whether the letters stand in the words in order, every word giving its first letter."""
    at = 0
    for part in parts:
        if part in _FUNCTION:
            continue
        if at >= len(letters) or part[0] != letters[at]:
            return False
        at += 1
        for c in part[1:]:
            if at < len(letters) and c == letters[at] and (len(letters) - at) > 1:
                at += 1
    return at >= len(letters)


def _blend(one: Form, other: Form) -> str:
    """How far a coined word is put together from beginnings of the other form's words (*AdaCache*, *NeCo*, *CoATA*)."""
    for word, phrase in ((one, other), (other, one)):
        if len(word.letters) > 3 and " " not in word.text and len(phrase.parts) > 1 and word.letters != phrase.letters:
            found = _put_together(word.letters, phrase.pieces)
            if found:
                return found
    return ""


@lru_cache(maxsize=50_000)
def _put_together(letters: str, pieces: tuple[str, ...]) -> str:
    if all(piece[0] != letters[0] for piece in pieces):
        return ""
    used, left = _blended(letters, pieces)
    if used < 2:
        return ""
    if left == 0:
        return "whole" if used == sum(piece not in _FUNCTION for piece in pieces) else "part"
    return "nearly" if left <= len(letters) // 4 else ""


def _blended(letters: str, pieces: tuple[str, ...]) -> tuple[int, int]:
    """How many pieces give their beginnings to ``letters``, in order, and how many letters stay unexplained."""
    best = (0, len(letters))
    for at, piece in enumerate(pieces):
        if piece[0] != letters[0]:
            continue
        shared = 1
        while shared < min(len(piece), len(letters)) and piece[shared] == letters[shared]:
            shared += 1
        for taken in range(shared, 0, -1):
            used, left = _blended(letters[taken:], pieces[at + 1 :]) if taken < len(letters) else (0, 0)
            best = min(best, (used + 1, left), key=lambda found: (found[1], found[0]))
        if best[1] == 0:
            break
    return best


def _named(one: Form) -> str:
    return _named_text(one.text)


def _named_text(text: str) -> str:
    if any(c.isupper() for c in text):
        return "N"
    return "9" if any(c.isdigit() for c in text) else "l"
