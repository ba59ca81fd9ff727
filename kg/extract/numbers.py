"""Numbers as papers write them, in digits and words."""

from __future__ import annotations

import re

_UNITS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
]
NUMBER_WORDS = {
    **{word: float(value) for value, word in enumerate(_UNITS, 1)},
    **{"twenty": 20.0, "thirty": 30.0, "thirty-two": 32.0, "sixty-four": 64.0, "hundred": 100.0, "half": 0.5},
}
_SCALES = {"K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12, "MILLION": 1e6, "BILLION": 1e9, "TRILLION": 1e12, "THOUSAND": 1e3}
_SIZE = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?-?\s?(K|M|B|T|million|billion|trillion|thousand)", re.IGNORECASE)


def number(text: str) -> float:
    """The value of digits (thousands set off by commas) or of a number word.

    >>> number("1,024"), number("eight"), number("0.5")
    (1024.0, 8.0, 0.5)
    """
    word = NUMBER_WORDS.get(text.lower())
    return word if word is not None else float(text.replace(",", ""))


def size(text: str) -> int | None:
    """A model size in parameters, or None when the text is none.

    >>> size("7B"), size("0.5B"), size("350M"), size("671 billion"), size("7")
    (7000000000, 500000000, 350000000, 671000000000, None)
    """
    found = _SIZE.fullmatch(text.strip())
    if not found:
        return None
    return round(float(found.group(1).replace(",", "")) * _SCALES[found.group(2).upper()])
