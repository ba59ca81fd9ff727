"""Train the linear heads (role, outcome, doubt) of the ``fast`` profile from a folder of gold records.

    python -m training.linear_heads GOLD_FOLDER [--out kg/extract/linear/weights/heads.npz] [--epochs 6] [--hold K/N]
        [--abstracts abstracts.jsonl.gz]

Every honest role of a gold entity counts as right. The things are the gold entities at the places they stand.
Needs torch.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch

from kg.extract.linear.heads import BITS, OUTCOMES, WIDTH, features
from kg.extract.mention import ROLES, Document, Mention, Thing
from kg.extract.pipeline import build, run
from training.linear_gold import gathered, paper, spans

READING = ("sentences", "acronyms", "hardware", "lexicon", "patterns")
ROLE_COUNT, OUTCOME_COUNT = len(ROLES), len(OUTCOMES)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--files", nargs="+", default=["train.jsonl"])
    parser.add_argument("--abstracts", type=Path, help="abstracts.jsonl.gz to join training/annotations with")
    parser.add_argument("--hold", metavar="K/N", help="leave out every Nth paper of each file, beginning at K")
    parser.add_argument("--out", type=Path, default=Path("kg/extract/linear/weights/heads.npz"))
    parser.add_argument("--epochs", type=int, default=6)
    args = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(1)
    gold = gathered(args.gold, args.files, args.hold, args.abstracts)
    documents = list(run(build(READING), (paper(r) for r in gold)))
    examples = [e for r, d in zip(gold, documents, strict=True) for e in things(r, d)]
    print(f"{len(gold)} papers, {len(examples)} things")
    save(train(examples, args.epochs), args.out)


def things(record: dict[str, Any], document: Document) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Feature rows and honest labels of each gold entity of a document."""
    entities = place(record, document)
    if not entities:
        return
    rows, owners = features([document])
    for index, entity in enumerate(entities):
        honest = np.zeros(WIDTH, dtype=bool)
        for role in (entity["role"], *(entity.get("also_roles") or [])):
            if role in ROLES:
                honest[ROLES.index(role)] = True
        honest[ROLE_COUNT + OUTCOMES.index(entity.get("outcome") or "none")] = True
        honest[ROLE_COUNT + OUTCOME_COUNT + int(bool(entity.get("optional")))] = True
        yield rows[owners == index], honest


def place(record: dict[str, Any], document: Document) -> list[dict[str, Any]]:
    """Make the gold entities the document's things, in the record's order; those that stand nowhere are left out."""
    by_entity: dict[int, list[Mention]] = {}
    for span in sorted(spans(record, document.text), key=lambda s: s.start):
        if span.certain:
            text = document.text[span.start : span.end]
            mention = Mention(span.start, span.end, text, span.entity["type"], 1.0, "gold")
            by_entity.setdefault(id(span.entity), []).append(mention)
    known = [m for m in document.mentions if m.extractor.startswith("lexicon")]
    placed = [e for e in record["entities"] if id(e) in by_entity]
    document.things = []
    for entity in placed:
        mentions = by_entity[id(entity)]
        for mention in mentions:
            same = next((k for k in known if k.start == mention.start and k.end == mention.end), None)
            mention.extractor = same.extractor if same else "gold"
        document.things.append(Thing(entity["name"], entity["type"], mentions, 1.0))
    return placed


def train(examples: list[tuple[np.ndarray, np.ndarray]], epochs: int) -> np.ndarray:
    """AdaGrad on the sum of the three masked log losses."""
    weights = torch.zeros(1 << BITS, WIDTH)
    squares = torch.zeros(1 << BITS, WIDTH)
    order = np.arange(len(examples))
    rng = np.random.default_rng(0)
    for epoch in range(epochs):
        rng.shuffle(order)
        total = 0.0
        for first in range(0, len(order), 256):
            batch = [examples[i] for i in order[first : first + 256]]
            ids = np.concatenate([rows for rows, _ in batch])
            owners = torch.from_numpy(np.repeat(np.arange(len(batch)), [len(rows) for rows, _ in batch]))
            honest = torch.from_numpy(np.stack([h for _, h in batch]))
            touched, inverse = np.unique(ids, return_inverse=True)
            rows = torch.from_numpy(touched)
            local = weights[rows].requires_grad_()
            each = torch.nn.functional.embedding_bag(torch.from_numpy(inverse.reshape(ids.shape)), local, mode="sum")
            counts = torch.bincount(owners).clamp(min=1).float()[:, None]
            scores = torch.zeros(len(batch), WIDTH).index_add(0, owners, each) / counts
            loss = masked(scores, honest)
            loss.backward()
            total += loss.item()
            gradient = local.grad + 1e-4 * len(batch) / 256 * weights[rows]
            squares[rows] += gradient * gradient
            weights[rows] -= 0.06 * gradient / (squares[rows].sqrt() + 1e-3)
        print(f"epoch {epoch + 1}: {total / len(examples):.4f}", flush=True)
    return weights.numpy()


def masked(scores: torch.Tensor, honest: torch.Tensor) -> torch.Tensor:
    """Negative log chance of the honest labels, summed over heads and things."""
    total = torch.zeros(())
    for low, high in ((0, ROLE_COUNT), (ROLE_COUNT, ROLE_COUNT + OUTCOME_COUNT), (ROLE_COUNT + OUTCOME_COUNT, WIDTH)):
        part, right = scores[:, low:high], honest[:, low:high]
        total = total + (torch.logsumexp(part, 1) - torch.logsumexp(part.masked_fill(~right, -1e4), 1)).sum()
    return total


def save(weights: np.ndarray, path: Path) -> None:
    """Write the weights as int8 with a scale a column."""
    scale = np.abs(weights).max(axis=0) / 127
    np.savez_compressed(path, weights=np.round(weights / scale).astype(np.int8), scale=scale.astype(np.float32))
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
