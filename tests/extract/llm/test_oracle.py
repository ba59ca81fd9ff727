"""A model that answers with the annotations themselves: what is lost then, the reading of replies loses."""

from __future__ import annotations

import json
from pathlib import Path

from kg.evaluate import evaluate
from tests.extract.llm.runs import Run
from tests.extract.llm.server import Asked, Model, entity, says


def test_perfect_replies_give_almost_perfect_scores(model: Model, shared: Path):
    path = shared / "gold" / "dev.jsonl"
    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    by_title = {" ".join(one["title"].split()): one for one in gold}

    def knows(asked: Asked):
        title = asked.paper.split("[0] ", 1)[1].split("\n[1] ")[0]
        one = by_title[" ".join(title.split())]
        entities = [entity(e["name"], **_without(e, "name", "type"), kind=e["type"]) for e in one["entities"]]
        empty = {"metric": None, "unit": None, "sentence": 0}
        return says({"entities": entities, "results": [{**empty, **r} for r in one.get("results") or ()]})

    model.script = knows
    run = Run(model.url, concurrency=2)
    report = evaluate(path, extractor=run.llm)
    assert run.errors == [] and report.absent == 0
    assert report.micro.f1 > 0.99 and report.roles.value > 0.99 and report.introduces.f1 > 0.99
    assert report.results.f1 > 0.9 and report.quantity.value > 0.95 and report.outcomes.value > 0.95


def _without(one: dict, *names: str) -> dict:
    return {key: value for key, value in one.items() if key not in names and value is not None}
