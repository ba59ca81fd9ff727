"""Gold files: what is read, and what is refused with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import InputError, RecordError
from kg.evaluate.gold import papers, read

PAPER = {"id": "g1", "title": "A Title", "abstract": "One line.\u2028Another\u2029and a third\x85.", "entities": []}


def test_a_line_separator_inside_a_string_ends_no_record(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(PAPER, ensure_ascii=False) + "\n\n" + json.dumps({**PAPER, "id": "g2"}) + "\n")
    assert [record["id"] for record in read(file)] == ["g1", "g2"]
    assert next(papers(read(file))).abstract == PAPER["abstract"]


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "x", "title": "T"}'])
def test_a_line_that_is_no_annotated_paper_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(PAPER) + "\n" + line + "\n")
    with pytest.raises(RecordError, match=r"gold\.jsonl:2"):
        read(file)


@pytest.mark.parametrize("content", [None, b"\xff\xfe{"])
def test_a_file_that_cannot_be_read_is_refused_by_name(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "gold.jsonl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputError, match=r"gold\.jsonl"):
        read(file)
