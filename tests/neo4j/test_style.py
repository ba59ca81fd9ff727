"""The style sheet of Neo4j Browser follows the schema."""

from __future__ import annotations

import re
from pathlib import Path

from kg import schema
from kg.neo4j.style import grass


def test_the_file_in_docs_is_what_the_schema_gives(root: Path) -> None:
    assert (root / "docs" / "style.grass").read_text(encoding="utf-8") == grass(), "run scripts/neo4j/style.py"


def test_every_node_type_has_its_colour() -> None:
    found = dict(re.findall(r"node\.(\w+) \{[^}]*?\bcolor: (#\w{6});", grass()))
    assert found == {label: kind.colour for label, kind in schema.load().node_types.items()}
