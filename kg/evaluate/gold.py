"""Gold files: one annotated paper a line, as the guidelines describe."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import InputError, RecordError
from kg.model import Paper

Gold = Mapping[str, Any]


def read(path: Path) -> list[Gold]:
    """The records of a gold file.

    Raises `InputError` when it cannot be read, `RecordError` naming the line that is no annotated paper.
    """
    try:
        # Lines end at "\n" alone: str.splitlines would cut a JSON string at U+2028 too.
        with path.open(encoding="utf-8") as lines:
            return [_record(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the gold file: {error}", where=str(path)) from error


def papers(records: Iterable[Gold]) -> Iterator[Paper]:
    """The papers of gold records, as extraction takes them."""
    for record in records:
        yield Paper(str(record["id"]), record["title"], record["abstract"])


def _record(line: str, where: str) -> Gold:
    mend = "each line is an object with id, title, abstract and entities"
    try:
        record = json.loads(line)
    except ValueError as error:
        raise RecordError(f"not JSON: {error}", where=where, mend=mend) from error
    if not isinstance(record, dict) or not {"id", "title", "abstract", "entities"} <= record.keys():
        raise RecordError("not an annotated paper", where=where, mend=mend)
    return record
