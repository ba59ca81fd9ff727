"""Two names held against each other: one thing, variants of one another, or two things."""

from __future__ import annotations

from typing import Literal

from kg.resolve import known
from kg.resolve.acronyms import abbreviates
from kg.resolve.forms import Form, dotted, parse
from kg.resolve.variants import ancestors

Relation = Literal["same", "variant", "different"]


def compare(a: str, b: str, kind: str) -> Relation:
    """How two names of one type are related, by their spelling and the short list of known forms alone.

    >>> compare("Llama-2 70 billion", "LLaMA-2-70B", "Model"), compare("A100 80GB", "A100", "Hardware")
    ('same', 'variant')
    >>> compare("Llama 3", "Llama 3.1", "Model"), compare("Gemma-2B", "Gemma-2", "Model")
    ('different', 'different')
    """
    if kind == "Model" and (a, b) != (restored := _restored(a, b)):
        return compare(*restored, kind)
    first, second = parse(a, kind), parse(b, kind)
    key, other = known.canonical(first.key, kind), known.canonical(second.key, kind)
    if key == other:
        return "same"
    if _is_variant(first, other) or _is_variant(second, key):
        return "variant"
    if _is_short_for(a, b, kind) or _is_short_for(b, a, kind):
        return "same"
    return "different"


def _restored(a: str, b: str) -> tuple[str, str]:
    """Two models' names, a lost dot set again in the one where the other has it (*Qwen25-VL*, *Qwen2.5-VL*)."""
    whole = dotted(a)
    if whole is not None and _shares_version(whole, b):
        return whole, b
    whole = dotted(b)
    return (a, whole) if whole is not None and _shares_version(whole, a) else (a, b)


def _shares_version(restored: str, other: str) -> bool:
    numbers = {unit.text for unit in parse(restored, "Model").units if unit.kind == "number" and "." in unit.text}
    return any(unit.text in numbers for unit in parse(other, "Model").units)


def parents(form: Form) -> dict[str, str]:
    """Canonical keys of what a form is a variant of, nearest first, with the rule; none known to stand apart."""
    own = known.canonical(form.key, form.type)
    found: dict[str, str] = {}
    for key, rule in ancestors(form).items():
        parent = known.canonical(key, form.type)
        if known.stands_apart(form.key, key, form.type) or known.stands_apart(own, parent, form.type):
            continue
        if parent != own:
            found.setdefault(parent, rule)
    return found


def _is_variant(form: Form, other: str) -> bool:
    return other in parents(form)


def _is_short_for(short: str, long: str, kind: str) -> bool:
    return abbreviates(short, long) and not known.means_elsewhere(short, long, kind)
