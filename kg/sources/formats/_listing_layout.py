"""Which lines of a listing are titles and which abstracts.

Pages come with and without blank lines, with and without metadata, some with wrapped lines and
some with an abstract missing; no single sign decides. So each line gets a price for each part it
could play (from its length, its end, its capitals and its place) and the cheapest reading of the
whole section is taken (Viterbi; linear in the number of lines).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.sources.formats._listing_lines import Meta, Text

TITLE, TITLE_MORE, ABSTRACT, ABSTRACT_MORE = range(4)
_NEVER = 1e9
_START = {TITLE: 0.0, ABSTRACT: 8.0}
_STEP = {
    TITLE: {TITLE: 4.0, TITLE_MORE: 2.0, ABSTRACT: 0.0},
    TITLE_MORE: {TITLE: 5.0, TITLE_MORE: 4.0, ABSTRACT: 0.0},
    ABSTRACT: {TITLE: 0.0, ABSTRACT_MORE: 0.0},
    ABSTRACT_MORE: {TITLE: 0.0, ABSTRACT_MORE: 0.0},
}
_ENDED = re.compile(r"[.!?…][)\]}\"'”’»]*$")
_SENTENCES = re.compile(r"[a-z)\]%\d][.!?] [A-Z]")
_WORDS = re.compile(r"[^\W\d_][\w\-]*")


@dataclass(slots=True)
class Entry:
    """One paper's lines; ``title`` is empty for an abstract that stands alone."""

    title: list[Text] = field(default_factory=list)
    abstract: list[Text] = field(default_factory=list)
    meta: Meta | None = None


def entries(items: Sequence[Text | Meta]) -> list[Entry]:
    """Group the texts and metadata of a section into papers."""
    parts = iter(parts_of(items))
    found: list[Entry] = []
    for item in items:
        if isinstance(item, Meta):
            if found and found[-1].meta is None:
                found[-1].meta = item
            continue
        part = next(parts)
        if part == TITLE or not found or (part == ABSTRACT and (found[-1].abstract or found[-1].meta)):
            found.append(Entry())
        (found[-1].title if part in (TITLE, TITLE_MORE) else found[-1].abstract).append(item)
    return found


def parts_of(items: Sequence[Text | Meta]) -> list[int]:
    """The part each text plays, cheapest in all."""
    costs = [0.0] * 4
    back: list[list[int]] = []
    before: Text | None = None
    fresh = True
    for item in items:
        if isinstance(item, Meta):
            fresh = True
            continue
        prices = _prices(item, None if fresh else before)
        costs, came = _advance(costs, prices, fresh, first=not back)
        back.append(came)
        before, fresh = item, False
    return _trace(costs, back)


def _advance(costs: list[float], prices: list[float], fresh: bool, *, first: bool) -> tuple[list[float], list[int]]:
    """Cheapest way to each part of the next line, and the part it came from."""
    reached, came = [_NEVER] * 4, [TITLE] * 4
    for old in range(4):
        if first and old != TITLE:
            continue
        for new, step in (_START if fresh else _STEP[old]).items():
            total = (0.0 if first else costs[old]) + step + prices[new]
            if total < reached[new]:
                reached[new], came[new] = total, old
    return reached, came


def _trace(costs: list[float], back: list[list[int]]) -> list[int]:
    part = min(range(4), key=costs.__getitem__)
    parts: list[int] = []
    for came in reversed(back):
        parts.append(part)
        part = came[part]
    return parts[::-1]


def _prices(line: Text, before: Text | None) -> list[float]:
    text = line.text
    size = len(text)
    ended = bool(_ENDED.search(text))
    words = _WORDS.findall(text[:400])
    capitals = sum(word[0].isupper() for word in words) / len(words) if words else 0.5
    plain = len(words) > 5 and capitals < 0.3
    title = max(0, size - 150) / 25 + (3.0 if text.endswith((".", "…")) else 0.0) + (1.0 if plain else 0.0)
    title += (3.0 if _SENTENCES.search(text[:1000]) else 0.0) + (0.0 if words else 6.0)
    abstract = max(0, 250 - size) / 62.5 + (0.0 if ended else 1.0) + (1.5 if capitals > 0.6 else 0.0)
    abstract += 0.0 if " " in text else 3.0
    return [title, title + _wrap(line, before), abstract, _more(line, before)]


def _wrap(line: Text, before: Text | None) -> float:
    """Price of ``line`` going on the line ``before`` that was broken at a fixed width."""
    if before is None or line.after_blank or not 40 <= len(before.text) <= 140 or _ENDED.search(before.text):
        return 8.0
    return 0.0


def _more(line: Text, before: Text | None) -> float:
    """Price of ``line`` being more of the abstract whose last line is ``before``."""
    if before is None:
        return _NEVER
    if line.after_blank:
        return 6.0
    if len(before.text) > 200 or (len(line.text) > 140 and len(line.text) > 1.6 * len(before.text)):
        return 6.0
    if line.text[0].islower():
        return 0.0
    return 2.0 if _ENDED.search(before.text) else 0.5
