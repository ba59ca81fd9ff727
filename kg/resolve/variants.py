"""What a name is a variant of, by its parts: sizes, tunings, snapshots, releases, splits, editions, qualified forms.

``ancestors`` gives the keys of all names that the name is a more specific form of, nearest first. It knows
nothing of the corpus; `kg.resolve` links a name to the nearest ancestor that papers speak of.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache

from kg.resolve import hardware, words
from kg.resolve.forms import Form, Unit, key_of
from kg.resolve.normal import word_key

_MOST = 48
_CODE = 3  # letters of a code such as *R1*; more are a name
_Units = tuple[Unit, ...]


def ancestors(form: Form) -> dict[str, str]:
    """Keys of the names this one is a variant of, nearest first, each with the rule that says so.

    >>> from kg.resolve.forms import parse
    >>> parent = parse("Llama 3.1", "Model").key
    >>> ancestors(parse("Llama-3.1-8B-Instruct", "Model"))[parent]
    'variant: tuning, size'
    """
    step = _STEPS.get(form.type)
    if step is None:
        return {}
    found: dict[str, str] = {}
    seen: dict[_Units, tuple[str, ...]] = {form.units: ()}
    queue = deque([form.units])
    if listed := _without_list(form.units):
        seen[listed] = ("several",)
        found[key_of(form.type, listed)] = "variant: several"
        queue = deque([listed])
    while queue and len(seen) < _MOST:
        units = queue.popleft()
        for left, rule in step(units):
            if left in seen or not left or not (form.type == "Hardware" or _names_something(left, form.units)):
                continue
            seen[left] = (*seen[units], rule)
            found.setdefault(key_of(form.type, left), "variant: " + ", ".join(dict.fromkeys(seen[left])))
            queue.append(left)
    found.pop(form.key, None)
    return found


def _without_list(units: _Units) -> _Units | None:
    """Without the numbers of a list (*AIME 2024/2025*, *ResNet-18/50*): no one of them is what all are variants of."""
    listed: set[int] = set()
    for at in range(1, len(units)):
        pair = units[at - 1 : at + 1]
        if units[at].gap == "/" and all(unit.kind in ("number", "size") for unit in pair):
            listed |= {at - 1, at}
    left = tuple(unit for at, unit in enumerate(units) if at not in listed)
    return left if listed and _names_something(left, units) else None


def _names_something(units: _Units, whole: _Units) -> bool:
    """Whether what is left of a name can be one: more than a letter, and more than its maker's name."""
    letters = "".join(unit.text for unit in units)
    return len(letters) > 1 and any(unit.kind == "word" for unit in units) and not _is_maker(units, whole)


def _is_maker(units: _Units, whole: _Units) -> bool:
    """Whether no more than its maker's name is left of a whole name (*Hugging* of *Hugging Face Hub*)."""
    left = tuple(unit.text for unit in units)
    return any(
        maker[: len(left)] == left and tuple(unit.text for unit in whole[: len(maker)]) == maker for maker in _makers()
    )


@cache
def _makers() -> frozenset[tuple[str, ...]]:
    """The names of all makers but articles, word by word."""
    names = {name for makers in words.VENDORS.values() for name in makers} - words.ARTICLES
    return frozenset(tuple(map(word_key, re.split(r"[\s-]", name))) for name in names)


def _model_steps(units: _Units) -> Iterator[tuple[_Units, str]]:
    """Any unit after the base may fall, but a version only when no size, snapshot or second version hangs on it."""
    base = 2 if len(units) > 1 and len(units[0].text) == 1 and units[1].kind == "number" else 1
    if units[-1].text in words.MADE_WITH:
        return
    for at in range(len(units) - 1, base - 1, -1):
        unit = units[at]
        fused = at + 1 < len(units) and units[at + 1].gap == "" and units[at + 1].kind == "number"
        if fused and unit.kind == "word":
            continue
        coded = unit.kind == "number" and at > base and unit.gap == "" and units[at - 1].kind == "word"
        another = coded and len(units[at - 1].text) > _CODE  # *DeepSeek-R1-Distill-Qwen3*
        if unit.kind == "number" and not another and _is_bound(units, at):
            continue
        yield units[: at - 1 if coded else at] + units[at + 1 :], _MODEL_RULES.get(unit.kind, "tuning")


_MODEL_RULES = {"size": "size", "snapshot": "snapshot", "plus": "successor", "number": "release"}


def _is_bound(units: _Units, at: int) -> bool:
    """Whether dropping this version would name another release: a size follows, or a version stands before it."""
    if any(unit.kind == "size" for unit in units[:at]):
        return False
    if any(unit.kind in ("size", "snapshot") for unit in units[at:]):
        return True
    return units[at].gap in ("", "v") and any(unit.kind == "number" for unit in units[:at])


def _dataset_steps(units: _Units) -> Iterator[tuple[_Units, str]]:
    """The last part may fall when it stands apart or is a number, size or plus; so may a leading qualifier."""
    last = units[-1]
    if len(units) > 1 and (last.gap or last.kind != "word"):
        rule = {"number": "edition", "size": "size", "plus": "successor"}.get(last.kind, "split")
        yield units[:-1], rule
        at = max((n for n, unit in enumerate(units) if unit.gap), default=0)
        if 0 < at < len(units) - 1:
            yield units[:at], rule
    yield from _qualified(units, named=True)


def _method_steps(units: _Units) -> Iterator[tuple[_Units, str]]:
    """A release number or plus at the end may fall, and a qualifier before the head."""
    last = units[-1]
    if len(units) > 1 and last.kind in ("number", "plus") and not _fused_short(units):
        yield units[:-1], "successor"
    if len(units) > 2 and last.kind == "number" and units[-2].chunk == last.chunk and len(units[-2].text) == 1:
        yield units[:-2], "successor"
    yield from _qualified(units, named=False)


def _fused_short(units: _Units) -> bool:
    """*TD3*, *A3C*, *Word2Vec*: a number fused to a short acronym is part of the name."""
    return units[-1].gap == "" and sum(len(unit.text) for unit in units[:-1]) <= 3


def _task_steps(units: _Units) -> Iterator[tuple[_Units, str]]:
    """Without the first qualifying word, where the head (what stands before any preposition) is an activity."""
    head = next((at for at, unit in enumerate(units) if at and unit.text in words.PREPOSITIONS), len(units))
    if not _is_activity(units[head - 1].text):
        return
    for at in range(1, head):
        if units[at].gap == " " and not {units[at - 1].text, units[at].text} & words.STOPWORDS:
            yield units[at:], "qualified"
            return


def _is_activity(word: str) -> bool:
    return word in words.ACTIVITIES or word.endswith(words.ACTIVITY_ENDINGS)


def _metric_steps(units: _Units) -> Iterator[tuple[_Units, str]]:
    last = units[-1]
    if len(units) > 1 and last.kind == "number":
        if units[-2].text != "f":
            yield (*units[:-1], Unit("k", "word", last.gap, last.chunk)), "one k"
            yield units[:-1], "one k"
    elif len(units) > 1 and last.gap == "-" and len(last.text) <= 3:
        yield units[:-1], "form"
    yield from _qualified(units, named=True)


def _qualified(units: _Units, *, named: bool) -> Iterator[tuple[_Units, str]]:
    """Without the first qualifying words: known qualifiers always, lower-case words before a spaced head otherwise."""
    for at in range(1, len(units)):
        head, tail = units[:at], units[at:]
        if not tail[0].gap or tail[0].kind != "word" or head[-1].text in words.STOPWORDS:
            continue
        spelled = "-".join(unit.text for unit in head if unit.kind == "word")
        known = spelled in words.QUALIFIERS or spelled.replace("-", "") in words.QUALIFIERS
        if known or (not named and tail[0].gap == " " and all(unit.lower for unit in head)):
            if named or len(tail) > 1 or not tail[0].lower:
                yield tail, "qualified"
            return


def _hardware_steps(units: _Units) -> Iterator[tuple[_Units, str]]:
    for left in hardware.parents(units):
        yield left, "hardware"


_STEPS: dict[str, Callable[[_Units], Iterator[tuple[_Units, str]]]] = {
    "Model": _model_steps,
    "Dataset": _dataset_steps,
    "Method": _method_steps,
    "Task": _task_steps,
    "Metric": _metric_steps,
    "Hardware": _hardware_steps,
}
