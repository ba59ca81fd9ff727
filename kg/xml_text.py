"""Any text as XML text: markup escaped, what XML 1.0 cannot hold written as ``_xHHHH_`` (ECMA-376), without loss."""

from __future__ import annotations

import re

ESCAPED = "kg_escaped"
"""The graph attribute that says texts are written so."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WRITTEN = re.compile("_x([0-9A-Fa-f]{4})_")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_QUOTED = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)


def text(value: str) -> str:
    """``value`` as the content of an element.

    >>> text("a < b \\x1f _x0041_")
    'a &lt; b _x001F_ _x005F_x0041_'
    """
    return _legal(value).translate(_MARKUP)


def attribute(value: str) -> str:
    """``value`` as an attribute's value, in double quotes.

    >>> attribute('say "hi"')
    '"say &quot;hi&quot;"'
    """
    return f'"{_legal(value).translate(_QUOTED)}"'


def unescape(value: str) -> str:
    """What was written as ``_xHHHH_``, read back.

    >>> unescape("_x005F_x0041_ _x001F_")
    '_x0041_ \\x1f'
    """
    return _WRITTEN.sub(lambda match: chr(int(match[1], 16)), value)


def _legal(value: str) -> str:
    return _ILLEGAL.sub(lambda match: f"_x{ord(match[0]):04X}_", value)
