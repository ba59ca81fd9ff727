"""Train the linear tagger of the ``fast`` profile (a CRF over hashed features) from a folder of gold records.

    python -m training.linear_tagger GOLD_FOLDER [--out kg/extract/linear/weights/tagger.npz] [--seed 0] [--epochs 6]
        [--files train.jsonl] [--hold K/N] [--abstracts abstracts.jsonl.gz]

Optional entities are masked out of the loss: their words may take any tag. Needs torch.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import torch

from kg.extract.linear.features import SIZE, features
from kg.extract.linear.tagger import TAGS, sentence_bounds
from kg.extract.mention import Document
from kg.extract.pipeline import build, run
from training.linear_gold import gathered, paper, spans

READING = ("sentences", "acronyms", "hardware", "lexicon", "patterns")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--files", nargs="+", default=["train.jsonl"])
    parser.add_argument("--abstracts", type=Path, help="abstracts.jsonl.gz to join training/annotations with")
    parser.add_argument("--hold", metavar="K/N", help="leave out every Nth paper of each file, beginning at K")
    parser.add_argument("--out", type=Path, default=Path("kg/extract/linear/weights/tagger.npz"))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=6)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    gold = gathered(args.gold, args.files, args.hold, args.abstracts)
    documents = list(run(build(READING), (paper(r) for r in gold)))
    examples = [e for r, d in zip(gold, documents, strict=True) for e in sentences(r, d)]
    print(f"{len(gold)} papers, {len(examples)} sentences")
    save(train(examples, args.epochs), args.out)


def sentences(record: dict[str, Any], document: Document) -> list[tuple[np.ndarray, np.ndarray]]:
    """Feature ids and allowed tags of each sentence of a document."""
    allowed = targets(record, document)
    ids = features(document)
    return [(ids[a:b], allowed[a:b]) for a, b in sentence_bounds(document) if b > a]


def targets(record: dict[str, Any], document: Document) -> np.ndarray:
    """Which tags each word may have: one where the gold is certain, any where it is optional."""
    allowed = np.zeros((len(document.words), len(TAGS)), dtype=bool)
    allowed[:, 0] = True
    starts = np.asarray(document.starts)
    ends = np.asarray(document.ends)
    for span in sorted(spans(record, document.text), key=lambda s: (s.certain, not s.entity.get("optional"))):
        first = int(np.searchsorted(ends, span.start, side="right"))
        last = int(np.searchsorted(starts, span.end))
        if first >= last:
            continue
        if span.entity.get("optional") or not span.certain:
            allowed[first:last] = True
            continue
        allowed[first:last] = False
        for kind in {span.entity["type"], *(span.entity.get("also") or [])}:
            if kind == span.entity["type"] or kind in ("Method", "Model", "Dataset", "Hardware"):
                allowed[first, TAGS.index(f"B-{kind}")] = True
                allowed[first + 1 : last, TAGS.index(f"I-{kind}")] = True
    return allowed


def train(
    examples: list[tuple[np.ndarray, np.ndarray]], epochs: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Weights by AdaGrad on the masked CRF likelihood, averaged over the second half."""
    tags = len(TAGS)
    emission = torch.zeros(SIZE, tags, requires_grad=True)
    transition = torch.zeros(tags, tags)
    for a, left in enumerate(TAGS):
        for b, right in enumerate(TAGS):
            if right.startswith("I") and left[2:] != right[2:]:
                transition[a, b] = -1e4
    ban = transition.clone()
    free = torch.zeros(tags, tags, requires_grad=True)
    start_ban = torch.tensor([-1e4 if t.startswith("I") else 0.0 for t in TAGS])
    start = torch.zeros(tags, requires_grad=True)
    squares = torch.zeros(SIZE, tags)
    small = torch.optim.Adagrad([free, start], lr=0.05)
    order = sorted(range(len(examples)), key=lambda i: len(examples[i][0]))
    batches = [order[i : i + 160] for i in range(0, len(order), 160)]
    rate = 0.12
    for epoch in range(epochs):
        total = 0.0
        for index in torch.randperm(len(batches)).tolist():
            batch = [examples[i] for i in batches[index]]
            loss, rows, gradient = step(batch, emission, ban + free, start_ban + start)
            total += loss
            small.step()
            small.zero_grad()
            with torch.no_grad():
                gradient += 3e-5 * len(batch) / 160 * emission[rows]
                squares[rows] += gradient * gradient
                emission[rows] -= rate * gradient / (squares[rows].sqrt() + 1e-3)
        print(f"epoch {epoch + 1}: {total / len(examples):.4f}", flush=True)
    return emission.detach(), (ban + free).detach(), (start_ban + start).detach()


def step(
    batch: list[tuple[np.ndarray, np.ndarray]], emission: torch.Tensor, transition: torch.Tensor, start: torch.Tensor
) -> tuple[float, torch.Tensor, torch.Tensor]:
    """Loss of a batch and the gradient of the emission rows it touches; the small parameters get theirs in place."""
    longest = max(len(ids) for ids, _ in batch)
    width = batch[0][0].shape[1]
    ids = np.zeros((len(batch), longest, width), dtype=np.int64)
    allowed = np.zeros((len(batch), longest, len(TAGS)), dtype=bool)
    mask = np.zeros((len(batch), longest), dtype=bool)
    for row, (own, tags) in enumerate(batch):
        ids[row, : len(own)], allowed[row, : len(own)], mask[row, : len(own)] = own, tags, True
    touched, inverse = np.unique(ids, return_inverse=True)
    rows = torch.from_numpy(touched)
    local = emission.detach()[rows].requires_grad_()
    scores = torch.nn.functional.embedding_bag(torch.from_numpy(inverse.reshape(-1, width)), local, mode="sum").view(
        len(batch), longest, len(TAGS)
    )
    gold = torch.where(torch.from_numpy(allowed), scores, torch.tensor(-1e4))
    known = torch.from_numpy(mask)
    loss = (partition(scores, known, transition, start) - partition(gold, known, transition, start)).sum()
    loss.backward()
    return loss.item(), rows, local.grad


def partition(scores: torch.Tensor, mask: torch.Tensor, transition: torch.Tensor, start: torch.Tensor) -> torch.Tensor:
    """Log-sum over all tag sequences of each sentence."""
    alpha = start + scores[:, 0]
    for position in range(1, scores.shape[1]):
        forward = torch.logsumexp(alpha[:, :, None] + transition[None], dim=1) + scores[:, position]
        alpha = torch.where(mask[:, position, None], forward, alpha)
    return torch.logsumexp(alpha, dim=1)


def save(weights: tuple[torch.Tensor, torch.Tensor, torch.Tensor], path: Path) -> None:
    """Write the weights, the emissions as int8 with a scale a column."""
    emission, transition, start = (w.numpy() for w in weights)
    scale = np.abs(emission).max(axis=0) / 127
    small = np.round(emission / scale).astype(np.int8)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, emission=small, scale=scale.astype(np.float32), transition=transition, start=start)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
