"""A graph of any number of papers that holds everything the ready questions ask for; deterministic."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from kg.graph import Graph
from kg.tables import Tables
from tests.graphs import entity, evidence, link, paper, relation

NAMED = {
    "Method": ("lora", "quantization", "transformer"),
    "Model": ("gpt-4", "llama", "llama-2", "llama-2-7b", "llama-3"),
    "Dataset": ("gsm8k", "mmlu"),
    "Hardware": ("nvidia-a100", "gpu"),
    "Task": ("reasoning",),
    "Metric": ("accuracy",),
}
COUNTS = {"Method": 900, "Model": 400, "Dataset": 300, "Hardware": 40, "Task": 60, "Metric": 50}
ROLES = {
    "Method": ("USES", "USES", "INTRODUCES", "COMPARES_WITH", "MENTIONS"),
    "Model": ("USES", "INTRODUCES", "COMPARES_WITH", "MENTIONS"),
    "Dataset": ("EVALUATES_ON", "EVALUATES_ON", "TRAINS_ON", "INTRODUCES"),
    "Hardware": ("RUNS_ON",),
    "Task": ("ADDRESSES",),
    "Metric": ("MEASURES",),
}
Row = dict[str, Any]


def corpus(papers: int, seed: int = 7) -> Graph:
    """A graph of ``papers`` papers with about five links each, two pieces of evidence on every third."""
    draw = random.Random(seed)
    made = [_paper(draw, number) for number in range(papers)]
    things = {kind: _things(draw, kind, many) for kind, many in COUNTS.items()}
    links, proof = _links(draw, made, things)
    relations = _relations(draw, things, made)
    proof += [
        evidence("relation", row["key"], row["paper"], _said(made, row), "We") for row in relations if row["paper"]
    ]
    results = [row for number in range(papers // 4) if (row := _result(draw, number, made, things))]
    proof += [evidence("result", row["id"], row["paper"], _said(made, row), "We", 0) for row in results]
    others, more = _agents(draw, made)
    flat = [thing for group in things.values() for thing in group] + others
    rows = {"papers": made, "entities": flat, "links": [*links, *more], "relations": relations}
    return Graph(Tables.from_rows(**rows, results=results, evidence=proof))


def _paper(draw: random.Random, number: int) -> Row:
    dated = date(2019, 1, 1) + timedelta(days=draw.randrange(2500)) if draw.random() < 0.8 else None
    more = {"published": dated, "author_count": draw.randrange(1, 40) if draw.random() < 0.5 else None}
    return paper(f"p{number}", f"Paper {number}", f"We study thing {number}, and say so.", **more)


def _things(draw: random.Random, kind: str, many: int) -> list[Row]:
    names = [*NAMED[kind], *(f"{kind.lower()} {number}é" for number in range(many))]
    made = []
    for name in names:
        more: Row = {"aliases": [f"{name} (also)", f"the {name}"]} if draw.random() < 0.3 else {}
        if kind == "Model" and draw.random() < 0.5:
            more["parameters"] = draw.randrange(1, 400) * 10**9
        made.append(entity(f"{kind.lower()}/{name.replace(' ', '-')}", kind, name, papers=draw.randrange(9), **more))
    return made


def _links(draw: random.Random, papers: list[Row], things: dict[str, list[Row]]) -> tuple[list[Row], list[Row]]:
    found: dict[str, Row] = {}
    proof: list[Row] = []
    while len(found) < 5 * len(papers):
        by, kind = draw.choice(papers), draw.choice(list(things))
        thing = things[kind][int(len(things[kind]) * draw.random() ** 3)]
        row = link(by["id"], draw.choice(ROLES[kind]), thing["id"], confidence=round(draw.random(), 3))
        if row["key"] in found:
            continue
        if row["type"] == "RUNS_ON":
            row |= {"count": draw.choice((None, 1, 1, 8, 512)), "hours": draw.choice((None, None, 1.5, 24.0))}
        if row["type"] == "COMPARES_WITH":
            row["outcome"] = draw.choice((None, "better", "worse", "on_par"))
        found[row["key"]] = row
        for place, words in enumerate(("We", "say so")[: 1 + (len(found) % 3 == 0)]):
            said = evidence("link", row["key"], by["id"], by["abstract"], words, place)
            proof.append({**said, "extractor": draw.choice(("rules", "lexicon", "tagger"))})
    return list(found.values()), proof


def _relations(draw: random.Random, things: dict[str, list[Row]], papers: list[Row]) -> list[Row]:
    model = {row["name"]: row["id"] for row in things["Model"]}
    made = [
        relation(model["llama-2-7b"], "VARIANT_OF", model["llama-2"], rule="size"),
        relation(model["llama-2"], "VARIANT_OF", model["llama"], rule="version"),
    ]
    for _ in range(300):
        small, large = sorted(draw.sample(range(5, len(things["Model"])), 2), reverse=True)
        made.append(relation(things["Model"][small]["id"], "VARIANT_OF", things["Model"][large]["id"], rule="size"))
    for kind, target in (("BASED_ON", "Method"), ("EVALUATED_ON", "Dataset"), ("RUNS_ON", "Hardware")):
        for _ in range(300):
            one, other = draw.choice(things["Method"]), things[target][int(len(things[target]) * draw.random() ** 4)]
            made.append(relation(one["id"], kind, other["id"], draw.choice(papers)["id"], rule="introduced"))
    return list({row["key"]: row for row in made}.values())


def _result(draw: random.Random, number: int, papers: list[Row], things: dict[str, list[Row]]) -> Row:
    metric = draw.choice(things["Metric"][:3])["id"] if draw.random() < 0.6 else None
    ends = {"paper": draw.choice(papers)["id"], "subject": draw.choice(things["Model"])["id"], "metric": metric,
            "dataset": things["Dataset"][int(len(things["Dataset"]) * draw.random() ** 5)]["id"]}  # fmt: skip
    return {"id": f"result/{number}", **ends, "value": draw.randrange(1000) / 10, "confidence": 0.8, "unit": "%"}


def _agents(draw: random.Random, papers: list[Row]) -> tuple[list[Row], list[Row]]:
    firms = [entity(f"organization/lab-{number}", "Organization", f"Lab {number}") for number in range(12)]
    codes = [entity(f"repository/code-{number}", "Repository", f"code/{number}") for number in range(len(papers) // 5)]
    made = [link(by["id"], "PUBLISHED_BY", draw.choice(firms)["id"]) for by in papers[::3]]
    made += [
        link(by["id"], "HAS_CODE", code["id"]) for by, code in zip(draw.sample(papers, len(codes)), codes, strict=True)
    ]
    return [*firms, *codes], made


def _said(papers: list[Row], row: Row) -> str:
    number = int(row["paper"].removeprefix("paper/p"))
    said: str = papers[number]["abstract"]
    return said
