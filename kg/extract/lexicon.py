"""Names known beforehand: a curated list of methods, models, datasets, tasks and metrics, and the great model families.

Names are matched word for word and by case, since many are common words (*Chain*, *Focus*); an entry all in lower
case also matches capitalised, and any entry in the plural. The longest name wins. Family names
(*Qwen*, *GPT*) take their version, size and tuning along: *Qwen2.5-VL-7B-Instruct*, *Gemini 2.5 Pro*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from spacy.vocab import Vocab

from kg.extract.data import rows
from kg.extract.mention import Document, component
from kg.extract.tokens import Tokenizer

FILES = {
    "methods.txt": "Method",
    "models.txt": "Model",
    "datasets.txt": "Dataset",
    "tasks.txt": "Task",
    "metrics.txt": "Metric",
}
_TAIL = (
    r"\d+(?:\.\d+)*(?:[BMbK]\b)?(?:-[\w.]+)*|Pro|Flash(?:-Lite)?|Turbo|[Mm]ini|Sonnet|Opus|Haiku|Instruct|Chat|Base|Large|Max|Ultra"
    r"|Plus|Thinking|Preview|VL|Omni|Coder|Code|Medium|Small|Lite|Nano|XL|R1|V\d(?:\.\d)?|Deep\sThink|Image"
)
_AMBIGUOUS = frozenset(
    [
        "Phi",
        "Yi",
        "Step",
        "Seed",
        "Nova",
        "RT",
        "SD",
        "OPT",
        "SAM",
        "Wan",
        "Solar",
        "Orca",
        "Aya",
        "FLAN",
        "FLUX",
        "Falcon",
        "Emu",
        "Granite",
        "BLOOM",
        "BAGEL",
        "Janus",
        "Sora",
        "Veo",
        "Kling",
        "DINOv",
        "YOLOv",
        "Whisper",
        "Cohere",
        "Reka",
        "Hunyuan",
        "Pixtral",
        "T5",
        "Pythia",
        "GR00T",
    ]
)


class Match(NamedTuple):
    """A known name in a text: its words ``[first, last)``, type and entity name."""

    first: int
    last: int
    type: str
    name: str


@component("lexicon")
def find_known(document: Document) -> None:
    """Propose a mention for every known name."""
    for found in matches(document.words):
        start, end = document.starts[found.first], document.ends[found.last - 1]
        known_by_case = any(c.isupper() or c.isdigit() for c in found.name)
        mention = document.propose(start, end, found.type, 0.75 if known_by_case else 0.5, "lexicon")
        mention.known = found.name
    for start, end in family_members(document.text):
        document.propose(start, end, "Model", 0.9, "lexicon.family")


def matches(words: Sequence[str]) -> Iterator[Match]:
    """The longest known names in a sequence of words, left to right, none overlapping.

    >>> [match.name for match in matches("We tune BERT on the Natural Questions data".split())]
    ['BERT', 'Natural Questions']
    """
    entries = _entries()
    position = 0
    while position < len(words):
        for length, names in entries.get(words[position].casefold(), ()):
            found = _lookup(names, words, position, length)
            if found:
                yield Match(position, position + length, *found)
                position += length - 1
                break
        position += 1


def family_members(text: str) -> Iterator[tuple[int, int]]:
    """Bounds of the members of great model families, version, size and tuning included.

    >>> text = "Qwen2.5-VL-7B, Gemini 2.5 Pro, GPT-4o and a seed"
    >>> [text[a:b] for a, b in family_members(text)]
    ['Qwen2.5-VL-7B', 'Gemini 2.5 Pro', 'GPT-4o']
    """
    for found in _families().finditer(text):
        family, rest = found.group(1), found.group()[len(found.group(1)) :]
        if family in _AMBIGUOUS and not re.search(r"\d", rest):
            continue
        if re.search(r"-(?:based|style|like|level|family|class|series)", rest):
            rest = re.split(r"-(?:based|style|like|level|family|class|series)", rest)[0]
        yield found.start(), found.start() + len(family) + len(rest.rstrip(".-"))


def _lookup(
    names: dict[tuple[str, ...], tuple[str, str]], words: Sequence[str], position: int, length: int
) -> tuple[str, str] | None:
    stretch = tuple(words[position : position + length])
    if len(stretch) < length:
        return None
    lowered = tuple(w.casefold() for w in stretch)
    found = names.get(stretch) or names.get(("", *lowered))
    if found is None and stretch[-1].endswith("s"):
        singular, low = (*stretch[:-1], stretch[-1][:-1]), (*lowered[:-1], lowered[-1][:-1])
        found = names.get(singular) or names.get(("", *low))
    return found


_Entries = dict[str, list[tuple[int, dict[tuple[str, ...], tuple[str, str]]]]]


@cache
def _entries() -> _Entries:
    """By first word (folded): for each length, longest first, the names (lower-case ones keyed with a leading "")."""
    cut = Tokenizer(Vocab())
    table: dict[str, dict[int, dict[tuple[str, ...], tuple[str, str]]]] = {}
    for file, kind in FILES.items():
        for (line,) in rows(file):
            forms = [form.strip() for form in line.split("|")]
            for form in forms:
                words = tuple(token.text for token in cut(form))
                key = ("", *words) if form == form.lower() else words
                for first in {words[0].casefold(), *([words[0].casefold() + "s"] if len(words) == 1 else [])}:
                    table.setdefault(first, {}).setdefault(len(words), {}).setdefault(key, (kind, forms[0]))
    return {first: sorted(lengths.items(), reverse=True) for first, lengths in table.items()}


@cache
def _families() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for (name,) in sorted(rows("model_families.txt"), key=lambda row: -len(row[0])))
    return re.compile(
        rf"(?<![\w/.-])({names})(?!(?!VL)[a-zA-Z])(?:[-]?v?\w*(?:[.-]\w+)*)?(?:[\s~-](?:{_TAIL})(?![\w.]\w))*"
    )
