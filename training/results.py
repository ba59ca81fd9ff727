"""What teaches `kg.extract.linkage` which number is whose result on what: papers the tagger has not seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.evaluate.rules import normalise
from kg.extract import linkage
from kg.extract.linkage import Choice, Option
from kg.extract.mention import Document, Thing
from kg.extract.results import choices
from training import standing
from training.choosing import Group, fit

HEADER = """# Weights of what speaks for a number being a result, and for a dataset and a subject being its own
# (kg/extract/linkage.py), learned by training/crossvalidation.py.
# part and feature\tweight
"""


Example = tuple[Choice, bool, set[Thing | None], set[Thing | None]]


def examples(results: Sequence[Mapping[str, Any]], document: Document) -> Iterator[Example]:
    """Each number with its choices, whether it is a result, and the right datasets and subjects.

    The things are those that the pipeline found, so what it learns to trust is what it will be given.
    """
    forms = {normalise(form): thing for thing in document.things for form in thing.forms()}
    right = [
        (float(one["value"]), forms.get(normalise(one["dataset"])), forms.get(normalise(one["subject"])))
        for one in results
    ]
    for choice in choices(document):
        here = [one for one in right if abs(one[0] - choice.value.value) < 1e-6]
        known = {option.thing for option in choice.datasets}
        datasets = {dataset if dataset in known else None for _, dataset, _ in here}
        known = {option.thing for option in choice.subjects}
        subjects = {subject if subject in known else None for _, _, subject in here}
        yield choice, bool(here), datasets, subjects


def learn(own: Sequence[Example], shared: Sequence[Example], folds: int = 4) -> dict[str, float]:
    """Weights of the words' part from all; from ``own``, papers no network has seen, what the network's word weighs.

    For the latter and for what makes the product of the parts a probability, ``own`` is held out in turn.
    """
    weights = parts([*own, *shared])
    held: list[tuple[Example, dict[str, float]]] = []
    for fold in range(folds):
        first, last = fold * len(own) // folds, (fold + 1) * len(own) // folds
        kept = parts([*own[:first], *own[last:], *shared])
        held += [(one, kept) for one in own[first:last]]
    second = _second(held)
    weights |= second
    for name, quiet in (("joint", True), ("heard joint", False)):
        joint = standing.fit([one for found, kept in held for one in _judged(found, {**kept, **second}, quiet)])
        weights |= {f"{name} ": joint[""], f"{name} odds": joint["odds"]}
    return weights


def _second(held: Sequence[tuple[Example, Mapping[str, float]]]) -> dict[str, float]:
    """What the words' score of a number and the network's weigh beside each other."""
    groups: list[Group] = []
    for (choice, result, _, _), weights in held:
        _use(weights)
        if choice.heard is not None:
            found = linkage.second(linkage.score("value", choice.features), choice.heard)
            groups.append([(found, result), ({}, not result)])
    return {f"heard {name}": value for name, value in fit(groups).items()}


def _judged(found: Example, weights: Mapping[str, float], quiet: bool) -> Iterator[tuple[dict[str, float], bool]]:
    """The odds of a number held out, as far as its dataset and subject are named, and whether all is right.

    ``quiet`` leaves the network's word out, as in a profile without it.
    """
    _use(weights)
    choice, result, datasets, subjects = found
    share, dataset, subject = (replace(choice, heard=None) if quiet else choice).shares()
    if dataset is not None and subject is not None:
        yield {"odds": linkage.odds(share)}, result and dataset in datasets and subject in subjects


def _use(weights: Mapping[str, float]) -> None:
    linkage._weights = lambda: weights  # type: ignore[assignment]


def parts(seen: Sequence[Example]) -> dict[str, float]:
    """Weights of what judges the value, the dataset and the subject."""
    values: list[Group] = [
        [(dict.fromkeys(choice.features, 1.0), right), ({}, not right)] for choice, right, _, _ in seen
    ]
    datasets = [_group(choice.datasets, right) for choice, result, right, _ in seen if result]
    subjects = [_group(choice.subjects, right) for choice, result, _, right in seen if result]
    weights: dict[str, float] = {}
    for part, groups in (("value", values), ("dataset", datasets), ("subject", subjects)):
        weights.update({f"{part} {name}": value for name, value in fit(groups).items()})
    return weights


def _group(options: Sequence[Option], right: set[Thing | None]) -> Group:
    return [(dict.fromkeys(option.features, 1.0), option.thing in right) for option in options]
