"""``python -m training.crossvalidation``: figures and confidences from papers that no weight has seen.

Goes on from networks that no paper of the gold folder taught (``--run``). For each fold of train and dev, copies of
them learn the other folds, and so do the weights of kinship and of results; the mean of the networks reads the fold's
papers, and what stands is weighed by weights learned from the other folds. All papers' records are then scored at
once, and the weights learned from every fold's things and links are written where they are kept:
``kg/extract/data/types.tsv``, ``standing.tsv`` and ``calibration.tsv``.
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
from kg.extract import kinship, linkage, standing, types
from kg.extract.assembly import record
from kg.extract.mention import Document
from kg.extract.neural import network as neural
from kg.extract.pipeline import build, run
from kg.extract.profiles import components
from kg.extract.record import to_json
from kg.model import Record
from training import annotated, calibration
from training import kinship as kinship_training
from training import results as results_training
from training import types as types_training
from training.choosing import Group
from training.standing import HEADER, fit, judged

DATA = Path("kg/extract/data")
Found = TypeVar("Found")
Judged = list[tuple[dict[str, float], bool]]


def main() -> None:
    args = _arguments()
    gold = read(args.gold / "train.jsonl") + read(args.gold / "dev.jsonl")
    folds = [Fold(args, number, gold[number :: args.folds]) for number in range(args.folds)]
    _learn_forms_and_results(args, folds)
    typed = [fold.typed() for fold in folds]
    for fold in folds:
        fold.types = types_training.learn(_others(typed, fold.number))
    things = [fold.things() for fold in folds]
    links: Judged = []
    records: dict[str, Record] = {}
    for fold in folds:
        fold.standing = fit(_others(things, fold.number))
        found, seen = fold.read()
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


class Fold:
    """The papers of one fold and what was learned without them."""

    def __init__(self, args: argparse.Namespace, number: int, part: list[Any]) -> None:
        self.number, self.part = number, part
        self.folder = args.out / f"fold{number}"
        self.kinship: dict[str, float] = {}
        self.results: dict[str, float] = {}
        self.types: dict[str, float] = {}
        self.standing: dict[str, float] = {}
        if not (self.folder / "network.pt").exists():
            self._train(args)
        if not (self.folder / "weights" / "tokenizer.json").exists():
            exported = ["--network", self.folder / "network.pt", "--base", args.base, "--out", self.folder / "weights"]
            _call("training.export", *exported, "--weights", "s8")

    def _train(self, args: argparse.Namespace) -> None:
        shared = ["--gold", args.gold, "--base", args.base, "--with-dev", "--decay", "0.9"]
        rates = ["--rate", args.rate, "--head-rate", args.head_rate, "--batch", args.batch, "--epochs", args.epochs]
        folders = [self.folder / f"run{number}" for number in range(len(args.run))]
        for (start, seed), folder in zip(args.run, folders, strict=True):
            held = ["--hold", f"{self.number}/{args.folds}", "--seed", seed]
            _call("training", *shared, *rates, *held, "--start", start, "--out", folder)
        networks = [folder / "network.pt" for folder in folders]
        _call("training.average", *networks, "--out", self.folder / "network.pt")

    def _use(self) -> None:
        """Have the components read the weights of this fold."""
        neural.WEIGHTS = self.folder / "weights"
        neural.network.cache_clear()
        kinship._weights = lambda: self.kinship  # type: ignore[assignment]
        linkage._weights = lambda: self.results  # type: ignore[assignment]
        types._weights = lambda: self.types  # type: ignore[assignment]
        standing._weights = lambda: self.standing  # type: ignore[assignment]

    def _before(self, component: str) -> Iterator[tuple[Any, Document]]:
        """The fold's papers as they stand before a component of the default profile."""
        self._use()
        names = components("default")
        return zip(self.part, run(build(names[: names.index(component)]), papers(self.part)), strict=True)

    def typed(self) -> list[Group]:
        """The fold's things with the types each may have, the right ones marked."""
        return [one for gold, document in self._before("types") for one in types_training.judged(gold, document)]

    def things(self) -> Judged:
        """The fold's things before any is left out, each with whether a reader puts it down."""
        return [one for gold, document in self._before("standing") for one in judged(gold, document)]

    def read(self) -> tuple[list[Record], Judged]:
        """Records and judged links of the fold's papers."""
        self._use()
        documents = list(run(build(components("default")), papers(self.part)))
        pairs = zip(self.part, documents, strict=True)
        links = [one for gold, document in pairs for one in calibration.judged(gold, document)]
        return [record(document, "", "default") for document in documents], links


def _learn_forms_and_results(args: argparse.Namespace, folds: list[Fold]) -> None:
    """Give each fold the weights of kinship and of results learned from the other folds and the annotations."""
    gold = annotated.read(args.gold / "train.jsonl") + annotated.read(args.gold / "dev.jsonl")
    more = annotated.read_joined(sorted(annotated.ANNOTATIONS.glob("*.jsonl")), args.abstracts)
    pairs = [one for paper in more for one in kinship_training.examples(paper)]
    numbers = list(results_training.examples(more))
    for fold in folds:
        others = [paper for place, paper in enumerate(gold) if place % args.folds != fold.number]
        own = [one for paper in others for one in kinship_training.examples(paper)]
        fold.kinship = kinship_training.fit([*own, *pairs], least=4)
        fold.results = results_training.learn([*results_training.examples(others), *numbers])


def _others(found: list[list[Found]], fold: int) -> list[Found]:
    return [one for other, ones in enumerate(found) if other != fold for one in ones]


def _call(module: str, *arguments: object) -> None:
    subprocess.run([sys.executable, "-m", module, *map(str, arguments)], check=True)


def _write(name: str, header: str, weights: dict[str, float]) -> None:
    rows = "".join(f"{feature}\t{value:.4f}\n" for feature, value in sorted(weights.items()) if abs(value) >= 0.001)
    (DATA / name).write_text(header + rows, encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.crossvalidation", description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="folder of train.jsonl and dev.jsonl")
    parser.add_argument("--base", type=Path, required=True, help="folder of a BERT, for its tokenizer")
    parser.add_argument(
        "--run",
        nargs=2,
        action="append",
        required=True,
        metavar=("START", "SEED"),
        help="network.pt that none of the gold papers taught, and a seed; may be given again",
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the networks of the folds")
    parser.add_argument("--abstracts", type=Path, required=True, help="abstracts.jsonl.gz to join annotations with")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--errors", type=Path, help="file for the report with every error and its sentence")
    parser.add_argument("--records", type=Path, help="file for all papers' records, to look at errors")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=5e-4)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--batch", type=int, default=6)
    return parser.parse_args()


if __name__ == "__main__":
    main()
