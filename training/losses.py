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
HEADS = [len(ROLES), len(OUTCOMES), 1]


def loss(network: Network, batch: Batch, rng: random.Random) -> tuple[Tensor, dict[str, float]]:
    """The loss of a batch, and its parts."""
    with torch.autocast("cpu", torch.bfloat16):
        hidden, tags = network(batch.ids, batch.features, batch.mask)
    read = batch.mask == 1
    parts = {"tags": _honest(tags[read], batch.allowed[read]).mean()}
    if batch.targets:
        parts |= _of_entities(network, hidden, batch, rng)
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
