"""The ten hard papers: the page about them is true, and most of what a reader puts down is found."""

from __future__ import annotations

import runpy
from pathlib import Path

from kg.evaluate.gold import papers, read
from kg.evaluate.scoring import score
from kg.extract import extract


def test_the_page_shows_what_the_extraction_gives(root: Path) -> None:
    script = runpy.run_path(str(root / "scripts" / "hard_papers.py"))
    assert script["main"](["--check"]) == 0, "stale: run scripts/refresh"


def test_three_in_four_things_of_the_hard_papers_are_found(root: Path) -> None:
    gold = read(root / "samples" / "hard-papers.jsonl")
    found = score(gold, extract(papers(gold), workers=1))
    assert found.micro.f1 >= 0.75
