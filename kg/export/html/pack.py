"""The page's data: columns as JSON, gzipped, in base64; what is drawn first apart from what is read later."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from typing import Any

from kg.export.html.gather import Gathered


def packed(value: Any) -> str:
    """JSON without NaN, gzipped with no time in it, in base64: the same value gives the same text.

    >>> packed([1, "<b>"]) == packed([1, "<b>"])
    True
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode("utf-8", "replace"), 6, mtime=0)).decode("ascii")


def columns(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> dict[str, list[Any]]:
    """A list of nodes or edges as pyvis holds them, turned into one list a field."""
    return {name: [row[name] for row in rows] for name in names}


def details(found: Gathered) -> dict[str, Any]:
    """What the panel tells: facts of nodes and links, evidence, the sentences it stands in."""
    return {
        "facts": [facts or 0 for facts in found.facts],
        "dates": found.dates,
        "linkFacts": [facts or 0 for facts in found.link_facts],
        "evidence": [[number for piece in pieces for number in piece] for pieces in found.evidence],
        "hidden": {str(i): many for i, many in enumerate(found.hidden) if many},
        "sentences": found.sentences,
    }
