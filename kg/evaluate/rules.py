"""The rules by which a record is held against an annotated one.

A given entity hits an annotated one when their types agree (the annotation's second type counts) and its name, or a
form of it that occurs in the text, equals one of the annotated forms after normalisation. Each annotated entity can
be hit once. Optional ones are neutral: a hit is not rewarded, a miss not punished.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.model import Entity, Result

SCORED = ("Method", "Model", "Dataset", "Hardware")
APART = ("Task", "Metric")
QUANTITIES = ("count", "memory_gb", "hours", "parameters")
Annotated = Mapping[str, Any]


def normalise(form: str) -> str:
    """A form without case, accents, blanks and punctuation; ``+``, ``#`` and decimal points stay.

    >>> normalise("Llama-3.1 8B"), normalise("AIST++"), normalise("Poincaré_map")
    ('llama3·18b', 'aist++', 'poincaremap')
    """
    text = unicodedata.normalize("NFKD", form).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"(?<=\d)\.(?=\d)", "·", text)
    return re.sub(r"[^\w·+#]|_", "", text)


def annotated_forms(entity: Annotated) -> set[str]:
    """The normalised forms of an annotated entity."""
    return {normalise(form) for form in (entity["name"], *(entity.get("aliases") or ()))} - {""}


def annotated_types(entity: Annotated) -> set[str]:
    """The types an annotated entity may honestly have."""
    return {entity["type"], *(entity.get("also") or ())}


def annotated_roles(entity: Annotated) -> set[str]:
    """The roles an annotated entity may honestly have."""
    return {entity["role"], *(entity.get("also_roles") or ())}


def given_forms(entity: Entity, text: str) -> list[str]:
    """The normalised name and those aliases that occur in the (case-folded) text."""
    aliases = [alias for alias in entity.aliases if alias.casefold() in text]
    return [form for form in dict.fromkeys(normalise(f) for f in (entity.name, *aliases)) if form]


def pair_up(
    gold: Annotated, given: Sequence[Entity]
) -> tuple[list[tuple[Annotated, Entity]], list[Annotated], list[Entity]]:
    """Hold one paper's entities against the annotation: hits, misses, spurious ones."""
    text = f"{gold['title']}\n{gold['abstract']}".casefold()
    by_form: dict[str, list[Annotated]] = defaultdict(list)
    for entity in gold["entities"]:
        for form in annotated_forms(entity):
            by_form[form].append(entity)
    taken: set[int] = set()
    hits: list[tuple[Annotated, Entity]] = []
    spurious: list[Entity] = []
    for one in given:
        candidates = [g for form in given_forms(one, text) for g in by_form.get(form, ())]
        fitting = [g for g in candidates if one.type in annotated_types(g) and id(g) not in taken]
        if fitting:
            best = min(fitting, key=lambda g: normalise(g["name"]) != normalise(one.name))
            taken.add(id(best))
            hits.append((best, one))
        elif not any(g.get("optional") for g in candidates):
            spurious.append(one)
    misses = [g for g in gold["entities"] if id(g) not in taken and not g.get("optional")]
    return hits, misses, spurious


def result_keys(gold: Annotated, results: Iterable[Result | Annotated]) -> set[tuple[str, str, float]]:
    """Results as (subject, dataset, value), the names of annotated entities standing for all their forms."""
    names = {form: normalise(e["name"]) for e in gold["entities"] for form in annotated_forms(e)}
    keys = set()
    for result in results:
        one = result if isinstance(result, Mapping) else {name: getattr(result, name) for name in _RESULT}
        try:
            subject, dataset, value = normalise(one["subject"]), normalise(one["dataset"]), float(one["value"])
        except (KeyError, TypeError, ValueError):
            continue
        keys.add((names.get(subject, subject), names.get(dataset, dataset), round(value, 4)))
    return keys


_RESULT = ("subject", "dataset", "value")
