"""A name taken apart: words, version numbers, sizes, snapshots, memory and form factors.

``parse`` is pure and cached; `Form.key` is what two spellings of one thing share, and the units
are what `kg.resolve.variants` and `kg.resolve.hardware` drop to find a parent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kg.resolve import words
from kg.resolve.acronyms import abbreviates
from kg.resolve.normal import clean, word_key

Kind = Literal["word", "number", "size", "snapshot", "memory", "form", "plus"]

_CHUNK = re.compile(r"([\s\-/,:()\[\]\"'@&;|#*]*)([^\s\-/,:()\[\]\"'@&;|#*]+)")
_PIECE = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+|\++")
_SIZE = re.compile(r"(?:\d+x)?\d+(?:\.\d+)?(?:b\d|[bmkt])|a\d+(?:\.\d+)?b", re.IGNORECASE)
_MEMORY = re.compile(r"\d+gb?", re.IGNORECASE)
_VERSION = re.compile(r"v(\d.*)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_CAMEL_PLURAL = re.compile(r"(?<=[A-Z])s$")
_SCALE = {"billion": "b", "bn": "b", "million": "m", "trillion": "t"}
_UNDOTTED = re.compile(r"([^\W\d]{3,})([1-9])([1-9])(?!\d)((?:[\s-].*)?)")
_FUSED_VERSION = re.compile(r"(?<=[^\W\d])v(?=\d)|(?<=[a-z])V(?=\d)")
_BRACKET = re.compile(r"(.+?)\s*\(([^()]+)\)")
_HUB = re.compile(r"([\w.-]{3,})/([^\W\d]\w[\w.]*-.*)")
_CARD = re.compile(r"\b[rg]tx[\s-]?(?=a?\d)", re.IGNORECASE)
_CONVERTER = re.compile(r"([a-z]+2[a-z]+)(\d.*)?")
_POSSESSIVE = re.compile(r"'s$", re.IGNORECASE)
_DASHED_VERSION = re.compile(r"(?<=[a-z]-)v?(\d{1,2})-(\d{1,2})(?![\w.])|(?<=-v)(\d)-(\d)(?![\w.])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a name; ``gap`` is what stood before it (``""`` when fused), ``chunk`` numbers its written word."""

    text: str
    kind: Kind
    gap: str
    chunk: int
    lower: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A name of one type taken apart; ``key`` is equal for names that are spellings of one thing.

    >>> parse("Llama-2-7B-Chat", "Model").key == parse("LLaMA 2 7b chat models", "Model").key
    True
    >>> parse("NVIDIA A100 80GB GPUs", "Hardware").key == parse("80GB A100", "Hardware").key
    True
    """

    type: str
    units: tuple[Unit, ...]
    key: str


def key_of(kind: str, units: tuple[Unit, ...]) -> str:
    """The key of some units: words joined (in any order for hardware), then numbers, then the rest."""
    texts: list[str] = []
    numbers: list[str] = []
    rest: list[str] = []
    for unit in units:
        part = unit.kind
        (texts if part in ("word", "plus") else numbers if part == "number" else rest).append(unit.text)
    if not numbers and not rest and kind != "Hardware":
        return "".join(texts)
    if kind == "Hardware":
        texts.sort()
    return f"{''.join(texts)}|{'-'.join(numbers)}|{'-'.join(sorted(rest))}".rstrip("|")


@lru_cache(maxsize=1 << 18)
def parse(name: str, kind: str) -> Form:
    """Take a name of one type apart."""
    text = _without_vendor(_without_acronym(_POSSESSIVE.sub("", clean(name))), kind)
    text = _FUSED_VERSION.sub(" v", text)
    if kind == "Hardware":
        text = _CARD.sub("", text)
    if kind == "Model":
        text = _DASHED_VERSION.sub(lambda match: ".".join(group for group in match.groups() if group), text)
    units: list[Unit] = []
    for number, match in enumerate(_CHUNK.finditer(text)):
        gap, chunk = match.groups()
        _add(units, _CAMEL_PLURAL.sub("", chunk), "'" if "'" in gap else (gap[-1:] or ""), number, kind)
    whole = _without_generic(units, kind) or _plain(text)
    return Form(kind, whole, key_of(kind, whole))


def dotted(name: str) -> str | None:
    """A model's name with the dot that its version may have lost; none when it has no such version.

    >>> dotted("Qwen25-VL"), dotted("Qwen2.5-VL"), dotted("ResNet-50")
    ('Qwen2.5-VL', None, None)
    """
    match = _UNDOTTED.fullmatch(name)
    return f"{match[1]}{match[2]}.{match[3]}{match[4]}" if match else None


def _plain(text: str) -> tuple[Unit, ...]:
    return (Unit(text.casefold(), "word", "", 0),)


def _without_acronym(text: str) -> str:
    """``mean absolute error (MAE)`` without the bracket that only abbreviates what stands before it."""
    match = _BRACKET.fullmatch(text)
    return match[1] if match and abbreviates(match[2], match[1]) else text


def _without_vendor(text: str, kind: str) -> str:
    """The text after a vendor's or hub organisation's name, where something with a name of its own is left."""
    vendors = words.VENDORS.get(kind, frozenset())
    hub = _HUB.fullmatch(text)
    if hub and kind == "Model" and (hub[1].islower() or hub[2].casefold().startswith(hub[1].casefold())):
        text = hub[2]
    while True:
        gap, tail = _split_head(text, vendors)
        if not tail or not any(char.isalnum() for char in tail):
            return text
        first = re.split(r"[\s\-]", tail, maxsplit=1)[0].casefold()
        if first in words.GENERIC.get(kind, frozenset()) or (gap == "-" and kind != "Hardware"):
            return text
        text = tail


def _split_head(text: str, vendors: frozenset[str]) -> tuple[str, str]:
    """What stands between a vendor's name at the head and the rest, and the rest."""
    for size in (2, 1):
        parts = re.split(r"([\s/\-]+)", text, maxsplit=size)
        if len(parts) > 2 * size:
            head = "".join(parts[: 2 * size - 1]).casefold()
            if head in vendors or _POSSESSIVE.sub("", head) in vendors:
                return parts[2 * size - 1].strip() or " ", parts[2 * size]
    return "", ""


def _add(units: list[Unit], chunk: str, gap: str, number: int, kind: str) -> None:
    """Append the units of one written word."""
    lower = chunk == chunk.lower()
    folded = chunk.casefold().rstrip(".")
    if folded in _SCALE and units and units[-1].kind == "number":
        last = units.pop()
        units.append(Unit(last.text + _SCALE[folded], "size", last.gap, last.chunk))
    elif kind == "Hardware" and (whole := _hardware_unit(folded, gap, number, units)):
        units.append(whole)
    elif kind not in ("Hardware", "Task") and _SIZE.fullmatch(folded):
        units.append(Unit(_size(folded), "size", gap, number))
    elif folded in words.SNAPSHOTS or (kind == "Model" and re.fullmatch(r"\d{4,8}", folded)):
        units.append(Unit(folded, "snapshot", gap, number))
    elif converter := _CONVERTER.fullmatch(folded):
        units.append(Unit(converter[1], "word", gap, number, lower))
        units.extend(_pieces(converter[2] or "", "", number, kind, lower))
    else:
        units.extend(_pieces(folded, gap, number, kind, lower))


def _hardware_unit(folded: str, gap: str, number: int, units: list[Unit]) -> Unit | None:
    if folded in ("gb", "g") and units and units[-1].kind == "number":
        return Unit(units.pop().text + "gb", "memory", gap, number)
    if _MEMORY.fullmatch(folded):
        return Unit(folded.rstrip("b").rstrip("g") + "gb", "memory", gap, number)
    if folded in words.FORM_FACTORS:
        return Unit(words.FORM_FACTORS[folded], "form", gap, number)
    return None


def _size(folded: str) -> str:
    """``7b1`` is 7.1b, ``7.0b`` is 7b."""
    whole = re.fullmatch(r"(\d+)b(\d)", folded)
    return (f"{whole[1]}.{whole[2]}b" if whole else folded).replace(".0b", "b")


def _pieces(folded: str, gap: str, number: int, kind: str, lower: bool) -> list[Unit]:
    found: list[Unit] = []
    pieces = _PIECE.findall(folded)
    for position, piece in enumerate(pieces):
        before = gap if position == 0 else ""
        following = pieces[position + 1] if position + 1 < len(pieces) else ""
        if piece == "v" and following[:1].isdigit():
            gap = before or "v"
            continue
        if piece.startswith("+"):
            found.append(Unit(piece, "plus", before, number))
        elif piece[0].isdigit():
            if position + 1 < len(pieces) and kind not in ("Hardware", "Task", "Metric"):
                joined = _fused_size(pieces, position)
                if joined:
                    found.append(Unit(joined, "size", before, number))
                    break
            if position and pieces[position - 1] == "v":
                before = "v"
            found.append(Unit(_number(piece, kind, before), "number", before, number))
        else:
            first = number == 0 and position == 0
            found.append(Unit(_word(piece, kind, first), "word", before, number, lower))
    return found


def _fused_size(pieces: list[str], position: int) -> str | None:
    """``GSM8K``: a number and a unit at the end of a word, after at least two letters."""
    last = position + 2 == len(pieces)
    if last and position and len(pieces[position - 1]) > 1 and pieces[position + 1] in ("b", "k", "m"):
        return _size(pieces[position] + pieces[position + 1])
    return None


def _number(piece: str, kind: str, gap: str) -> str:
    text = re.sub(r"(?:\.0)+$", "", piece)
    if kind == "Dataset" and re.fullmatch(r"(?:19|20)\d\d", text):
        return text[2:]
    if kind == "Metric" and re.fullmatch(r"0?\.\d+", text):
        return text.split(".")[1].ljust(2, "0")
    return text


def _word(piece: str, kind: str, first: bool) -> str:
    if kind == "Model" and not first:
        piece = words.MODEL_SUFFIXES.get(piece, piece)
    if kind == "Dataset":
        piece = words.LANGUAGES.get(piece, piece)
    if piece == "plus" and not first:
        return "+"
    return words.SHORT.get(piece) or word_key(piece)


def _without_generic(units: list[Unit], kind: str) -> tuple[Unit, ...]:
    """Without articles, and without generic heads (*LLaMA models*, *the GSM8K dataset*) after a proper name."""
    generic = words.GENERIC.get(kind, frozenset())
    idle = words.ARTICLES | words.IDLE.get(kind, frozenset())
    chunks = [unit.chunk for unit in units]
    left = [unit for unit in units if unit.text not in idle or chunks.count(unit.chunk) > 1] or units
    while len(left) > 1 and left[-1].kind == "word" and left[-1].text in generic and left[-1].gap:
        if kind in _PROPER_ONLY and (
            all(unit.lower for unit in left[:-1]) or (kind != "Hardware" and left[-1].gap != " ")
        ):
            break
        left.pop()
    return tuple(left)


_PROPER_ONLY = frozenset({"Dataset", "Hardware", "Method", "Model"})
