"""``python -m training.reading --weights FOLDER --abstracts FILE --out FILE``: annotations by the pipeline itself.

Papers nobody annotated are read by the default profile with the weights of a network (``training.export``); what it
finds is written as annotations for ``--more`` of ``python -m training``. The whole pipeline knows more than its
network (names of the lexicon, one decision per thing), so the network has something to learn from it. Of what is
doubtful the annotation says so: an unlikely thing is optional, a role or type in doubt has another beside it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.extract import standing
from kg.extract.mention import Document, Thing
from kg.extract.neural import network
from kg.extract.outcomes import read_outcomes
from kg.extract.pipeline import build, run
from kg.extract.profiles import components
from kg.extract.roles import assign_roles
from kg.model import Paper
from training.annotated import ANNOTATIONS

SURE, UNLIKELY = 0.5, 0.15
# What a second role or type needs to be honest beside the first.
_BESIDE = 0.3


def main() -> None:
    args = _arguments()
    network.WEIGHTS = args.weights
    names = components("default")
    nlp = build(names[: names.index("standing")])
    with args.out.open("w", encoding="utf-8") as out:
        first, parts = (int(number) for number in args.part.split("/"))
        chosen = list(unread(args.abstracts, args.gold, args.papers, args.seed))[first::parts]
        for document in run(nlp, chosen):
            out.write(json.dumps(annotation(document), ensure_ascii=False) + "\n")


def unread(abstracts: Path, gold: Path | None, number: int, seed: int) -> Iterator[Paper]:
    """Some of the papers that neither this folder's annotations nor the gold folder's have, in a seeded order."""
    files = [*ANNOTATIONS.glob("*.jsonl"), *([gold / "train.jsonl", gold / "dev.jsonl"] if gold else [])]
    known = {json.loads(line)["id"] for file in files for line in file.read_text(encoding="utf-8").splitlines() if line}
    with gzip.open(abstracts, "rt", encoding="utf-8") as lines:
        records = [record for record in map(json.loads, lines) if record["id"] not in known]
    for record in random.Random(seed).sample(records, min(number, len(records))):
        yield Paper(record["id"], record["title"], record["abstract"])


def annotation(document: Document) -> dict[str, Any]:
    """What the pipeline makes of a paper, as an annotation; of results it says nothing."""
    for thing in document.things:
        thing.score = standing.probability(document, thing)
    document.things = [thing for thing in document.things if thing.score >= UNLIKELY]
    assign_roles(document)
    read_outcomes(document)
    return {"id": document.paper.id, "entities": [_entity(thing) for thing in document.things], "results": None}


def _entity(thing: Thing) -> dict[str, Any]:
    entity: dict[str, Any] = {"name": thing.name, "aliases": thing.forms()[1:], "type": thing.type, "role": thing.role}
    if thing.score < SURE:
        entity["optional"] = True
    also = [kind for kind, share in thing.type_scores.items() if kind != thing.type and share >= _BESIDE]
    other = [role for role, share in thing.role_scores.items() if role != thing.role and share >= _BESIDE]
    entity |= {key: value for key, value in (("also", also), ("also_roles", other)) if value}
    if thing.outcome:
        entity["outcome"] = thing.outcome
    return entity


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.reading", description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="folder that training.export wrote")
    parser.add_argument("--abstracts", type=Path, required=True, help="papers as JSONL, gzipped")
    parser.add_argument("--gold", type=Path, help="folder whose papers are left out")
    parser.add_argument("--papers", type=int, default=11500)
    parser.add_argument("--part", default="0/1", metavar="K/N", help="every Nth of them, beginning at K")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True, help="JSONL of annotations")
    return parser.parse_args()


if __name__ == "__main__":
    main()
