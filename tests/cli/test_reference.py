from __future__ import annotations

from kg.cli.reference import page


def test_the_reference_page_is_what_the_help_says(root):
    assert (root / "docs" / "cli.md").read_text(encoding="utf-8") == page() + "\n", "run scripts/docs.py"


def test_every_command_stands_in_it_once(kg):
    text = page()
    for name in ("build", "extract", "cypher", "sparql", "show", "path", "stats", "push", "schema"):
        assert text.count(f"\n### kg {name}\n") == 1
