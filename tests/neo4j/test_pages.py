"""What is generated about Neo4j is up to date: the style sheet, and the answers in the guide."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

from kg import schema
from kg.graph import Graph
from kg.neo4j.style import grass
from kg.query.cypher import cypher
from tests.graphs import small


def test_the_guide_and_the_style_sheet_are_up_to_date(root: Path) -> None:
    script = runpy.run_path(str(root / "scripts" / "neo4j" / "pages.py"))
    assert script["main"](["--check"]) == 0, "stale: run python scripts/neo4j/pages.py"


def test_every_node_type_has_its_colour() -> None:
    found = dict(re.findall(r"node\.(\w+) \{[^}]*?\bcolor: (#\w{6});", grass()))
    assert found == {label: kind.colour for label, kind in schema.load().node_types.items()}


def test_the_guide_asks_ten_questions_that_have_an_order(root: Path) -> None:
    asked = re.findall(r"```cypher\n(.*?)\n```", (root / "docs" / "neo4j.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(asked) == 10
    graph: Graph = small()
    for query in asked:
        assert "ORDER BY" in query or "shortestPath" in query
        assert cypher(graph, query).columns
