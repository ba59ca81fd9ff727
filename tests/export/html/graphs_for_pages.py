"""Graphs for looking at: a little library of papers, and crowds of any size."""

from __future__ import annotations

from datetime import date
from typing import Any

from kg.graph import Graph
from kg.tables import Tables
from tests.graphs import entity, evidence, link, paper, relation

KINDS = ("Method", "Model", "Dataset", "Hardware", "Task", "Metric")
ROLES = ("USES", "USES", "EVALUATES_ON", "RUNS_ON", "ADDRESSES", "MEASURES")


def library() -> Graph:
    """Six papers of four years: enough for every part of the panel, the filters, paths and comparisons."""
    things = [
        entity("method/pebble", "Method", "Pebble", aliases=["Progressive Block Learning"]),
        entity("method/boulder", "Method", "Boulder"),
        entity("model/kite-1", "Model", "Kite-1"),
        entity("model/kite-1-7b", "Model", "Kite-1-7B", parameters=7_000_000_000),
        entity("dataset/sums", "Dataset", "SUMS"),
        entity("dataset/verbs", "Dataset", "VERBS"),
        entity("hardware/acme-x9", "Hardware", "Acme X9", aliases=["X9"]),
        entity("hardware/acme-x9-80gb", "Hardware", "Acme X9 80GB", memory_gb=80.0),
        entity("task/counting", "Task", "counting"),
        entity("metric/accuracy", "Metric", "accuracy"),
        entity("author/ida", "Author", "Ida Example"),
        entity("repository/pebble", "Repository", "example/pebble", url="https://example.org/pebble"),
    ]
    said = {
        1: ("Pebble: Learning in Blocks", date(2022, 3, 1),
            "Pebble trains Kite-1-7B on four X9 80GB cards and beats Boulder on SUMS with 61.5% accuracy."),
        2: ("Boulder: Learning All at Once", date(2021, 5, 9), "Boulder learns counting on SUMS with one X9."),
        3: ("Pebble Revisited", date(2023, 8, 20), "We run Pebble on VERBS with two X9 cards."),
        4: ("Counting with Kites", date(2023, 1, 2), "Kite-1 counts on SUMS, on VERBS and on an X9."),
        5: ("A Survey of Counting", None, "Counting is old; Boulder is one way."),
        6: ("Far from All", date(2024, 2, 2), "We look at Kite-1 alone."),
    }  # fmt: skip
    papers = [
        paper(f"p{n}", title, text, published=when, url=f"https://arxiv.org/abs/220{n}.0000{n}",
              authors=["Ida Example"] if n == 1 else [], organization="Example Works" if n == 1 else None)
        for n, (title, when, text) in said.items()
    ]  # fmt: skip
    facts = [
        (1, "INTRODUCES", "method/pebble", "Pebble", {}),
        (1, "USES", "model/kite-1-7b", "Kite-1-7B", {}),
        (1, "RUNS_ON", "hardware/acme-x9-80gb", "X9 80GB", {"count": 4, "memory_gb": 80.0}),
        (1, "COMPARES_WITH", "method/boulder", "Boulder", {"outcome": "better"}),
        (1, "EVALUATES_ON", "dataset/sums", "SUMS", {}),
        (1, "MEASURES", "metric/accuracy", "accuracy", {}),
        (2, "INTRODUCES", "method/boulder", "Boulder", {}),
        (2, "EVALUATES_ON", "dataset/sums", "SUMS", {}),
        (2, "RUNS_ON", "hardware/acme-x9", "X9", {"count": 1}),
        (2, "ADDRESSES", "task/counting", "counting", {"confidence": 0.4}),
        (3, "USES", "method/pebble", "Pebble", {}),
        (3, "EVALUATES_ON", "dataset/verbs", "VERBS", {}),
        (3, "RUNS_ON", "hardware/acme-x9", "X9", {"count": 2}),
        (4, "USES", "model/kite-1", "Kite-1", {}),
        (4, "EVALUATES_ON", "dataset/sums", "SUMS", {}),
        (4, "EVALUATES_ON", "dataset/verbs", "VERBS", {}),
        (4, "RUNS_ON", "hardware/acme-x9", "X9", {}),
        (5, "ADDRESSES", "task/counting", "Counting", {}),
        (5, "MENTIONS", "method/boulder", "Boulder", {"confidence": 0.5}),
        (6, "USES", "model/kite-1", "Kite-1", {}),
    ]
    links = [link(f"paper/p{n}", kind, target, **more) for n, kind, target, _, more in facts]
    proof = [
        evidence("link", row["key"], row["source"], said[n][2], text)
        for row, (n, _, _, text, _) in zip(links, facts, strict=True)
    ]
    proof += [evidence("link", links[0]["key"], "paper/p1", said[1][2], "Pebble", n) for n in range(1, 6)]
    links += [link("paper/p1", "WRITTEN_BY", "author/ida"), link("paper/p1", "HAS_CODE", "repository/pebble")]
    relations = [
        relation("model/kite-1-7b", "VARIANT_OF", "model/kite-1", rule="size"),
        relation("hardware/acme-x9-80gb", "VARIANT_OF", "hardware/acme-x9", rule="memory"),
        relation("method/pebble", "COMPARED_WITH", "method/boulder", "paper/p1", outcome="better"),
    ]
    proof.append(evidence("relation", relations[2]["key"], "paper/p1", said[1][2], "Boulder"))
    results = [{"id": "result/p1", "paper": "paper/p1", "subject": "method/pebble", "dataset": "dataset/sums",
                "value": 61.5, "confidence": 0.9, "metric": "metric/accuracy", "metric_name": "accuracy",
                "unit": "%"}]  # fmt: skip
    proof.append(evidence("result", "result/p1", "paper/p1", said[1][2], "61.5%"))
    rows = {"papers": papers, "entities": things, "links": links, "relations": relations}
    return Graph(Tables.from_rows(**rows, results=results, evidence=proof))


def crowd(nodes: int) -> Graph:
    """About so many nodes, half of them papers, each linked to a few things, popular ones more often."""
    many = nodes // 2
    papers = [
        paper(f"c{n:05}", f"Paper number {n}", "It is.", published=date(2020 + n % 6, 1 + n % 12, 1))
        for n in range(many)
    ]
    things: list[dict[str, Any]] = [
        entity(f"{KINDS[n % 6].lower()}/t{n}", KINDS[n % 6], f"{KINDS[n % 6]}-{n}") for n in range(nodes - many)
    ]
    links = {}
    for n in range(many):
        for k in range(3):
            place = (n * 7919 + k * 104729) % 1000 / 1000
            thing = things[n] if k == 0 else things[int(len(things) * place**3)]
            row = link(f"paper/c{n:05}", ROLES[KINDS.index(thing["type"])], thing["id"])
            links[row["key"]] = row
    return Graph(Tables.from_rows(papers=papers, entities=things, links=links.values()))
