"""Sentence bounds: the title is one, the abstract is cut at full stops that end a sentence.

Abbreviations (``e.g.``, ``vs.``, ``et al.``), decimals, initials and LaTeX (``vs.\\ 0.3``) do not end one; a stop
glued to the next word (``baseline.Code is at``) does.
"""

from __future__ import annotations

import re

from kg.extract.mention import Document, component

_STOP = re.compile(r"[.!?][)\]\"'”’]*(?=\s+[\"'“‘(\[]*[A-Z0-9\\$]|\s*\n|[A-Z][a-z]+\s)|\n\s*\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|v\.s|cf|al|fig|figs|eq|eqs|sec|secs|no|nos|resp|approx|ca|dr|prof|mr|ms|st|ref|refs|w\.r\.t|a\.k\.a"
    r"|inc|ltd|dept|tab|vol|pp|viz|ver)|(?:^|[\s(])[A-Z])$",
    re.IGNORECASE,
)


@component("sentences")
def find_sentences(document: Document) -> None:
    """Fill ``document.sentences`` with the bounds of its sentences, in order."""
    title = document.body - 2
    bounds = [(0, title)] if title else []
    bounds += split(document.text, document.body)
    document.sentences = bounds or [(0, len(document.text))]


def split(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Bounds of the sentences of ``text`` from ``start`` on.

    >>> text = "We use BERT, e.g. BERT-Base. It gets 84.2 vs. 80.1."
    >>> [text[a:b] for a, b in split(text)]
    ['We use BERT, e.g. BERT-Base.', 'It gets 84.2 vs. 80.1.']
    """
    bounds: list[tuple[int, int]] = []
    for stop in _STOP.finditer(text, start):
        if stop.group()[0] == "." and _is_abbreviation(text, stop.start(), stop.end()):
            continue
        _add(bounds, text, start, stop.end())
        start = stop.end()
    _add(bounds, text, start, len(text))
    return bounds


def _is_abbreviation(text: str, stop: int, end: int) -> bool:
    before = text[max(0, stop - 8) : stop]
    found = _ABBREVIATION.search(before)
    return found is not None and not (
        found.group().lower() in {"etc", "al", "no", "st", "ms"} and text[end : end + 1].isalpha()
    )


def _add(bounds: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        bounds.append((start, end))
