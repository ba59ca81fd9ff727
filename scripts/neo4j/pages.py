#!/usr/bin/env python3
"""Write what is generated about Neo4j: ``python scripts/neo4j/pages.py [--check]``.

``docs/style.grass`` comes from the schema; in ``docs/neo4j.md`` every Cypher question is followed by its answer on
the sample's graph. ``--check`` writes nothing and exits 1 when one is stale.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import kg
from kg.neo4j.style import grass

ROOT = Path(__file__).resolve().parents[2]
_QUESTION = re.compile(r"(```cypher\n(?P<query>.*?)\n```\n)(?P<answer>\n(?:\|[^\n]*\n)+)", re.DOTALL)
_MOST = 6


def main(arguments: list[str]) -> int:
    """Refresh both, or say whether they are stale."""
    graph = kg.build([ROOT / "samples" / "daily-papers.txt"])
    guide = ROOT / "docs" / "neo4j.md"
    wanted = {ROOT / "docs" / "style.grass": grass(), guide: answered(guide.read_text("utf-8"), graph)}
    stale = [place for place, text in wanted.items() if not place.is_file() or place.read_text("utf-8") != text]
    if "--check" not in arguments:
        for place in stale:
            place.write_text(wanted[place], encoding="utf-8")
        return 0
    return int(bool(stale))


def answered(text: str, graph: kg.Graph) -> str:
    """The guide with the answer of ``graph`` after every question that has one."""
    return _QUESTION.sub(lambda found: f"{found[1]}\n{_table(graph, found['query'])}", text)


def _table(graph: kg.Graph, query: str) -> str:
    rows = graph.cypher(query)
    lines = [rows.columns, ["---"] * len(rows.columns), *rows.rows[:_MOST]]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    return "" if value is None else re.sub(r"([\\|<*_`\[$])", r"\\\1", str(value))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
