"""The cookbook is generated from the questions and their answers, and up to date."""

from __future__ import annotations

from pathlib import Path

from kg.graph import Graph
from kg.query.ask import questions
from kg.query.cookbook import cookbook


def test_the_cookbook_in_the_documentation_is_up_to_date(root: Path, sample: Graph) -> None:
    assert (root / "docs/cookbook.md").read_text(encoding="utf-8") == cookbook(sample), "run: python scripts/docs.py"


def test_the_cookbook_has_every_question_in_three_forms(sample: Graph) -> None:
    text = cookbook(sample)
    for item in questions():
        assert f"## {item.number}. {item.text}" in text
        assert item.cypher in text
        assert item.sparql in text
        assert f"def {item.python.__name__}(" in text
