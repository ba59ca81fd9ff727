"""What is minimised: every honest answer counts as right; what a reader may leave out counts neither way."""

from __future__ import annotations

import random

import torch
from torch import Tensor
from torch.nn import functional

from kg.extract.neural.labels import OUTCOMES, ROLES, TYPES
from training.examples import Batch, Target
from training.network import Network

ROLE_WEIGHT, OUTCOME_WEIGHT, OPTIONAL_WEIGHT = 0.3, 0.05, 0.1
VALUE_WEIGHT, BELONGS_WEIGHT = 0.15, 0.1
HEADS = [len(ROLES), len(OUTCOMES), 1]


def loss(network: Network, batch: Batch, rng: random.Random) -> tuple[Tensor, dict[str, float]]:
    """The loss of a batch, and its parts."""
    with torch.autocast("cpu", torch.bfloat16):
        hidden, tags = network(batch.ids, batch.features, batch.mask)
    read = batch.mask == 1
    parts = {"tags": _honest(tags[read], batch.allowed[read]).mean()}
    if batch.targets:
        parts |= _of_entities(network, hidden, batch, rng)
    if batch.numbers:
        parts |= _of_numbers(network, hidden, batch)
    return sum(parts.values(), torch.tensor(0.0)), {name: float(part.detach()) for name, part in parts.items()}


def _of_entities(network: Network, hidden: Tensor, batch: Batch, rng: random.Random) -> dict[str, Tensor]:
    targets = [target for _, target in batch.targets]
    roles, outcomes, optional = network.entity(entity_vectors(hidden, batch.targets, rng)).split(HEADS, dim=1)
    parts = {"role": ROLE_WEIGHT * _honest(roles, _roles(targets)).mean()}
    compared = torch.tensor([ROLES.index("compares_with") in t.roles and not t.optional for t in targets])
    if bool(compared.any()):
        labels = torch.tensor([target.outcome for target in targets])
        parts["outcome"] = OUTCOME_WEIGHT * functional.cross_entropy(outcomes[compared], labels[compared])
    left = torch.tensor([float(target.optional) for target in targets])
    parts["optional"] = OPTIONAL_WEIGHT * functional.binary_cross_entropy_with_logits(optional[:, 0], left)
    return parts


def _of_numbers(network: Network, hidden: Tensor, batch: Batch) -> dict[str, Tensor]:
    """Whether each number is a result; of those that are, on which dataset and of which subject."""
    places: dict[tuple[int, int, int], int] = {}
    for row, number in batch.numbers:
        for spans, _ in (option for options in number.options for option in options):
            for span in spans:
                places.setdefault((row, *span), len(places))
    vectors = _means(hidden, [(row, *number.span) for row, number in batch.numbers])
    names = _means(hidden, list(places)) if places else hidden.new_zeros(0, hidden.shape[2])
    values, scores, neither = network.numbers(vectors, names)
    right = torch.tensor([float(number.result) for _, number in batch.numbers])
    parts = {"value": VALUE_WEIGHT * functional.binary_cross_entropy_with_logits(values, right)}
    lost = []
    for at, (row, number) in enumerate(batch.numbers):
        for kind, options in enumerate(number.options if number.result else ()):
            sums = [
                torch.logsumexp(scores[kind, at, [places[row, *span] for span in spans]], 0)
                if spans
                else neither[at, kind]
                for spans, _ in options
            ]
            lost.append(_honest(torch.stack(sums)[None], torch.tensor([[good for _, good in options]]))[0])
    if lost:
        parts["belongs"] = BELONGS_WEIGHT * torch.stack(lost).mean()
    return parts


def _means(hidden: Tensor, stretches: list[tuple[int, int, int]]) -> Tensor:
    """The mean vector of each stretch of pieces (row, first, last) of a batch."""
    flat = hidden.reshape(-1, hidden.shape[2])
    pieces = [row * hidden.shape[1] + at for row, first, last in stretches for at in range(first, last)]
    lengths = torch.tensor([last - first for _, first, last in stretches])
    return torch.segment_reduce(flat[torch.tensor(pieces)], "mean", lengths=lengths)


def entity_vectors(hidden: Tensor, targets: list[tuple[int, Target]], rng: random.Random | None) -> Tensor:
    """The inputs of the entity head; with ``rng`` from a random part of the mentions and any of the honest types."""
    pieces: list[int] = []
    lengths: list[int] = []
    mentions: list[int] = []
    rest = torch.zeros(len(targets), len(TYPES) + 4)
    for number, (row, target) in enumerate(targets):
        spans = target.spans
        if rng and len(spans) > 1 and rng.random() < 0.3:
            spans = rng.sample(spans, rng.randint(1, len(spans)))
        for first, last in spans:
            pieces.extend(range(row * hidden.shape[1] + first, row * hidden.shape[1] + last))
            lengths.append(last - first)
        mentions.append(len(spans))
        rest[number, rng.choice(target.types) if rng else target.types[0]] = 1.0
        rest[number, len(TYPES) :] = torch.tensor([target.titled, len(spans) > 1, len(spans) > 3, True]).float()
    flat = hidden.reshape(-1, hidden.shape[2])[torch.tensor(pieces)]
    means = torch.segment_reduce(flat, "mean", lengths=torch.tensor(lengths))
    counts = torch.tensor(mentions)
    mean, top = (torch.segment_reduce(means, how, lengths=counts) for how in ("mean", "max"))
    return torch.cat([mean, top, rest], dim=1)


def _roles(targets: list[Target]) -> Tensor:
    allowed = torch.zeros(len(targets), len(ROLES), dtype=torch.bool)
    for row, target in enumerate(targets):
        allowed[row, target.roles] = True
    return allowed


def _honest(scores: Tensor, allowed: Tensor) -> Tensor:
    """Minus the log of the probability that falls on any allowed answer."""
    kept = scores.masked_fill(~allowed, -1e9)
    return torch.logsumexp(scores, -1) - torch.logsumexp(kept, -1)
