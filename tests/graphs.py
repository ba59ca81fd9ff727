"""Graphs for tests: one small and readable, one hostile, and a hypothesis strategy."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from kg.graph import Graph
from kg.tables import Tables

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    '"quoted", with; commas',
    "line\nbreak\r\nand\ttab",
    "back\\slash \\n \\u0041",
    "emoji 🧪🦙 and שלום مرحبا",
    "]]> </script><script>alert(1)</script>",
    "$param {brace} `tick` 'single'",
    "pipe|semi;unit\x1fsep",
    "100% \\(x^2\\) & < > ",
)


def paper(key: str, title: str, abstract: str, **more: Any) -> dict[str, Any]:
    row = {"id": f"paper/{key}", "paper_id": key, "name": title, "title": title, "abstract": abstract}
    return {**row, "authors": [], "pages": [f"{key}.txt:1"], **more}


def entity(identifier: str, kind: str, name: str, **more: Any) -> dict[str, Any]:
    row = {"id": identifier, "type": kind, "name": name, "aliases": [], "also": [], "papers": 1}
    return {**row, "exact_matches": [], **more}


def link(source: str, kind: str, target: str, **more: Any) -> dict[str, Any]:
    row = {"key": f"{source}|{kind}|{target}", "source": source, "type": kind, "target": target}
    return {**row, "confidence": 0.9, "optional": False, "also_roles": [], **more}


def relation(source: str, kind: str, target: str, said_by: str | None = None, **more: Any) -> dict[str, Any]:
    key = "|".join(part for part in (source, kind, target, said_by) if part)
    row = {"key": key, "source": source, "type": kind, "target": target, "confidence": 0.8, "paper": said_by}
    return {**row, **more}


def evidence(kind: str, owner: str, said_by: str, sentence: str, text: str, position: int = 0) -> dict[str, Any]:
    start = sentence.index(text)
    span = {"field": "abstract", "start": start, "end": start + len(text), "text": text}
    said = {"sentence": sentence, "sentence_start": 0, "extractor": "test", "confidence": 0.9}
    return {"kind": kind, "owner": owner, "position": position, "paper": said_by, **span, **said}


def small() -> Graph:
    """Three papers: one introduces TinyTune and runs on two A100s, one compares, one reports a result."""
    tune, rival, bench = "paper/2501.00001", "paper/2501.00002", "paper/bench"
    said_tune = "TinyTune fine-tunes Llama-2-7B on two A100 GPUs and beats LoRA on GSM8K with 51.5%."
    said_rival = "LoRA is compared with TinyTune on GSM8K."
    papers = [
        paper("2501.00001", "TinyTune: Small Steps", said_tune, published=date(2025, 1, 2), arxiv_id="2501.00001",
              authors=["Ada L.", "Béla B."], author_count=2, organization="Example Lab",
              url="https://arxiv.org/abs/2501.00001"),
        paper("2501.00002", "A Second Look at LoRA", said_rival, published=date(2025, 3, 4)),
        paper("bench", "GSM8K Revisited", "We revisit GSM8K."),
    ]  # fmt: skip
    entities = [
        entity("method/tinytune", "Method", "TinyTune", papers=2),
        entity("method/lora", "Method", "LoRA", aliases=["Low-Rank Adaptation"], papers=2,
               exact_matches=["http://www.wikidata.org/entity/Q1"]),
        entity("model/llama-2", "Model", "Llama-2", papers=0),
        entity("model/llama-2-7b", "Model", "Llama-2-7B", parameters=7_000_000_000),
        entity("dataset/gsm8k", "Dataset", "GSM8K", papers=3),
        entity("hardware/nvidia-a100", "Hardware", "NVIDIA A100", aliases=["A100"], memory_gb=80.0),
        entity("metric/accuracy", "Metric", "accuracy"),
        entity("author/ada-l", "Author", "Ada L."),
        entity("repository/example-tinytune", "Repository", "example/tinytune",
               url="https://github.com/example/tinytune"),
    ]  # fmt: skip
    links = [
        link(tune, "INTRODUCES", "method/tinytune"),
        link(tune, "USES", "model/llama-2-7b", parameters=7_000_000_000),
        link(tune, "RUNS_ON", "hardware/nvidia-a100", count=2, memory_gb=80.0),
        link(tune, "COMPARES_WITH", "method/lora", outcome="better", also_roles=["uses"]),
        link(tune, "EVALUATES_ON", "dataset/gsm8k"),
        link(tune, "WRITTEN_BY", "author/ada-l"),
        link(tune, "HAS_CODE", "repository/example-tinytune"),
        link(rival, "USES", "method/lora"),
        link(rival, "COMPARES_WITH", "method/tinytune"),
        link(rival, "EVALUATES_ON", "dataset/gsm8k"),
        link(bench, "EVALUATES_ON", "dataset/gsm8k", optional=True),
    ]
    relations = [
        relation("model/llama-2-7b", "VARIANT_OF", "model/llama-2", rule="size"),
        relation("method/tinytune", "EVALUATED_ON", "dataset/gsm8k", tune, rule="introduced"),
        relation("method/tinytune", "COMPARED_WITH", "method/lora", tune, rule="introduced", outcome="better"),
    ]
    result = "result/2501.00001/tinytune/gsm8k/51.5"
    results = [{"id": result, "paper": tune, "subject": "method/tinytune", "dataset": "dataset/gsm8k", "value": 51.5,
                "confidence": 0.9, "metric": "metric/accuracy", "metric_name": "accuracy", "unit": "%"}]  # fmt: skip
    proof = [
        *(evidence("link", row["key"], tune, said_tune, text) for row, text in
          zip(links[:5], ("TinyTune", "Llama-2-7B", "A100", "LoRA", "GSM8K"), strict=True)),
        evidence("link", links[2]["key"], tune, said_tune, "two A100 GPUs", 1),
        evidence("link", links[7]["key"], rival, said_rival, "LoRA"),
        evidence("link", links[8]["key"], rival, said_rival, "TinyTune"),
        evidence("link", links[9]["key"], rival, said_rival, "GSM8K"),
        evidence("link", links[10]["key"], bench, "We revisit GSM8K.", "GSM8K"),
        evidence("relation", relations[1]["key"], tune, said_tune, "GSM8K"),
        evidence("relation", relations[2]["key"], tune, said_tune, "LoRA"),
        evidence("result", result, tune, said_tune, "51.5%"),
    ]  # fmt: skip
    merges = [{"entity": "method/lora", "form": "Low-Rank Adaptation", "rule": "acronym", "paper": tune}]
    rows = {"papers": papers, "entities": entities, "links": links, "relations": relations}
    return Graph(Tables.from_rows(**rows, results=results, evidence=proof, merges=merges))


def of_strings(strings: list[str]) -> Graph:
    """A graph in which every string stands as a title, a name, an alias and a piece of evidence."""
    papers, entities, links, proof = [], [], [], []
    for number, string in enumerate(strings):
        papers.append(paper(f"p{number}", string or "untitled", string, authors=[string], organization=string))
        kind = ("Method", "Model", "Dataset", "Hardware", "Task", "Metric")[number % 6]
        entities.append(entity(f"{kind.lower()}/e{number}", kind, string or "unnamed", aliases=[string]))
        links.append(link(f"paper/p{number}", "MENTIONS", f"{kind.lower()}/e{number}", outcome=string))
        proof.append(evidence("link", links[-1]["key"], f"paper/p{number}", string, string))
    return Graph(Tables.from_rows(papers=papers, entities=entities, links=links, evidence=proof))


def hostile() -> Graph:
    """`of_strings` over strings that break naive writers."""
    return of_strings([*HOSTILE, "long " * 2000])


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\x00"), max_size=40)


def graphs() -> st.SearchStrategy[Graph]:
    """Graphs of arbitrary strings."""
    return st.lists(TEXTS, max_size=6).map(of_strings)
