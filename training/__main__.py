"""``python -m training --gold FOLDER --base FOLDER --out FOLDER``: train the tagger and its heads.

Reads ``train.jsonl`` (and ``dev.jsonl`` with ``--with-dev``) of the gold folder, and the annotations of this
repository (``training/annotations``) joined by id with ``--abstracts``; writes ``network.pt``, which
``python -m training.export`` turns into the released weights.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import torch
from torch import nn

from kg.extract.neural.encoding import Encoding
from training.annotated import Annotated, gathered
from training.examples import Example, batches, examples
from training.losses import loss
from training.network import Network, load, narrowed, pretrained, save


def main() -> None:
    args = _arguments()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    encoding = Encoding.load(args.base / "tokenizer.json")
    papers = chosen(args)
    print(f"{len(papers)} papers", flush=True)
    network = load(args.start) if args.start else begin(args)
    args.out.mkdir(parents=True, exist_ok=True)
    train(network, examples(papers, encoding), args)
    save(network, args.out / "network.pt")


def begin(args: argparse.Namespace) -> Network:
    """The base with as many of its layers and inner neurons as asked for."""
    network = pretrained(args.base)
    if not args.layers and not args.inner:
        return network
    layers, inner = args.layers or network.shape.layers, args.inner or network.shape.inner
    return narrowed(network, list(range(layers)), inner)


def chosen(args: argparse.Namespace) -> list[Annotated]:
    """The papers to train on, in the order that the seed gives."""
    papers = gathered(args.gold, args.abstracts, hold=args.hold, with_dev=args.with_dev, more=args.more)
    random.Random(args.seed).shuffle(papers)
    return papers[: args.papers] if args.papers else papers


def train(network: Network, papers: list[Example], args: argparse.Namespace) -> None:
    rng = random.Random(args.seed)
    total = -(-len(papers) // args.batch) * args.epochs
    optimiser = torch.optim.AdamW(groups(network, args), betas=(0.9, 0.98), eps=1e-6, fused=True)
    full = [group["lr"] for group in optimiser.param_groups]
    began, step, seen = time.monotonic(), 0, {}
    network.train()
    for epoch in range(args.epochs):
        for batch in batches(papers, args.batch, rng):
            gone = (time.monotonic() - began) / (60 * args.minutes) if args.minutes else step / total
            if gone >= 1.0:
                break
            for group, rate in zip(optimiser.param_groups, full, strict=True):
                group["lr"] = rate * (1.0 if args.level and gone > 0.1 else pace(gone))
            value, parts = loss(network, batch, rng)
            optimiser.zero_grad(set_to_none=True)
            value.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            step += 1
            seen = {name: 0.95 * seen.get(name, part) + 0.05 * part for name, part in parts.items()}
            if step % 50 == 0:
                shown = " ".join(f"{name} {part:.3f}" for name, part in seen.items())
                print(f"epoch {epoch} step {step}/{total} {time.monotonic() - began:.0f}s {shown}", flush=True)
        save(network, args.out / "unfinished.pt")
    network.eval()


def groups(network: Network, args: argparse.Namespace) -> list[dict[str, object]]:
    """Parameter groups: new parts learn fastest, the lower layers and the embeddings slower."""
    encoder = network.encoder
    new = [
        *network.tags.parameters(),
        *network.entity.parameters(),
        *network.numbers.parameters(),
        *encoder.features.parameters(),
    ]
    found: list[tuple[list[nn.Parameter], float]] = [(new, args.head_rate)]
    depths = [encoder.embedding, *encoder.layers]
    for height, part in enumerate(reversed(depths)):
        found.append((list(part.parameters()), args.rate * args.decay**height))
    return [{"params": parameters, "lr": rate, "weight_decay": 0.01} for parameters, rate in found]


def pace(gone: float) -> float:
    """The share of the full learning rate when a share of the run has gone: up over a twelfth, then down to nothing."""
    warm = 1 / 12
    return min(gone / warm + 0.01, max(0.0, (1.0 - gone) / (1.0 - warm)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--gold", type=Path, help="folder of train.jsonl and dev.jsonl")
    parser.add_argument("--base", type=Path, required=True, help="folder of a BERT: model.safetensors, tokenizer.json")
    parser.add_argument("--out", type=Path, required=True, help="folder for network.pt")
    parser.add_argument("--abstracts", type=Path, help="abstracts.jsonl.gz to join training/annotations with")
    parser.add_argument("--more", type=Path, help="more annotations to join with the abstracts (training.reading)")
    parser.add_argument("--layers", type=int, help="how many of the base's layers to keep, from below (all)")
    parser.add_argument("--inner", type=int, help="how many inner neurons of each layer to keep (all)")
    parser.add_argument("--level", action="store_true", help="keep the rate to the end: a run to go on from")
    parser.add_argument("--with-dev", action="store_true", help="train on dev.jsonl as well (for cross-validation)")
    parser.add_argument("--hold", metavar="K/N", help="leave out every Nth paper of the gold folder, beginning at K")
    parser.add_argument("--start", type=Path, help="go on from the network.pt of an earlier run")
    parser.add_argument("--papers", type=int, help="use only so many papers (a trial)")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--minutes", type=float, help="end after so long, the learning rate falling by the clock")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument(
        "--decay", type=float, default=0.85, help="learning rate of each layer relative to the one above"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
