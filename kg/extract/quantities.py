"""Quantities: devices, memory and time of hardware; parameters of models.

Counts and memory stand beside a device and were read with it (`kg.extract.hardware`); how long a run took is read
from the sentence. A model's parameters stand in its name (*Llama-2-7B*), beside it (*FLUX (12B)*, *the 0.9B
PaddleOCR-VL*) or behind it (*with 671 billion parameters*).
"""

from __future__ import annotations

import re

from kg.extract.mention import Document, Mention, Thing, component
from kg.extract.numbers import NUMBER_WORDS, number, size

_AMOUNT = r"(?P<amount>\d[\d,]*(?:\.\d+)?|\b(?:" + "|".join(NUMBER_WORDS) + r"|an?|half\san?)\b)"
_DURATION = re.compile(
    rf"{_AMOUNT}[\s-]?(?P<unit>hours?|hrs?|h(?=\s(?:on|using|of\strain))|days?|weeks?|months?|minutes?"
    rf"|mins?)(?![\w-]*(?:long|video|limit\sof))\b",
    re.I,
)
_NOT_RUN = re.compile(
    r"^\s(?:of\s(?!train|compute|wall|GPU|pre)|per\b|long|each\b|ago|videos?|recordings?|horizon|later|window|apart)",
    re.I,
)
_PER = re.compile(r"\b(?:per|every|each|past|last|next|previous|first)\s(?:\w+\s)?$", re.I)
_RUN = re.compile(
    r"\btrain|fine-?tun|\btun(?:ed|ing)|\boptimi[sz]|\bcomput|\btak(?:e|es|ing)\b|\brequir|\bconverg|\bcompress"
    r"|\bquantiz|\bGPU|\bwithin\b|\bin\s(?:just|only|under|less)"
    r"|\bcost|\bfor\b|\bafter\b|\bprocess|\bcomplet|\bin\s|\bjust\b|\bunder\b",
    re.I,
)
_IN_HOURS = {"h": 1.0, "d": 24.0, "w": 168.0, "mo": 720.0, "mi": 1 / 60}
_SIZE = r"(?P<size>\d[\d,]*(?:\.\d+)?\s?-?(?:[BMTK](?![\w])|[bm](?=[\s),-]|$)|billion|million|trillion))"
_IN_NAME = re.compile(
    r"(?<![A-Za-z\d.])(?:e)?(\d+(?:\.\d+)?(?:[xX]\d+(?:\.\d+)?)?)\s?([BMT]|b|m(?=$|-))(?![A-Za-z\d])", re.IGNORECASE
)
_BESIDE = re.compile(
    rf"^(?:\s(?:models?|LLM))?\s?[(\[](?:only\s|just\s|a\s|~|≈"
    rf"|\$?\\sim\$?\s?)?{_SIZE}(?:[\s-](?:total\s)?(?:parameters?|params))?[,;)\]/]",
    re.I,
)
_BEFORE = re.compile(rf"(?:^|[\s(~]){_SIZE}(?:[\s-](?:parameters?|params?))?[\s-](?:[a-z-]+\s){{0,2}}$", re.I)
_BEHIND = re.compile(
    rf"^[^.;]{{0,80}}?\b(?:with|has|have|having|of|only|using|contains?|comprises?|featuring|to|at"
    rf"|size)\s(?:only\s|just\s|a\stotal\sof\s|about\s|around\s|roughly\s|approximately\s|over\s|up\sto\s|~)*{_SIZE}"
    r"[\s-](?:(?:total|trainable|learnable|model)\s)?(?:parameters?|params|model\b)",
    re.I,
)
_APPOSED = re.compile(
    rf"^,?\s(?:is\s)?(?:an?|our|the|as\san?)\s(?:[\w-]+,?\s){{0,4}}?{_SIZE}[\s-]?(?:-?\s?(?:parameters?|params?))?\b",
    re.I,
)
_ALONE = re.compile(
    rf"{_SIZE}[\s-](?:(?:total|trainable|learnable|dense)\s)?(?:parameters?|params)\b"
    rf"|\b(?:our|a|an|the|with|at)\s(?:\w+\s)?{_SIZE.replace('size>', 'other>')}[\s-](?:scale|models?|LLM|VLM|MLLM"
    rf"|backbone|VLA)\b",
    re.I,
)


@component("quantities")
def read_quantities(document: Document) -> None:
    """Fill count, memory and hours of hardware things, parameters of model things."""
    for thing in document.things:
        if thing.type == "Hardware":
            _facts(thing)
    _durations(document)
    for thing in document.things:
        if thing.type == "Model" or (thing.role == "introduces" and thing.type == "Method"):
            thing.parameters = thing.parameters or _parameters(document, thing)


def _facts(thing: Thing) -> None:
    for mention in thing.mentions:
        facts = mention.facts
        if thing.count is None and "count" in facts:
            thing.count = int(facts["count"])
        if thing.memory_gb is None and "memory_gb" in facts:
            thing.memory_gb = facts["memory_gb"]
        if thing.hours is None and "hours" in facts:
            thing.hours = facts["hours"]
    counts = [int(m.facts["count"]) for m in thing.mentions if m.facts.get("count", 1) > 1]
    if counts and thing.count == 1 and not any(m.facts.get("count") == 1 for m in thing.mentions[:1]):
        thing.count = counts[0]


def _durations(document: Document) -> None:
    """Give each duration of a run to the nearest device of its sentence."""
    devices = [(m, t) for t in document.things if t.type == "Hardware" for m in t.mentions]
    if not devices:
        return
    for begin, end in document.sentences:
        here = [(m, t) for m, t in devices if begin <= m.start < end]
        for found in _DURATION.finditer(document.text, begin, end) if here else ():
            if not _is_run(document.text, found, begin):
                continue
            mention, thing = min(here, key=lambda pair: _distance(found.start(), pair[0]))
            if thing.hours is None and _distance(found.start(), mention) < 120:
                thing.hours = _hours(found)


def _is_run(text: str, found: re.Match[str], begin: int) -> bool:
    if _NOT_RUN.match(text[found.end() : found.end() + 20]) or _PER.search(text[begin : found.start()]):
        return False
    return _RUN.search(text[max(begin, found.start() - 60) : found.end() + 40]) is not None


def _distance(offset: int, mention: Mention) -> int:
    """Characters between; devices after the duration (*12 hours on 8 A100*) count as nearer."""
    return mention.start - offset if mention.start > offset else 2 * (offset - mention.end)


def _hours(found: re.Match[str]) -> float:
    word = found["amount"].lower()
    amount = 1.0 if word in ("a", "an") else 0.5 if word.startswith("half") else number(word)
    unit = found["unit"].lower()
    hours = amount * _IN_HOURS[unit[:2] if unit.startswith("m") else unit[0]]
    return round(hours, 4)


def _parameters(document: Document, thing: Thing) -> int | None:
    for form in (thing.name, *(m.canonical or m.text for m in thing.mentions)):
        if (stated := size_in_name(form)) is not None:
            return stated
    for mention in thing.mentions:
        begin, end = document.sentence(mention.start)
        after = document.text[mention.end : end]
        before = document.text[begin : mention.start]
        found = _BESIDE.match(after) or _BEFORE.search(before) or _APPOSED.match(after)
        if found is None and thing.role == "introduces" and not _another_between(document, thing, mention, end):
            found = _BEHIND.match(after)
        if found and not (found["size"][-1] in "kK" and "param" not in found.group()):
            return size(found["size"])
    return _only_size(document) if thing.role == "introduces" and thing.type == "Model" else None


def _only_size(document: Document) -> int | None:
    """The one size of a model that the paper states apart from any name (*with only 8B parameters*)."""
    named = [(m.start, m.end) for t in document.things for m in t.mentions]
    sizes = {
        size(found["size"] or found["other"])
        for found in _ALONE.finditer(document.text)
        if not any(a <= found.end() - 1 < b or a <= found.start() < b for a, b in named)
    }
    return sizes.pop() if len(sizes) == 1 else None


def size_in_name(name: str) -> int | None:
    """The parameters a model's name states; active parameters (*A3B*) are not the total.

    >>> size_in_name("Qwen3-30B-A3B"), size_in_name("Mixtral-8x7B"), size_in_name("BERT"), size_in_name("OPT-1.3b")
    (30000000000, 56000000000, None, 1300000000)
    """
    found = _IN_NAME.search(name)
    if not found:
        return None
    digits, scale = found.groups()
    if "x" in digits.lower():
        experts, each = re.split("x", digits, flags=re.I)
        whole = size(f"{each}{scale}")
        return int(float(experts) * whole) if whole else None
    return size(f"{digits}{scale}")


def _another_between(document: Document, thing: Thing, mention: Mention, end: int) -> bool:
    """Whether another model is named between a mention and the end of its sentence."""
    return any(
        other.type == "Model" and other is not thing and any(mention.end < m.start < end for m in other.mentions)
        for other in document.things
    )
