"""Records as JSON."""

from __future__ import annotations

import json

from kg.extract.record import from_json, to_json
from kg.model import Entity, Evidence, Paper, Record, Result


def test_a_zero_is_a_figure_and_survives_json() -> None:
    piece = Evidence("abstract", 0, 1, "A", "A", 0, "test", 0.0)
    record = Record(
        Paper("1", "T", "A", author_count=0),
        (Entity("A", "Model", "uses", confidence=0.0, hours=0.0, evidence=(piece,)),),
        (Result("A", "B", 0.0, confidence=0.0),),
    )
    assert from_json(json.loads(json.dumps(to_json(record)))) == record


def test_what_is_empty_is_left_out() -> None:
    (entity,) = to_json(Record(Paper("1", "T", "A"), (Entity("A", "Model", "uses"),)))["entities"]
    assert entity == {"name": "A", "type": "Model", "role": "uses", "confidence": 1.0}
