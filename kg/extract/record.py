"""Records as JSON: the form of the annotation guidelines, with the evidence added.

Keys whose value is empty are left out; `from_json` reads what `to_json` writes, and the guidelines' own records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from kg.errors import RecordError
from kg.model import Entity, Evidence, Origin, Paper, Record, Result

_ENTITY_TUPLES = ("aliases", "also", "also_roles")


def to_json(record: Record) -> dict[str, Any]:
    """A record as plain data, in a fixed order of keys.

    >>> to_json(Record(Paper("1", "T", "A"), (Entity("LoRA", "Method", "uses"),)))["entities"]
    [{'name': 'LoRA', 'type': 'Method', 'role': 'uses', 'confidence': 1.0}]
    """
    paper = _filled(asdict(record.paper))
    if record.paper.published:
        paper["published"] = record.paper.published.isoformat()
    return {
        **{key: paper.get(key, "") for key in ("id", "title", "abstract")},
        **{key: value for key, value in paper.items() if key not in ("id", "title", "abstract")},
        "entities": [_filled(asdict(entity)) for entity in record.entities],
        "results": [_filled(asdict(result)) for result in record.results],
        "repositories": [asdict(piece) for piece in record.repositories],
        "extractor": record.extractor,
    }


def from_json(data: Mapping[str, Any]) -> Record:
    """The record that a mapping describes.

    Raises `RecordError` naming the key that is missing or of the wrong kind.
    """
    try:
        return Record(
            paper=_paper(data),
            entities=tuple(_entity(item) for item in data.get("entities") or ()),
            results=tuple(_result(item) for item in data.get("results") or ()),
            repositories=tuple(Evidence(**item) for item in data.get("repositories") or ()),
            extractor=data.get("extractor") or "",
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        where = str(data.get("id")) if isinstance(data, Mapping) else None
        raise RecordError(f"not a record: {error}", where=where, mend="see docs for the record form") from error


def _paper(data: Mapping[str, Any]) -> Paper:
    published = data.get("published")
    keys = ("author_count", "organization", "comment_count", "arxiv_id", "url")
    return Paper(
        id=str(data["id"]),
        title=data["title"],
        abstract=data["abstract"],
        published=date.fromisoformat(published) if published else None,
        authors=tuple(data.get("authors") or ()),
        origins=tuple(Origin(**origin) for origin in data.get("origins") or ()),
        **{key: data.get(key) for key in keys},
    )


def _entity(item: Mapping[str, Any]) -> Entity:
    given: dict[str, Any] = {key: value for key, value in item.items() if value is not None}
    given.update({key: tuple(item.get(key) or ()) for key in _ENTITY_TUPLES})
    return Entity(**{**given, "evidence": _pieces(item)})


def _result(item: Mapping[str, Any]) -> Result:
    rest = {key: value for key, value in item.items() if key != "evidence"}
    return Result(**{**rest, "value": float(item["value"])}, evidence=_pieces(item))


def _pieces(item: Mapping[str, Any]) -> tuple[Evidence, ...]:
    return tuple(Evidence(**piece) for piece in item.get("evidence") or ())


def _filled(item: Mapping[str, Any]) -> dict[str, Any]:
    """Without empty values (a zero is not empty); evidence and lists stay lists."""
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in item.items()
        if not (value is None or value is False or value in ((), [], ""))
    }
