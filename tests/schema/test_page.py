"""The schema's page is generated, whole and up to date."""

from __future__ import annotations

from pathlib import Path

from kg.schema import load
from kg.schema.page import diagram, page


def test_the_page_in_the_documentation_is_up_to_date(root: Path) -> None:
    assert (root / "docs/schema.md").read_text(encoding="utf-8") == page(), "run: python scripts/docs.py"


def test_the_page_names_every_type_and_property() -> None:
    text = page()
    for name in (*load().node_types, *load().link_types):
        assert f"`{name}`" in text
    for node in load().node_types.values():
        assert all(f"| `{name}` |" in text for name in node.properties)


def test_the_diagram_draws_every_link_type() -> None:
    drawn = "\n".join(diagram(load()))
    assert all(name in drawn for name in load().link_types)
