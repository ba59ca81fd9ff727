"""The README shows what the code gives."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from kg.query.ask import question


def test_the_answers_in_the_readme_are_those_the_engines_give(root: Path) -> None:
    script = runpy.run_path(str(root / "scripts" / "readme.py"))
    assert script["main"](["--check"]) == 0, "stale: run python scripts/readme.py"


def test_the_first_screen_shows_three_answered_questions(root: Path) -> None:
    script = runpy.run_path(str(root / "scripts" / "readme.py"))
    head = (root / "README.md").read_text(encoding="utf-8").split("## Start")[0]
    for number in script["FIRST"]:
        answer = head.split(question(number).text)[1]
        assert re.search(r"\| --- \|\n\| .+ \|", answer), f"question {number} has no answer in the first screen"


def test_every_link_of_the_documentation_leads_somewhere(root: Path) -> None:
    pages = [*root.glob("*.md"), *(root / "docs").glob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if not target.startswith(("http:", "https:", "mailto:")):
                assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"


@pytest.mark.parametrize("script", ["start", "test", "check"])
def test_the_scripts_of_the_readme_can_be_run(root: Path, script: str) -> None:
    assert (root / "scripts" / script).stat().st_mode & 0o111
