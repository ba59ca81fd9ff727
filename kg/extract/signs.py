"""What a thing can be weighed by: who proposed it too, how sure a score is, how its name is written."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from kg.extract.mention import Document, Mention, Thing

_FEW = 4
_AFTER = re.compile(r"[ -]*(?:\([^()]*\) *)?([A-Za-z]+)")
_BEFORE = re.compile(r"([A-Za-z]+)[ -]*\(? *$")


def overlapping(document: Document, thing: Thing) -> Iterator[Mention]:
    """All proposals that have at least half of a mention of the thing, those that were merged into it included."""
    places = [(mention.start, mention.end) for mention in thing.mentions]
    for mention in document.mentions:
        first, last = mention.start, mention.end
        for start, end in places:
            if first < end and start < last and _halved(first, last, start, end):
                yield mention
                break


def _halved(first: int, last: int, start: int, end: int) -> bool:
    """Whether what two stretches share is at least half of the longer."""
    return 2 * (min(end, last) - max(start, first)) >= max(end - start, last - first)


def proposed_by(mention: Mention, name: str) -> bool:
    """Whether a component, or one of its rules (``patterns:slash``), proposed a mention."""
    return mention.extractor == name or mention.extractor.startswith(f"{name}:")


def odds(value: float) -> float:
    """The logarithm of the odds of a probability, within what can be told.

    >>> odds(0.5), round(odds(1.0), 2)
    (0.0, 5.29)
    """
    kept = min(0.995, max(0.005, value))
    return math.log(kept / (1.0 - kept))


def shape(name: str) -> str:
    """How a name is written.

    >>> shape("speculative decoding"), shape("LoRA"), shape("Llama-2-7B"), shape("MMLU")
    ('lower words', 'camel', 'number', 'capitals')
    """
    if name.islower():
        return "lower words" if " " in name else "lower"
    letters = [c for c in name if c.isalpha()]
    if letters and all(c.isupper() for c in letters):
        return "capitals" if len(letters) > 2 else "few capitals"
    if any(c.isdigit() for c in name):
        return "number"
    if " " not in name and any(c.isupper() for c in name[1:]):
        return "camel"
    return "Title Words" if " " in name else "Title"


def written(document: Document, thing: Thing) -> Iterator[str]:
    """How a thing is written: shape, first and last word, its ending, how often, and whether it opens the title."""
    words = thing.name.casefold().split()
    yield f"shape {shape(thing.name)}"
    yield f"first {words[0]}"
    yield f"last {words[-1]}"
    yield f"ending {words[-1][-3:]}"
    yield f"mentions {min(len(thing.mentions), _FEW)}"
    if any(mention.start == 0 for mention in thing.mentions):
        yield "opens the title"


def beside(document: Document, thing: Thing) -> list[str]:
    """The words right before and after the first mentions, each once."""
    found: dict[str, None] = {}
    for mention in thing.mentions[:_FEW]:
        after = _AFTER.match(document.text, mention.end)
        before = _BEFORE.search(document.text, max(0, mention.start - 20), mention.start)
        if after:
            found[f"after {after[1].casefold()}"] = None
        if before:
            found[f"before {before[1].casefold()}"] = None
    return list(found)
