#!/usr/bin/env python3
"""Write the generated pages of the documentation: ``python scripts/docs.py [--check]``.

``docs/schema.md`` comes from the ontology, ``docs/cli.md`` from the commands' help, ``docs/cookbook.md``
from the ready questions asked of the sample's graph.
``--check`` writes nothing, names what is stale and exits 1.
"""

from __future__ import annotations

import sys
from pathlib import Path

import kg
from kg.cli import reference
from kg.query.cookbook import cookbook
from kg.schema.page import page

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str]) -> int:
    """Refresh the pages, or say which are stale."""
    graph = kg.build([ROOT / "samples" / "daily-papers.txt"])
    pages = {"docs/schema.md": page(), "docs/cookbook.md": cookbook(graph), "docs/cli.md": reference.page() + "\n"}
    places = {ROOT / name: text for name, text in pages.items()}
    stale = [place for place, text in places.items() if not place.is_file() or place.read_text("utf-8") != text]
    for place in stale:
        if "--check" not in arguments:
            place.write_text(places[place], encoding="utf-8")
        sys.stdout.write(f"{'stale' if '--check' in arguments else 'written'}: {place.relative_to(ROOT)}\n")
    return int(bool(stale) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
