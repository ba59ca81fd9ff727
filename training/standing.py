"""``python -m training.standing --gold FILE --hold K/N --out FILE``: learn which things a reader would put down.

Give it papers the tagger was not trained on (the ``--hold`` of its training), else it trusts the tagger too much.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from kg.evaluate.rules import pair_up
from kg.extract.mention import Document
from kg.extract.pipeline import build, run
from kg.extract.profiles import components
from kg.extract.standing import features
from kg.model import Entity, Paper
from training import choosing

HEADER = """# Weights of what speaks for and against a thing (kg/extract/standing.py), learned by training/standing.py.
# feature\tweight; the row without a name is the constant
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.standing", description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="a file of annotated papers")
    parser.add_argument("--hold", default="0/1", metavar="K/N", help="use every Nth paper only, beginning at K")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    left, parts = (int(number) for number in args.hold.split("/"))
    lines = args.gold.read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for number, line in enumerate(lines) if line and number % parts == left]
    names = components("default")
    nlp = build(names[: names.index("standing")])
    papers = [Paper(record["id"], record["title"], record["abstract"]) for record in records]
    seen = [one for record, document in zip(records, run(nlp, papers), strict=True) for one in judged(record, document)]
    weights = fit(seen)
    rows = "".join(f"{name}\t{value:.4f}\n" for name, value in sorted(weights.items()))
    args.out.write_text(HEADER + rows, encoding="utf-8")
    print(f"{len(seen)} things, {sum(right for _, right in seen)} right; {len(weights)} weights")


def judged(record: dict[str, Any], document: Document) -> list[tuple[dict[str, float], bool]]:
    """Features of each thing that is right or wrong by the scorer's rules; those it holds neutral are left out."""
    entities = [Entity(thing.name, thing.type, "uses", tuple(thing.forms()[1:])) for thing in document.things]
    numbers = {id(entity): number for number, entity in enumerate(entities)}
    hits, _, spurious = pair_up(record, entities)
    verdicts = [(numbers[id(found)], True) for gold, found in hits if not gold.get("optional")]
    verdicts += [(numbers[id(found)], False) for found in spurious]
    return [(dict(features(document, document.things[at])), right) for at, right in sorted(verdicts)]


def fit(seen: list[tuple[dict[str, float], bool]], penalty: float = 5.0) -> dict[str, float]:
    """Logistic regression with a quadratic penalty."""
    return choosing.fit([[({**found, "": 1.0}, right), ({}, not right)] for found, right in seen], penalty=penalty)


if __name__ == "__main__":
    main()
