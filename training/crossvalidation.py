"""``python -m training.crossvalidation``: figures and confidences from papers that no weight has seen.

Goes on from networks that no paper of the gold folder taught (``--run``). For each fold of train and dev, copies of
them learn the other folds, and so do the weights of kinship; the mean of the networks reads the fold's papers. What
stands, and which number is a result of what, is weighed by weights learned from the other folds. All papers' records
are then scored at once, and the weights learned from every fold's things, numbers and links are written where they are
kept: ``kg/extract/data/types.tsv``, ``standing.tsv``, ``results.tsv`` (without dev) and ``calibration.tsv``.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TypeVar

from kg.evaluate.gold import read
from kg.evaluate.render import render
from kg.evaluate.scoring import score
from kg.extract.record import to_json
from kg.model import Record
from training import annotated, calibration
from training import kinship as kinship_training
from training import results as results_training
from training import types as types_training
from training.folds import Fold, Judged, Reading, exported
from training.standing import HEADER, fit

DATA = Path("kg/extract/data")
Found = TypeVar("Found")


def main() -> None:
    args = _arguments()
    gold = read(args.gold / "train.jsonl") + read(args.gold / "dev.jsonl")
    folds = [Fold(args, number, gold[number :: args.folds]) for number in range(args.folds)]
    _learn_forms(args, folds)
    typed = [fold.typed() for fold in folds]
    for fold in folds:
        fold.types = types_training.learn(_others(typed, fold.number))
    things = [fold.things() for fold in folds]
    for fold in folds:
        fold.standing = fit(_others(things, fold.number))
    results = _learn_results(args, folds)
    links: Judged = []
    records: dict[str, Record] = {}
    for fold in folds:
        found, seen = fold.read()
        records |= {one.paper.id: one for one in found}
        links += seen
    _write("types.tsv", types_training.HEADER, types_training.learn([one for found in typed for one in found]))
    _write("standing.tsv", HEADER, fit([one for found in things for one in found]))
    _write("results.tsv", results_training.HEADER, results, least=0.02)
    calibration.write(DATA / "calibration.tsv", "default", fit(links))
    print(f"{len(links)} links; {sum(len(found) for found in things)} things")
    if args.records:
        lines = [json.dumps(to_json(one), ensure_ascii=False) + "\n" for one in records.values()]
        args.records.write_text("".join(lines), encoding="utf-8")
    report = score(gold, [records[str(one["id"])] for one in gold])
    print(render(report))
    if args.errors:
        args.errors.write_text(render(report, errors=True), encoding="utf-8")


def _learn_forms(args: argparse.Namespace, folds: list[Fold]) -> None:
    """Give each fold the weights of kinship learned from the other folds and the annotations."""
    gold = annotated.read(args.gold / "train.jsonl") + annotated.read(args.gold / "dev.jsonl")
    more = annotated.read_joined(sorted(annotated.ANNOTATIONS.glob("*.jsonl")), args.abstracts)
    pairs = [one for paper in more for one in kinship_training.examples(paper)]
    for fold in folds:
        others = [paper for place, paper in enumerate(gold) if place % args.folds != fold.number]
        own = [one for paper in others for one in kinship_training.examples(paper)]
        fold.kinship = kinship_training.fit([*own, *pairs], least=4)


def _learn_results(args: argparse.Namespace, folds: list[Fold]) -> dict[str, float]:
    """Give each fold the weights of results learned from the other folds and the annotations; those of all but dev.

    The annotated papers are read with the network that the first run starts from, which no gold paper taught.
    """
    found = [[list(ones) for ones in fold.numbers()] for fold in folds]
    more = annotated.read_joined(sorted(annotated.ANNOTATIONS.glob("*.jsonl")), args.abstracts)
    part = [{"id": one.id, "title": one.title, "abstract": one.abstract, "results": one.results} for one in more]
    exported(args.run[0][0], args.base, args.out / "reader")
    reader = Reading(args.out / "reader", part, folds[0].kinship, folds[0].types, folds[0].standing)
    shared = [one for ones in reader.numbers() for one in ones]
    for fold in folds:
        others = [one for ones in _others(found, fold.number) for one in ones]
        fold.results = results_training.learn(others, shared)
    dev = {one["id"] for one in read(args.gold / "dev.jsonl")}
    pairs = ((gold, ones) for fold in folds for gold, ones in zip(fold.part, found[fold.number], strict=True))
    return results_training.learn([one for gold, ones in pairs if gold["id"] not in dev for one in ones], shared)


def _others(found: list[list[Found]], fold: int) -> list[Found]:
    return [one for other, ones in enumerate(found) if other != fold for one in ones]


def _write(name: str, header: str, weights: dict[str, float], least: float = 0.001) -> None:
    rows = "".join(f"{feature}\t{value:.4f}\n" for feature, value in sorted(weights.items()) if abs(value) >= least)
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
