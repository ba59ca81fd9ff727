"""Hardware: processors, boards and devices by a grammar, with what is said of them on the spot.

The grammar is data (``data/hardware.tsv``, ``data/hardware_classes.tsv``). Around a device it reads the count
(*8x*, *eight*, *a single*), the memory of one device (*A100-80GB*, *24 GB GPU*) and device-hours
(*200 H100 GPU hours*); how long a run took is read from the sentence by `kg.extract.quantities`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from kg.extract.data import rows
from kg.extract.mention import Document, Mention, component
from kg.extract.numbers import NUMBER_WORDS, number

_UNIT = (
    r"(?:\s?-?(?:GPUs?|TPUs?|NPUs?|CPUs?|FPGAs?"
    r"|accelerators?|chips?|cards?|nodes?|devices?|processors?|boards?|robots?))"
)
_MEMORY = re.compile(r"^[\s-]?\(?(\d+(?:\.\d+)?)\s?-?G(?:i?B)\)?")
_MEMORY_BEFORE = re.compile(r"(\d+(?:\.\d+)?)\s?-?Gi?B\s$")
_MEMORY_AFTER = re.compile(
    r"^s?(?:\sGPUs?)?\s?(?:\(|with\s|of\s|,\s)(?:only\s"
    r"|just\s)?(\d+(?:\.\d+)?)\s?-?Gi?B(?:\sof)?(?:\s\w+)?\s?(?:memory|VRAM|RAM|\))"
)
_COUNT_BEFORE = re.compile(
    r"(?:(?P<digits>\d[\d,]*(?:\.\d+)?)\s?(?P<k>[kK])?(?:\s?(?:x|×|\\times|times|\$\\times\$)\s?|\s|-)|(?P<word>\b(?:"
    + "|".join(NUMBER_WORDS)
    + r"|an?|single|dual)\b)[\s-])"
    r"(?:(?:commodity|consumer|consumer-grade|standard|modern|high-end|mid-range|identical|desktop|NVIDIA|Nvidia"
    r"|server|data-center|cloud|different|gaming|commercial|off-the-shelf|regular|older|mobile|single"
    r"|\d+\s?-?Gi?B)[\s-])*$",
    re.IGNORECASE,
)
_HOURS_AFTER = re.compile(r"^s?(?:\s?GPUs?)?[\s·-]?(hour|day|week|month)s?\b", re.IGNORECASE)
_AMOUNT_BEFORE = re.compile(
    r"(?P<amount>\d[\d,]*(?:\.\d+)?|\b(?:"
    + "|".join(NUMBER_WORDS)
    + r"))\s?-?(?P<scale>[kKM]\b|thousand|million)?[\s-]?(?:NVIDIA\s|Nvidia\s)?$",
    re.IGNORECASE,
)
_IN_HOURS = {"hour": 1.0, "day": 24.0, "week": 168.0, "month": 720.0}
_SCALE = {"k": 1e3, "K": 1e3, "M": 1e6, "thousand": 1e3, "million": 1e6}


@component("hardware")
def find_hardware(document: Document) -> None:
    """Propose a mention for every device and every class word of hardware, with its count, memory and hours."""
    taken: list[tuple[int, int]] = []
    for start, end, name in devices(document.text):
        mention = document.propose(start, end, "Hardware", 0.97, "hardware", canonical=name, cue="runs_on")
        _read_facts(document.text, mention)
        taken.append((start, end))
    for start, end, name, always in class_words(document.text):
        if any(a - 1 <= end and start <= b + 6 for a, b in taken):
            continue
        mention = Mention(
            start, end, document.text[start:end], "Hardware", 0.8, "hardware", {"Hardware": 0.8}, "", name
        )
        _read_facts(document.text, mention)
        if mention.facts:
            mention.cue = "runs_on"
        elif not always and not _runs_here(document.text, start):
            document.reject(mention, "a class of hardware that nothing is said to run on")
            continue
        document.mentions.append(mention)


def devices(text: str) -> Iterator[tuple[int, int, str]]:
    """Named devices of a text, as bounds and entity name.

    >>> [name for _, _, name in devices("on 8x A100-80GB GPUs, an RTX4090 and a Raspberry Pi 4")]
    ['NVIDIA A100', 'NVIDIA RTX 4090', 'Raspberry Pi 4']
    """
    whole, _ = _grammar()
    for found in whole.finditer(text):
        if (name := _device(found.group())) is not None:
            yield found.start(), found.end(), name


@lru_cache(maxsize=10_000)
def _device(words: str) -> str | None:
    """The name of the device that some words are; few are written in many ways."""
    _, each = _grammar()
    for pattern, name in each:
        if match := pattern.fullmatch(words):
            return re.sub(r"\s+", " ", match.expand(name)).strip()
    return None


def class_words(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Class words of a text: bounds (without a plural *s*), entity name, and whether it counts wherever it stands."""
    names = _classes()
    folded = text.casefold()
    written = tuple(word for word in names if word in folded)
    for found in _any_of(written).finditer(text) if written else ():
        name, always = names[found.group(1).casefold()]
        yield found.start(1), found.end(1), name, always


def _read_facts(text: str, mention: Mention) -> None:
    after = text[mention.end : mention.end + 60]
    before = text[max(0, mention.start - 60) : mention.start]
    memory = _MEMORY.match(after)
    if memory and "(" in memory.group():
        mention.facts["memory_gb"] = float(memory.group(1))
        after = after[memory.end() :]
    elif memory:
        mention.end += memory.end() - memory.group().endswith(")")
        mention.canonical += f" {memory.group(1)}GB"
        mention.text = text[mention.start : mention.end]
        after = text[mention.end : mention.end + 60]
    memory = memory or _MEMORY_BEFORE.search(before) or _MEMORY_AFTER.match(after)
    if memory:
        mention.facts["memory_gb"] = float(memory.group(1))
    spent = _HOURS_AFTER.match(after)
    if spent:
        amount = _AMOUNT_BEFORE.search(before)
        if amount:
            hours = (
                number(amount["amount"]) * _SCALE.get(amount["scale"] or "", 1.0) * _IN_HOURS[spent.group(1).lower()]
            )
            mention.facts["hours"] = hours
        return
    if (count := _count(before)) is not None:
        mention.facts["count"] = count


def _count(before: str) -> float | None:
    found = _COUNT_BEFORE.search(before)
    if not found:
        return None
    if found["word"]:
        word = found["word"].lower()
        return {"a": 1.0, "an": 1.0, "single": 1.0, "dual": 2.0}.get(word) or number(word)
    value = number(found["digits"]) * (1000 if found["k"] else 1)
    return value if value == int(value) and 0 < value < 1e6 else None


def _runs_here(text: str, start: int) -> bool:
    """Whether *on*, *using* or *deployed to* stands before a class word."""
    return re.search(r"\b(?:on|using|with|onto|via)\s(?:[\w-]+\s){0,3}$", text[max(0, start - 50) : start]) is not None


@cache
def _grammar() -> tuple[re.Pattern[str], list[tuple[re.Pattern[str], str]]]:
    each = [(re.compile(_blank(pattern)), name) for pattern, name in rows("hardware.tsv")]
    anonymous = "|".join(re.sub(r"(?<!\\)\((?!\?)", "(?:", p.pattern) for p, _ in each)
    return re.compile(
        rf"(?=[A-Z\d]|n[VvR]|i[3579P]|xA)(?:(?<![\w$.-])|(?<=\d[x×])|(?<=\dtimes))(?:{anonymous})(?![\w]"
        rf"|-[A-Za-z]{{1,2}}\b|\.\d)"
    ), each


def _blank(pattern: str) -> str:
    """A pattern with its blanks written out: a hard blank (``~`` in TeX) is as good as a blank."""
    return re.sub(r"~\??|(?<!\[)\\s", lambda m: r"[\s~-]?" if m.group()[0] == "~" else r"[\s~]", pattern)


@cache
def _classes() -> dict[str, tuple[str, bool]]:
    """By class word (folded, the longest first): its entity name, and whether it counts wherever it stands."""
    entries = sorted(rows("hardware_classes.tsv"), key=lambda entry: -len(entry[0]))
    return {word.casefold(): (name, how == "always") for word, name, how in entries}


@lru_cache(maxsize=1000)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """What finds some class words, the first of them first; made for the few a paper has, it is fast to search with."""
    return re.compile(rf"(?<![\w])({'|'.join(map(re.escape, words))})(?:'?s)?(?!\w)", re.IGNORECASE)
