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


def loss(network: Network, batch: Batch, rng: random.Random) -> tuple[Tensor, dict[str, float]]:
    below = network.encoder.below(batch.ids, batch.mask) if batch.below is None else batch.below
    hidden, tags = network.above(below, batch.features, batch.mask)
    tagging = _honest(tags[batch.mask == 1], batch.allowed[batch.mask == 1]).mean()
    if not batch.targets:
        return tagging, {"tags": float(tagging.detach())}
    vectors = torch.stack([entity_vector(hidden[row], target, rng) for row, target in batch.targets])
    scores = network.entity(vectors)
    targets = [target for _, target in batch.targets]
    roles, outcomes, optional = scores.split([len(ROLES), len(OUTCOMES), 1], dim=1)
    role = _honest(roles, _roles(targets)).mean()
    compared = torch.tensor([ROLES.index("compares_with") in t.roles and not t.optional for t in targets])
    outcome = torch.tensor(0.0)
    if bool(compared.any()):
        labels = torch.tensor([target.outcome for target in targets])
        outcome = functional.cross_entropy(outcomes[compared], labels[compared])
    left = torch.tensor([float(target.optional) for target in targets])
    leaving = functional.binary_cross_entropy_with_logits(optional[:, 0], left)
    total = tagging + ROLE_WEIGHT * role + OUTCOME_WEIGHT * outcome + OPTIONAL_WEIGHT * leaving
    parts = {"tags": tagging, "role": role, "outcome": outcome, "optional": leaving}
    return total, {name: float(part.detach()) for name, part in parts.items()}


def entity_vector(hidden: Tensor, target: Target, rng: random.Random) -> Tensor:
    """The input of the entity head, from a random part of its mentions and one of its honest types."""
    spans = target.spans
    if len(spans) > 1 and rng.random() < 0.3:
        spans = rng.sample(spans, rng.randint(1, len(spans)))
    mentions = torch.stack([hidden[first:last].mean(0) for first, last in spans])
    kind = functional.one_hot(torch.tensor(rng.choice(target.types)), len(TYPES)).float()
    counts = torch.tensor([float(target.titled), float(len(spans) > 1), float(len(spans) > 3), 1.0])
    return torch.cat([mentions.mean(0), mentions.max(0).values, kind, counts])


def _roles(targets: list[Target]) -> Tensor:
    allowed = torch.zeros(len(targets), len(ROLES), dtype=torch.bool)
    for row, target in enumerate(targets):
        allowed[row, target.roles] = True
    return allowed


def _honest(scores: Tensor, allowed: Tensor) -> Tensor:
    """Minus the log of the probability that falls on any allowed answer."""
    kept = scores.masked_fill(~allowed, -1e9)
    return torch.logsumexp(scores, -1) - torch.logsumexp(kept, -1)
