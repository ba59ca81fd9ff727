"""Annotated papers → tensors: for each piece which tags are honest, for each entity its pieces and labels."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kg.extract.linkage import Option
from kg.extract.mention import Thing
from kg.extract.neural.encoding import LIMIT, Encoding
from kg.extract.neural.labels import OUTCOMES, ROLES, TAGS, TYPES
from training import results
from training.annotated import Annotated
from training.documents import documents


@dataclass(slots=True)
class Target:
    """One entity: its mentions as stretches of pieces and what an honest reader says of it."""

    spans: list[tuple[int, int]]
    types: list[int]
    roles: list[int]
    outcome: int
    optional: bool
    titled: bool


@dataclass(slots=True)
class Number:
    """A number of the text: its pieces, whether it is a result, and the datasets and subjects it may belong to.

    Each option is the mentions of a thing (none for what is not named) and whether it is right.
    """

    span: tuple[int, int]
    result: bool
    options: list[list[tuple[list[tuple[int, int]], bool]]]


@dataclass(slots=True)
class Example:
    ids: np.ndarray
    features: np.ndarray
    allowed: np.ndarray
    targets: list[Target]
    numbers: list[Number]


def examples(papers: Sequence[Annotated], encoding: Encoding) -> list[Example]:
    """The papers as the network reads them."""
    return [
        example(paper, encoding, list(results.examples(paper.results, document)) if paper.results is not None else [])
        for paper, document in documents(papers)
    ]


def example(paper: Annotated, encoding: Encoding, judged: Sequence[results.Example]) -> Example:
    """Texts beyond the network's limit are cut: training loses the tail of about one paper in a hundred."""
    encoded = encoding.encode(paper.text, paper.body)
    length = min(len(encoded), LIMIT - 2)

    def stretch(start: int, end: int) -> tuple[int, int]:
        first = int(np.searchsorted(encoded.ends[:length], start, side="right"))
        last = int(np.searchsorted(encoded.starts[:length], end, side="left"))
        return first + 1, last + 1

    allowed = np.zeros((length + 2, len(TAGS)), dtype=bool)
    allowed[:, 0] = True
    targets = []
    for entity, spans in zip(paper.entities, paper.spans, strict=True):
        types = [TYPES.index(kind) for kind in {entity["type"]: 1, **dict.fromkeys(entity.get("also", ()))}]
        optional = bool(entity.get("optional"))
        pieces = []
        for start, end in spans:
            first, last = stretch(start, end)
            if first >= last:
                continue
            pieces.append((first, last))
            rows = np.arange(first, last)
            allowed[rows, 0] = optional
            for kind in types:
                allowed[rows, 2 + 2 * kind] = True
                allowed[rows[0], 1 + 2 * kind] = True
                allowed[rows[0], 2 + 2 * kind] = optional
        if pieces:
            roles = [ROLES.index(role) for role in {entity["role"], *entity.get("also_roles", ())}]
            outcome = OUTCOMES.index(entity.get("outcome") or "none")
            titled = any(start < paper.body for start, _ in spans)
            targets.append(Target(pieces, types, roles, outcome, optional, titled))
    ids = np.concatenate([[encoding.start], encoded.ids[:length], [encoding.end]])
    features = np.concatenate([np.zeros((1, encoded.features.shape[1]), dtype=np.int64)] * 2)
    features = np.insert(features, 1, encoded.features[:length], axis=0)
    numbers = []
    for choice, result, *right in judged:
        span = stretch(choice.value.start, choice.value.end)
        options = [_options(*one, stretch) for one in zip((choice.datasets, choice.subjects), right, strict=True)]
        if span[0] < span[1]:
            numbers.append(Number(span, result, options))
    return Example(ids, features, allowed, targets, numbers)


def _options(
    options: Sequence[Option], right: set[Thing | None], stretch: Callable[[int, int], tuple[int, int]]
) -> list[tuple[list[tuple[int, int]], bool]]:
    """The mentions of each option within the network's limit; what is not within it counts as not named."""
    found = []
    for option in options:
        spans = [stretch(mention.start, mention.end) for mention in option.thing.mentions] if option.thing else []
        found.append(([span for span in spans if span[0] < span[1]], option.thing in right))
    named = [one for one in found if one[0]]
    return [*named, ([], any(good for spans, good in found if not spans))]


@dataclass(slots=True)
class Batch:
    ids: Tensor
    features: Tensor
    mask: Tensor
    allowed: Tensor
    targets: list[tuple[int, Target]]
    numbers: list[tuple[int, Number]]


def batches(examples: list[Example], size: int, rng: random.Random) -> Iterator[Batch]:
    """Batches of papers of like length, in random order."""
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].ids) * rng.uniform(0.9, 1.1))
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    rng.shuffle(groups)
    for group in groups:
        yield collate([examples[i] for i in group])


def collate(group: list[Example]) -> Batch:
    longest = max(len(one.ids) for one in group)
    ids = np.zeros((len(group), longest), dtype=np.int64)
    features = np.zeros((len(group), longest, group[0].features.shape[1]), dtype=np.int64)
    mask = np.zeros((len(group), longest), dtype=np.int64)
    allowed = np.ones((len(group), longest, len(TAGS)), dtype=bool)
    for row, one in enumerate(group):
        length = len(one.ids)
        ids[row, :length], features[row, :length], mask[row, :length] = one.ids, one.features, 1
        allowed[row, :length] = one.allowed
    targets = [(row, target) for row, one in enumerate(group) for target in one.targets]
    numbers = [(row, number) for row, one in enumerate(group) for number in one.numbers]
    tensors = map(torch.from_numpy, (ids, features, mask, allowed))
    return Batch(*tensors, targets, numbers)
