"""The whole of extraction: records with evidence, in order, by any number of workers, from any text."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ExtractionError, RecordError
from kg.extract import explain, extract
from kg.extract.record import from_json, to_json
from kg.model import Entity, Paper, Record

SPARK = Paper(
    "p1",
    "SparkRoute: Fast Routing for Vision Models",
    "We introduce SparkRoute, a framework for training vision transformers. SparkRoute reaches 84.2% on ImageNet, "
    "outperforming ResNet-50 (76.1%). It was trained on 8 A100 GPUs for 12 hours. "
    "Code is at https://github.com/example/spark-route.",
)


def record(paper: Paper = SPARK) -> Record:
    (found,) = extract([paper], profile="fast")
    return found


def named(found: Record) -> dict[str, Entity]:
    return {entity.name: entity for entity in found.entities}


def test_the_paper_s_own_system_is_introduced() -> None:
    assert named(record())["SparkRoute"].role == "introduces"


def test_a_number_on_a_dataset_is_a_result_of_who_reached_it() -> None:
    results = {(r.subject, r.dataset, r.value, r.unit) for r in record().results}
    assert ("SparkRoute", "ImageNet", 84.2, "%") in results
    assert all(value != 12.0 for _, _, value, _ in results)


def test_the_address_of_the_code_is_kept_without_the_stop_behind_it() -> None:
    assert [piece.text for piece in record().repositories] == ["https://github.com/example/spark-route"]


def test_evidence_points_into_the_stored_text() -> None:
    found = record()
    pieces = [piece for one in (*found.entities, *found.results) for piece in one.evidence]
    assert pieces
    for piece in pieces:
        text = SPARK.text(piece.field)
        assert text[piece.start : piece.end] == piece.text
        assert text[piece.sentence_start : piece.sentence_start + len(piece.sentence)] == piece.sentence
        assert 0.0 <= piece.confidence <= 1.0
    assert all(entity.evidence for entity in found.entities)


def test_a_record_survives_json() -> None:
    found = record()
    assert from_json(json.loads(json.dumps(to_json(found)))) == found


def test_a_broken_record_is_refused_by_name() -> None:
    with pytest.raises(RecordError, match="p9"):
        from_json({"id": "p9", "title": "T", "abstract": "A", "entities": [{"nome": "x"}]})


def test_an_unknown_profile_is_refused_at_once_with_the_known_ones() -> None:
    with pytest.raises(ExtractionError, match="fast"):
        extract([], profile="quick")


def test_workers_change_neither_order_nor_records() -> None:
    papers = [Paper(f"p{n}", f"Net{n}: A Model", f"We propose Net{n}, a model tested on ImageNet.") for n in range(130)]
    alone = list(extract(papers, profile="fast"))
    assert [one.paper.id for one in alone] == [paper.id for paper in papers]
    assert list(extract(papers, profile="fast", workers=2)) == alone


def test_who_leaves_the_papers_to_workers_does_not_load_spacy(tmp_path: Path) -> None:
    script = tmp_path / "leave.py"
    script.write_text(
        "import sys\nfrom kg.extract import extract\nfrom kg.model import Paper\n"
        "if __name__ == '__main__':\n"
        "    papers = [Paper(str(n), 'A title', 'We use BERT.') for n in range(2)]\n"
        "    records = list(extract(papers, profile='fast', workers=2))\n"
        "    print(len(records), 'spacy' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2", "False"]


def test_every_candidate_is_explained() -> None:
    story = explain(SPARK, profile="fast")
    kept = {one.entity for one in story.candidates if one.entity}
    assert kept == {entity.name for entity in record().entities}
    assert all(one.fate for one in story.candidates)
    assert "SparkRoute" in str(story)


@given(st.text(max_size=300), st.text(max_size=600))
@settings(max_examples=60, deadline=None)
def test_no_text_breaks_extraction(title: str, abstract: str) -> None:
    found = record(Paper("x", title, abstract))
    for entity in found.entities:
        for piece in entity.evidence:
            assert found.paper.text(piece.field)[piece.start : piece.end] == piece.text


ENDLESS = "LoRA reaches 84.2% on GSM8K and 61.3 on MMLU "


def seconds(text: str) -> float:
    """CPU seconds of one paper, the least of two tries."""
    tries = []
    for _ in range(2):
        begin = time.process_time()
        record(Paper("x", "A title", text))
        tries.append(time.process_time() - begin)
    return min(tries)


@pytest.mark.parametrize(
    "piece",
    [SPARK.abstract + " ", "x" * 500, "A-" * 250, "(" * 500, "1" * 500, "Aa " * 170, ENDLESS * 10],
    ids=["prose", "one letter", "hyphens", "brackets", "digits", "capitals", "a sentence without end"],
)
def test_time_grows_with_length_and_no_faster(piece: str) -> None:
    record()
    assert seconds(piece * 32) < 20 * seconds(piece * 4) + 0.5
