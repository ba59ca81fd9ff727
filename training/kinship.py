"""``python -m training.kinship --gold FOLDER --out FILE``: learn which two forms name one thing."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from kg.extract.acronyms import pairs
from kg.extract.apposition import appositions
from kg.extract.kinship import Hints, akin, features, form
from training.annotated import Annotated, gathered

HEADER = """# Weights of the features of two surface forms (kg/extract/kinship.py), learned by training/kinship.py.
# feature\tweight; the row without a name is the constant
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.kinship", description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--abstracts", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--least", type=int, default=4, help="leave out features seen in fewer pairs")
    parser.add_argument("--hold", metavar="K/N", help="leave out every Nth paper, beginning at K")
    args = parser.parse_args()
    papers = gathered(args.gold, args.abstracts, hold=args.hold)
    seen = [example for paper in papers for example in examples(paper)]
    weights = fit(seen, args.least)
    rows = sorted((name, value) for name, value in weights.items() if abs(value) >= 0.005 or not name)
    args.out.write_text(HEADER + "".join(f"{name}\t{value:.3f}\n" for name, value in rows), encoding="utf-8")
    print(f"{len(seen)} pairs, {sum(same for _, same, _ in seen)} the same; {len(rows)} weights")


def examples(paper: Annotated) -> Iterator[tuple[list[str], bool, float]]:
    """Features, label and weight of every pair of akin forms of a paper; optional things weigh less."""
    paired = frozenset((form(a.short).letters, form(a.long).letters) for a in pairs(paper.text))
    places = [(start, end, form(paper.text[start:end]).letters) for spans in paper.spans for start, end in spans]
    hints = Hints(paired, appositions(paper.text, places))
    named = [
        (number, text, entity)
        for number, (entity, spans) in enumerate(zip(paper.entities, paper.spans, strict=True))
        for text in dict.fromkeys(paper.text[start:end] for start, end in spans)
    ]
    for at, (number, text, entity) in enumerate(named):
        for other_number, other_text, other in named[at + 1 :]:
            kinds = {entity["type"], *entity.get("also", ())} & {other["type"], *other.get("also", ())}
            one, two = form(text), form(other_text)
            if not kinds or not akin(one, two, hints):
                continue
            weight = 0.5 if entity.get("optional") or other.get("optional") else 1.0
            found = list(features(one, two, (entity["type"], other["type"]), hints))
            yield found, number == other_number, weight


def fit(seen: list[tuple[list[str], bool, float]], least: int, steps: int = 300) -> dict[str, float]:
    """Logistic regression with a quadratic penalty, by Adam over all pairs at once."""
    counts = Counter(name for names, _, _ in seen for name in set(names))
    index = {name: number for number, name in enumerate(sorted(n for n, count in counts.items() if count >= least))}
    rows = np.array([row for row, (names, _, _) in enumerate(seen) for name in names if name in index])
    columns = np.array([index[name] for names, _, _ in seen for name in names if name in index])
    labels = np.array([float(same) for _, same, _ in seen])
    importance = np.array([weight for _, _, weight in seen])
    weights, constant = np.zeros(len(index)), 0.0
    first, second = np.zeros(len(index) + 1), np.zeros(len(index) + 1)
    for step in range(1, steps + 1):
        scores = np.bincount(rows, weights[columns], len(seen)) + constant
        error = (1 / (1 + np.exp(-scores)) - labels) * importance
        slope = np.append(np.bincount(columns, error[rows], len(index)) + 3.0 * weights, error.sum())
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        move = 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        weights, constant = weights - move[:-1], constant - float(move[-1])
    return {"": constant, **{name: float(weights[number]) for name, number in index.items()}}


if __name__ == "__main__":
    main()
