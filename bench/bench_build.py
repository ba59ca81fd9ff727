"""How long identity and assembly take: `python bench/bench_build.py [PAPERS]`, as ratios to a plain parse of the names.

Papers are made up (deterministic), with names of the shapes that papers use and the skew of real corpora.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

from kg.build import assemble
from kg.graph import Graph
from kg.model import Entity, Evidence, Paper, Record, Result
from kg.resolve import resolve
from kg.resolve.forms import parse

SHAPES = {
    "Method": ("{w}Opt", "sparse {w} attention", "{w}-GRPO", "{w}Former-{n}", "adaptive {w} sampling"),
    "Model": ("{W}-{n}-7B", "{W}-{n}", "{W}-{n}-7B-Instruct", "{W}{n}.5-VL"),
    "Dataset": ("{W}Bench", "{W}QA-{n}k", "{W}Bench Hard", "{W}-20{n}"),
    "Hardware": ("NVIDIA A100 80GB", "H100", "RTX {n}090", "TPU v{n}"),
    "Task": ("{w} question answering", "{w} segmentation"),
    "Metric": ("{w} accuracy", "Recall@{n}"),
}
ROLES = {
    "Method": ("introduces", "uses", "uses", "compares_with", "mentions"),
    "Model": ("introduces", "uses", "compares_with"),
    "Dataset": ("introduces", "evaluates_on", "evaluates_on", "trains_on"),
    "Hardware": ("runs_on",),
    "Task": ("addresses",),
    "Metric": ("measures",),
}
WEIGHTS = {"Method": 6, "Model": 2, "Dataset": 2, "Hardware": 0.3, "Task": 3, "Metric": 1.5}


def records(papers: int, *, seed: int = 0) -> list[Record]:
    """Records of ``papers`` papers with about eleven entities each."""
    draw = random.Random(seed)
    stems = ["".join(draw.choice("bdfgklmnprstvz") + draw.choice("aeiou") for _ in range(3)) for _ in range(4 * papers)]
    return [_record(number, draw, stems) for number in range(papers)]


def _record(number: int, draw: random.Random, stems: list[str]) -> Record:
    entities: dict[str, Entity] = {}
    kinds, weights = list(WEIGHTS), list(WEIGHTS.values())
    for _ in range(draw.randint(7, 15)):
        kind = draw.choices(kinds, weights)[0]
        stem = stems[int(len(stems) * draw.random() ** 3)]
        name = draw.choice(SHAPES[kind]).format(w=stem, W=stem.capitalize(), n=draw.randint(2, 24))
        role = draw.choice(ROLES[kind])
        sentence = f"We present a study in which {name} is looked at with care and reported on at length."
        at = sentence.index(name)
        proof = Evidence("abstract", at, at + len(name), name, sentence, 0, "bench", 0.9)
        aliases = (name.replace("-", " "),) if draw.random() < 0.3 else ()
        entities[name] = Entity(name, kind, role, aliases=aliases, confidence=0.9, evidence=(proof,))
    title = f"Paper {number} about {next(iter(entities))}"
    abstract = " ".join(entity.evidence[0].sentence for entity in entities.values())
    when = 2001 + 100 * (number % 6) + number % 12
    paper = Paper(f"{when}.{number:05d}", title, abstract, authors=(f"Author {number % 997}",))
    subjects = [e for e in entities.values() if e.type in ("Method", "Model")]
    datasets = [e for e in entities.values() if e.type == "Dataset"]
    results = (Result(subjects[0].name, datasets[0].name, 71.5, unit="%"),) if subjects and datasets else ()
    return Record(paper, tuple(entities.values()), results)


def main() -> None:
    """Print a table of stages: seconds, ratio to the baseline, and what came out."""
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    made = records(papers)
    names = [(entity.name, entity.type) for record in made for entity in record.entities]
    _, baseline = timed(lambda: [parse(*name) for name in names])
    parse.cache_clear()
    print(f"{papers} papers, {len(names)} entities; parsing every name alone: {baseline:.1f} CPU s (1.0)")
    identities, took = timed(lambda: resolve(made))
    print(f"resolve   {took:7.1f} CPU s  {took / baseline:5.1f}  {len(identities.things)} things, "
          f"{len(identities.variants)} variants, {len(identities.merges)} merges")  # fmt: skip
    tables, took = timed(lambda: assemble([record.paper for record in made], made, identities))
    print(f"assemble  {took:7.1f} CPU s  {took / baseline:5.1f}  {tables.links.num_rows} links, "
          f"{tables.relations.num_rows} relations, {tables.evidence.num_rows} pieces of evidence")  # fmt: skip
    _ask(Graph(tables), [name for name, _ in names])
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _ask(graph: Graph, names: list[str]) -> None:
    jobs: dict[str, Callable[[], Any]] = {
        "digest": lambda: graph.digest,
        "stats": graph.stats,
        "show": lambda: graph.show(names[0]),
        "path": lambda: graph.path(names[0], names[-1]),
        "path again": lambda: graph.path(names[1], names[-2]),
        "search": lambda: graph.search("attention"),
    }
    for label, job in jobs.items():
        _, took = timed(job)
        print(f"{label:10s}{took:7.2f} CPU s")


def timed(job: Callable[[], Any]) -> tuple[Any, float]:
    """What a job gives, and the CPU seconds it took."""
    start = time.process_time()
    answer = job()
    return answer, time.process_time() - start


if __name__ == "__main__":
    main()
