"""``python -m training.crossvalidation``: figures and confidences from papers that no weight has seen.

Goes on from a network that no paper of the gold folder taught (``--start``). For each fold of train and dev a copy
learns the other folds, reads the fold's papers, and what stands is weighed by weights learned from the other folds. All
papers' records are then scored at once, and the weights learned from every fold's things and links are written where
they are kept: ``kg/extract/data/types.tsv``, ``standing.tsv`` and ``calibration.tsv``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from kg.evaluate.gold import papers, read
from kg.evaluate.render import render
from kg.evaluate.scoring import score
from kg.extract import standing, types
from kg.extract.assembly import record
from kg.extract.mention import Document
from kg.extract.neural import network as neural
from kg.extract.pipeline import build, run
from kg.extract.profiles import components
from kg.extract.record import to_json
from kg.model import Record
from training import calibration
from training import types as types_training
from training.choosing import Group
from training.standing import HEADER, fit, judged

DATA = Path("kg/extract/data")
Found = TypeVar("Found")
Judged = list[tuple[dict[str, float], bool]]


def main() -> None:
    args = _arguments()
    gold = read(args.gold / "train.jsonl") + read(args.gold / "dev.jsonl")
    parts = [gold[fold :: args.folds] for fold in range(args.folds)]
    for fold in range(args.folds):
        _network(args, fold)
    typed = [_typed(args, fold, part) for fold, part in enumerate(parts)]
    kinds = [types_training.learn(_others(typed, fold)) for fold in range(args.folds)]
    things = [_things(args, fold, part, kinds[fold]) for fold, part in enumerate(parts)]
    links: Judged = []
    records: dict[str, Record] = {}
    for fold, part in enumerate(parts):
        types._weights = lambda fold=fold: kinds[fold]
        found, seen = _read(args, fold, part, fit(_others(things, fold)))
        records |= {one.paper.id: one for one in found}
        links += seen
    _write("types.tsv", types_training.HEADER, types_training.learn([one for found in typed for one in found]))
    _write("standing.tsv", HEADER, fit([one for found in things for one in found]))
    calibration.write(DATA / "calibration.tsv", "default", fit(links))
    print(f"{len(links)} links; {sum(len(found) for found in things)} things")
    if args.records:
        lines = [json.dumps(to_json(one), ensure_ascii=False) + "\n" for one in records.values()]
        args.records.write_text("".join(lines), encoding="utf-8")
    report = score(gold, [records[str(one["id"])] for one in gold])
    print(render(report))
    if args.errors:
        args.errors.write_text(render(report, errors=True), encoding="utf-8")


def _network(args: argparse.Namespace, fold: int) -> None:
    """Train and export the network of a fold, unless an earlier run did."""
    folder = args.out / f"fold{fold}"
    shared = ["--gold", args.gold, "--base", args.base, "--out", folder, "--start", args.start, "--with-dev"]
    rates = ["--rate", args.rate, "--head-rate", args.head_rate, "--batch", args.batch, "--epochs", args.epochs]
    if not (folder / "network.pt").exists():
        _call("training", *shared, *rates, "--decay", "0.9", "--hold", f"{fold}/{args.folds}", "--seed", args.seed)
    if not (folder / "weights" / "tokenizer.json").exists():
        exported = ["--network", folder / "network.pt", "--base", args.base, "--out", folder / "weights"]
        _call("training.export", *exported, "--weights", "s8")


def _call(module: str, *arguments: object) -> None:
    subprocess.run([sys.executable, "-m", module, *map(str, arguments)], check=True)


def _use(args: argparse.Namespace, fold: int) -> None:
    neural.WEIGHTS = args.out / f"fold{fold}" / "weights"
    neural.network.cache_clear()


def _others(found: list[list[Found]], fold: int) -> list[Found]:
    return [one for other, ones in enumerate(found) if other != fold for one in ones]


def _before(component: str, part: list[Any]) -> Iterator[Document]:
    """The papers of a part as they stand before a component of the default profile."""
    names = components("default")
    return run(build(names[: names.index(component)]), papers(part))


def _typed(args: argparse.Namespace, fold: int, part: list[Any]) -> list[Group]:
    """The things of a fold with the types each may have, the right ones marked."""
    _use(args, fold)
    documents = _before("types", part)
    return [
        one for gold, document in zip(part, documents, strict=True) for one in types_training.judged(gold, document)
    ]


def _things(args: argparse.Namespace, fold: int, part: list[Any], kinds: dict[str, float]) -> Judged:
    """The things of a fold before any is left out, each with whether a reader puts it down."""
    _use(args, fold)
    types._weights = lambda: kinds
    documents = _before("standing", part)
    return [one for gold, document in zip(part, documents, strict=True) for one in judged(gold, document)]


def _read(
    args: argparse.Namespace, fold: int, part: list[Any], weights: dict[str, float]
) -> tuple[list[Record], Judged]:
    """Records and judged links of a fold's papers."""
    _use(args, fold)
    standing._weights = lambda: weights
    documents = list(run(build(components("default")), papers(part)))
    links = [one for gold, document in zip(part, documents, strict=True) for one in calibration.judged(gold, document)]
    return [record(document, "", "default") for document in documents], links


def _write(name: str, header: str, weights: dict[str, float]) -> None:
    rows = "".join(f"{feature}\t{value:.4f}\n" for feature, value in sorted(weights.items()) if abs(value) >= 0.001)
    (DATA / name).write_text(header + rows, encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.crossvalidation", description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="folder of train.jsonl and dev.jsonl")
    parser.add_argument("--base", type=Path, required=True, help="folder of a BERT, for its tokenizer")
    parser.add_argument("--start", type=Path, required=True, help="network.pt that none of the gold papers taught")
    parser.add_argument("--out", type=Path, required=True, help="folder for the networks of the folds")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--errors", type=Path, help="file for the report with every error and its sentence")
    parser.add_argument("--records", type=Path, help="file for all papers' records, to look at errors")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=5e-4)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--batch", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
