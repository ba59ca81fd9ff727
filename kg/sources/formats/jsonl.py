"""JSON lines, one paper a line: ``id``, ``title``, ``abstract`` and what else is known.

Read beside those: ``published``, ``authors`` (names, objects with a ``name``, or one string),
``author_count``, ``organization``, ``comment_count``, ``arxiv_id``, ``url``; other keys are left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from kg.errors import RecordError
from kg.model import Origin, Paper
from kg.sources.format import HEAD, InputFormat, Page
from kg.sources.identity import arxiv_id

_TRIED = 5
_BREAK = re.compile(r"\s*\n\s*")


def sniff(head: str) -> float:
    """Sure when one of the first lines is a JSON object with a title."""
    lines = (line for line in head.split("\n") if line.strip())
    for line in islice(lines, _TRIED):
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            continue
        if isinstance(record, dict) and "title" in record:
            return 0.95
    cut = len(head) >= HEAD and "\n" not in head.strip()
    return 0.6 if cut and head.lstrip().startswith("{") and '"title"' in head else 0.0


def read(page: Page) -> Iterator[Paper]:
    """The papers of ``page``; a broken line is reported with its number and the others go on."""
    for number, line in page.lines():
        if not line.strip():
            continue
        where = f"{page.where}:{number}"
        try:
            yield _paper(line, page, number, where)
        except RecordError as error:
            page.report(error)


def _paper(line: str, page: Page, number: int, where: str) -> Paper:
    try:
        record = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise RecordError(f"not JSON: {error}", where=where, mend="one JSON object a line") from error
    if not isinstance(record, dict):
        raise RecordError(f"a JSON {type(record).__name__}, not an object", where=where, mend="one JSON object a line")
    title = _text(record, "title", where)
    if not title:
        raise RecordError("no title", where=where, mend='give "title"')
    authors = _authors(record.get("authors"))
    identifier = str(record.get("id") or "").strip()
    return Paper(
        id=identifier,
        title=title,
        abstract=_text(record, "abstract", where),
        published=_date(record, page, where),
        authors=authors,
        author_count=_count(record.get("author_count")) or len(authors) or None,
        organization=_name(record.get("organization")),
        comment_count=_count(record.get("comment_count")),
        arxiv_id=arxiv_id(str(record.get("arxiv_id") or "")) or arxiv_id(identifier),
        url=_name(record.get("url")),
        origins=(Origin(page.name, number),),
    )


def _text(record: Mapping[str, Any], key: str, where: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RecordError(f"{key!r} is {type(value).__name__}, not text", where=where, mend=f'give "{key}" as a string')
    # Lone surrogates can be written in JSON but not in UTF-8, which every export is.
    return _line(value.replace("\0", "")).encode("utf-8", "replace").decode("utf-8")


def _line(text: str) -> str:
    """Text with its line breaks joined."""
    return (_BREAK.sub(" ", text) if "\n" in text else text).strip()


def _date(record: Mapping[str, Any], page: Page, where: str) -> date | None:
    value = record.get("published")
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        page.note(f"{where}: date {value!r} left out (give YYYY-MM-DD)")
        return None


def _authors(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = re.split(r",\s*(?:and\s+)?|\s+and\s+", value)
    if not isinstance(value, list):
        return ()
    return tuple(name for name in map(_name, value) if name)


def _name(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("fullname") or value.get("name")
    return _line(value) or None if isinstance(value, str) else None


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


FORMAT = InputFormat(
    name="jsonl",
    description='JSON lines, a paper a line: "id", "title", "abstract", and where known "published", "authors", …',
    looks_for='JSON lines (objects with "title" and "abstract")',
    sniff=sniff,
    read=read,
)
