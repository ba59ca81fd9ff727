#!/usr/bin/env python3
"""Write docs/style.grass from the schema."""

from pathlib import Path

from kg.neo4j.style import grass

if __name__ == "__main__":
    (Path(__file__).resolve().parents[2] / "docs" / "style.grass").write_text(grass(), encoding="utf-8")
