"""What teaches `kg.extract.types`: things of papers the tagger has not seen, each with its types and the right ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.evaluate.rules import annotated_forms, normalise
from kg.extract.mention import Document
from kg.extract.types import options
from training.choosing import Group, fit

HEADER = """# Weights of what speaks for a type of a thing (kg/extract/types.py),
# learned by training/crossvalidation.py.
# feature\tweight
"""


def judged(record: Mapping[str, Any], document: Document) -> Iterator[Group]:
    """The types each thing may have, right where an annotated entity of one of its forms has it."""
    right: dict[str, set[str]] = {}
    for entity in record["entities"]:
        for form in annotated_forms(entity):
            right.setdefault(form, set()).update((entity["type"], *entity.get("also", ())))
    for thing in document.things:
        wanted = {kind for form in thing.forms() for kind in right.get(normalise(form), ())}
        found = options(document, thing)
        if len(found) > 1 and not wanted.isdisjoint(found):
            yield [(features, kind in wanted) for kind, features in found.items()]


def learn(groups: list[Group]) -> dict[str, float]:
    """Weights of the features of types."""
    return fit(groups, penalty=8.0)
