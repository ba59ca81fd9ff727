"""Annotated papers → tensors: for each piece which tags are honest, for each entity its pieces and labels."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kg.extract.neural.encoding import LIMIT, Encoding
from kg.extract.neural.labels import OUTCOMES, ROLES, TAGS, TYPES
from training.annotated import Annotated


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
class Example:
    ids: np.ndarray
    features: np.ndarray
    allowed: np.ndarray
    targets: list[Target]


def example(paper: Annotated, encoding: Encoding) -> Example:
    """Texts beyond the network's limit are cut: training loses the tail of about one paper in a hundred."""
    encoded = encoding.encode(paper.text, paper.body)
    length = min(len(encoded), LIMIT - 2)
    allowed = np.zeros((length + 2, len(TAGS)), dtype=bool)
    allowed[:, 0] = True
    targets = []
    for entity, spans in zip(paper.entities, paper.spans, strict=True):
        types = [TYPES.index(kind) for kind in {entity["type"]: 1, **dict.fromkeys(entity.get("also", ()))}]
        optional = bool(entity.get("optional"))
        pieces = []
        for start, end in spans:
            first = int(np.searchsorted(encoded.ends[:length], start, side="right"))
            last = int(np.searchsorted(encoded.starts[:length], end, side="left"))
            if first >= last:
                continue
            pieces.append((first + 1, last + 1))
            rows = np.arange(first + 1, last + 1)
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
    return Example(ids, features, allowed, targets)


@dataclass(slots=True)
class Batch:
    ids: Tensor
    features: Tensor
    mask: Tensor
    allowed: Tensor
    targets: list[tuple[int, Target]]


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
    tensors = map(torch.from_numpy, (ids, features, mask, allowed))
    return Batch(*tensors, targets)
