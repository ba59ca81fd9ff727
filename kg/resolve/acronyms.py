"""Whether one form is short for another: initials, prefixes (*ViT*, *Bi-LSTM*), capitals (*SHAP*), numbers kept.

Nothing is looked up here; what no spelling rule can see stands in ``data/known.tsv``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.resolve import words
from kg.resolve.normal import clean

_SPLIT = re.compile(r"[^\w+]+|_+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d])(?=\d)")
_SKIPPED = frozenset({"curve", "model", "models", "network", "networks", "method", "algorithm", "dataset", "benchmark"})
_TAIL_S = re.compile(r"(?<=[A-Z])s$")


@lru_cache(maxsize=1 << 17)
def abbreviates(short: str, long: str) -> bool:
    """Whether ``short`` stands for ``long``: every word of the long form gives a beginning, in order.

    >>> abbreviates("GRPO", "group-relative policy optimization"), abbreviates("SBERT", "Sentence-BERT")
    (True, True)
    >>> abbreviates("EK-100", "EPIC-KITCHENS-100"), abbreviates("GSPO", "group relative policy optimization")
    (True, False)
    """
    small = _letters(short)
    spelled = clean(long)
    if not 2 <= len(small) <= 12 or len(_letters(long)) * 0.65 < len(small) or not _short_enough(short):
        return False
    whole = _parts(spelled, camel=False)
    if small in whole:
        return False
    if len(small) >= 3 and len(whole) > 1 and small == _capitals(spelled) and small not in _letters(long):
        return True
    for camel in (False, True):
        parts = _parts(spelled, camel=camel)
        if len(parts) > 1 and _consumes(small, tuple(parts), 1 if len(parts) > 2 else 0):
            return True
    return False


def initials(long: str) -> str:
    """First letters of the words that count; empty for a single word.

    >>> initials("masked language modelling"), initials("Low-Rank Adaptation"), initials("LoRA")
    ('mlm', 'lra', '')
    """
    parts = [part for part in _parts(clean(long), camel=False) if part not in words.STOPWORDS]
    return "".join(part[0] for part in parts) if len(parts) > 1 else ""


def _short_enough(short: str) -> bool:
    """An acronym is one written word, or a few of which at least one has capitals or digits."""
    text = clean(short)
    return " " not in text or any(char.isupper() or char.isdigit() for char in text)


def _capitals(text: str) -> str:
    """Capitals and digits; empty when there is no small letter between them."""
    found = "".join(char for char in text if char.isupper() or char.isdigit()).casefold()
    return found if len(found) < sum(char.isalnum() for char in text) else ""


def _letters(text: str) -> str:
    return "".join(char for char in _TAIL_S.sub("", clean(text)).casefold() if char.isalnum() or char == "+")


def _parts(text: str, *, camel: bool) -> list[str]:
    parts = [part for part in _SPLIT.split(text) if part]
    if camel:
        parts = [piece for part in parts for piece in _CAMEL.split(part) if piece]
    return [part.casefold() for part in parts]


def _consumes(small: str, parts: tuple[str, ...], spare: int) -> bool:
    """Whether the letters of ``small`` are used up by beginnings of all parts, with ``spare`` letters from inside."""
    if not parts:
        return not small
    part, rest = parts[0], parts[1:]
    if (part in words.STOPWORDS or part in _SKIPPED) and _consumes(small, rest, spare):
        return True
    if part[0].isdigit():
        digits = part.replace(".", "")
        return small.startswith(digits) and _consumes(small[len(digits) :], rest, spare)
    if part.startswith("ex") and small.startswith("x") and _consumes(small[1:], rest, spare):
        return True
    length = 0
    while length < min(len(part), len(small)) and part[length] == small[length]:
        length += 1
        if _consumes(small[length:], rest, spare):
            return True
        inside = spare and length < len(small) and small[length] in part[length + 2 :]
        if inside and _consumes(small[length + 1 :], rest, spare - 1):
            return True
    return False
