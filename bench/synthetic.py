"""Graphs of any size with the shape of real ones (skewed popularity), for benchmarks; deterministic."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from kg.graph import Graph
from kg.tables import Tables

ROLES = {
    "Method": ("USES", "COMPARES_WITH", "MENTIONS"),
    "Model": ("USES", "COMPARES_WITH"),
    "Dataset": ("EVALUATES_ON", "TRAINS_ON"),
    "Hardware": ("RUNS_ON",),
    "Task": ("ADDRESSES",),
    "Metric": ("MEASURES",),
}
SHARE = {"Method": 0.4, "Model": 0.15, "Dataset": 0.2, "Hardware": 0.03, "Task": 0.12, "Metric": 0.1}


def graph(nodes: int = 10_000, links: int = 30_000, *, seed: int = 0, evidence: bool = True) -> Graph:
    """About ``nodes`` nodes (half of them papers) and ``links`` links, each with one piece of ``evidence`` or none."""
    draw = random.Random(seed)
    paper_count = nodes // 2
    papers = [_paper(number) for number in range(paper_count)]
    entities: dict[str, list[dict[str, Any]]] = {}
    for kind, share in SHARE.items():
        many = max(3, int((nodes - paper_count) * share))
        entities[kind] = [_entity(kind, number) for number in range(many)]
    rows: dict[str, dict[str, Any]] = {}
    kinds, weights = list(SHARE), list(SHARE.values())
    while len(rows) < links:
        source = papers[draw.randrange(paper_count)]["id"]
        kind = draw.choices(kinds, weights)[0]
        group = entities[kind]
        target = group[int(len(group) * draw.random() ** 3)]["id"]
        role = draw.choice(ROLES[kind])
        key = f"{source}|{role}|{target}"
        rows[key] = {"key": key, "source": source, "type": role, "target": target, "confidence": 0.9,
                     "optional": False, "also_roles": [], "count": 8 if role == "RUNS_ON" else None}  # fmt: skip
    proof = [_evidence(row) for row in rows.values()] if evidence else []
    flat = [item for group in entities.values() for item in group]
    return Graph(Tables.from_rows(papers=papers, entities=flat, links=rows.values(), evidence=proof))


def _paper(number: int) -> dict[str, Any]:
    title = f"Paper {number}: A Study of Something Numbered {number}"
    published = date(2020, 1, 1) + timedelta(days=number % 2000)
    return {"id": f"paper/p{number}", "paper_id": f"p{number}", "name": title, "title": title,
            "abstract": f"We study thing {number}.", "authors": [], "pages": [], "published": published}  # fmt: skip


def _entity(kind: str, number: int) -> dict[str, Any]:
    name = f"{kind}-{number}"
    return {"id": f"{kind.lower()}/{name.lower()}", "type": kind, "name": name, "aliases": [f"{kind} no. {number}"],
            "also": [], "papers": 1, "exact_matches": []}  # fmt: skip


def _evidence(row: dict[str, Any]) -> dict[str, Any]:
    name = row["target"].split("/")[1]
    sentence = f"We study {name} with care, and report what we find in a sentence of ordinary length."
    return {"kind": "link", "owner": row["key"], "position": 0, "paper": row["source"], "field": "abstract",
            "start": 9, "end": 9 + len(name), "text": name, "sentence": sentence, "sentence_start": 0,
            "extractor": "bench", "confidence": 0.9}  # fmt: skip
