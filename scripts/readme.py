#!/usr/bin/env python3
"""Write the README's questions with their real answers: ``python scripts/readme.py [--check]``.

Builds the sample's graph, asks each question in Cypher and in SPARQL, refuses to go on when the rows differ, and
puts queries and rows between the README's markers. ``--check`` writes nothing and exits 1 when the README is stale.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import kg
from kg.query.ask import ask, question
from kg.query.rows import Rows

ROOT = Path(__file__).resolve().parents[1]
FIRST = (16, 10, 21)
TEN = (1, 4, 7, 10, 16, 17, 21, 26, 35, 39)
MOST = 6


def main(arguments: list[str]) -> int:
    """Refresh the README, or say whether it is stale."""
    graph = kg.build([ROOT / "samples" / "daily-papers.txt"])
    place = ROOT / "README.md"
    before = place.read_text(encoding="utf-8")
    after = between(before, "first", first(graph))
    after = between(after, "questions", ten(graph))
    if "--check" in arguments:
        return int(before != after)
    place.write_text(after, encoding="utf-8")
    return 0


def between(text: str, name: str, lines: Iterable[str]) -> str:
    """``text`` with ``lines`` between the markers called ``name``."""
    opening = rf"(<!-- {name}[^>]*-->\n).*?(<!-- /{name} -->)"
    return re.sub(opening, lambda found: found[1] + "\n".join(lines) + "\n" + found[2], text, flags=re.S)


def first(graph: kg.Graph) -> Iterator[str]:
    """Three questions with their answers only."""
    for number in FIRST:
        yield f"**{question(number).text}**\n"
        yield from table(agreed(graph, number))
        yield ""


def ten(graph: kg.Graph) -> Iterator[str]:
    """Ten questions, each with both queries and the rows they agree on."""
    for place, number in enumerate(TEN, 1):
        chosen = question(number)
        yield f"### {place}. {chosen.text}\n"
        yield f"```cypher\n{dedent(chosen.cypher).strip()}\n```\n"
        yield f"```sparql\n{dedent(chosen.sparql).strip()}\n```\n"
        yield from table(agreed(graph, number))
        yield ""


def agreed(graph: kg.Graph, number: int) -> Rows:
    """The rows of a question on which Cypher and SPARQL agree.

    Raises `SystemExit` when they do not.
    """
    cypher, sparql = ask(number, graph, "cypher"), ask(number, graph, "sparql")
    if cypher.rows != sparql.rows:
        raise SystemExit(f"question {number}: Cypher and SPARQL differ:\n{cypher.rows}\n{sparql.rows}")
    return cypher


def table(rows: Rows) -> Iterator[str]:
    """Rows as a Markdown table, the first few."""
    yield "| " + " | ".join(rows.columns) + " |"
    yield "|" + " --- |" * len(rows.columns)
    for row in rows.rows[:MOST]:
        yield "| " + " | ".join(cell(value) for value in row) + " |"
    if len(rows) > MOST:
        yield f"\n*… and {len(rows) - MOST} more*"


def cell(value: Any) -> str:
    """One value on one line of Markdown."""
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
