"""The tables of good graphs conform; each way to break them is caught and located."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from kg.errors import GraphError, InputError
from kg.graph import Graph
from kg.tables import Tables
from kg.validate import validate
from tests.graphs import small

Rows = dict[str, list[dict[str, Any]]]


def rows() -> Rows:
    return {item.name: getattr(small().tables, item.name).to_pylist() for item in fields(Tables)}


def where(table: str, **wanted: Any) -> Callable[[Rows], dict[str, Any]]:
    def first(found: Rows) -> dict[str, Any]:
        return next(row for row in found[table] if all(row[name] == value for name, value in wanted.items()))

    return first


RUNS = where("links", type="RUNS_ON")
LORA = where("entities", id="method/lora")
SAID = where("relations", type="COMPARED_WITH")
NAMED = where("relations", type="VARIANT_OF")
RESULT = where("results", unit="%")
PROOF = where("evidence", owner="paper/2501.00001|RUNS_ON|hardware/nvidia-a100", position=1)
PAPER = where("papers", paper_id="bench")
MERGE = where("merges", rule="acronym")

BROKEN: list[tuple[Callable[[Rows], dict[str, Any]], dict[str, Any], str]] = [
    (PAPER, {"paper_id": "other"}, "papers paper/bench: the id is not"),
    (PAPER, {"name": ""}, "papers paper/bench: no name"),
    (LORA, {"type": "Methode"}, "no such type: Methode"),
    (LORA, {"type": "Model"}, "does not begin with its type"),
    (LORA, {"name": ""}, "entities method/lora: no name"),
    (LORA, {"also": ["Paper"]}, "no such type: Paper"),
    (LORA, {"papers": -1}, "below 0"),
    (LORA, {"memory_gb": 0.0}, "memory_gb is not above 0"),
    (RUNS, {"type": "RAN_ON"}, "no such link type: RAN_ON"),
    (RUNS, {"source": "paper/unknown"}, "no such node: paper/unknown"),
    (RUNS, {"target": "hardware/unknown"}, "no such node: hardware/unknown"),
    (RUNS, {"target": "method/lora"}, "method/lora is of type Method, not Hardware"),
    (RUNS, {"confidence": 1.01}, "out of 0 to 1"),
    (RUNS, {"outcome": "best"}, "no such outcome: best"),
    (RUNS, {"count": 0}, "count is not above 0"),
    (RUNS, {"also_roles": ["USES"]}, "no such role: USES"),
    (RUNS, {"key": "other"}, "without evidence"),
    (SAID, {"source": "author/ada-l"}, "author/ada-l is of type Author"),
    (SAID, {"paper": "paper/unknown"}, "said by no paper"),
    (SAID, {"key": "other"}, "said by a paper without evidence"),
    (NAMED, {"rule": None}, "neither a paper nor a rule"),
    (RESULT, {"paper": "paper/unknown"}, "reported by no paper"),
    (RESULT, {"subject": "method/unknown"}, "no such node: method/unknown"),
    (RESULT, {"dataset": "method/lora"}, "not Dataset"),
    (RESULT, {"metric": "method/lora"}, "not Metric"),
    (RESULT, {"value": float("nan")}, "no number"),
    (RESULT, {"confidence": -0.1}, "out of 0 to 1"),
    (RESULT, {"id": "result/other"}, "a result without evidence"),
    (PROOF, {"owner": "nothing"}, "speaks for nothing in the links"),
    (PROOF, {"kind": "merge"}, "speaks for nothing in the tables"),
    (PROOF, {"position": 2}, "do not count up"),
    (PROOF, {"confidence": 2.0}, "out of 0 to 1"),
    (PROOF, {"paper": "paper/unknown"}, "no such paper"),
    (PROOF, {"field": "body"}, "no such field"),
    (PROOF, {"start": 0}, "does not say 'two A100 GPUs'"),
    (PROOF, {"text": ""}, "does not say ''"),
    (PROOF, {"sentence_start": 1}, "sentence does not stand there"),
    (MERGE, {"entity": "method/unknown"}, "merged into nothing"),
    (MERGE, {"paper": "paper/unknown"}, "said by no paper"),
]


def test_a_good_graph_conforms_in_tables_and_shapes() -> None:
    report = validate(small())
    assert report.conforms
    assert list(report.lines())[-1].endswith("nothing is wrong")


@pytest.mark.parametrize(("find", "change", "message"), BROKEN, ids=[message for _, _, message in BROKEN])
def test_each_break_is_caught(find: Callable[[Rows], dict[str, Any]], change: dict[str, Any], message: str) -> None:
    changed = rows()
    find(changed).update(change)
    report = validate(Graph(Tables.from_rows(**changed)), shacl=False)
    assert any(message in line for line in report.lines())


@pytest.mark.parametrize("table", ["papers", "entities", "links", "relations", "results"])
def test_what_stands_twice_is_caught(table: str) -> None:
    changed = rows()
    changed[table].append(changed[table][0])
    report = validate(Graph(Tables.from_rows(**changed)), shacl=False)
    assert any(item.part == table and "stands 2 times" in item.message for item in report.violations)


def test_a_long_report_is_cut_and_says_so() -> None:
    changed = rows()
    for row in changed["links"]:
        row["confidence"] = 9.0
    lines = list(validate(Graph(Tables.from_rows(**changed)), shacl=False).lines(limit=3))
    assert len(lines) == 5
    assert lines[3].startswith("… and ")


def test_a_folder_is_loaded_and_checked(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    small().tables.write(tmp_path / "tables")
    assert validate(tmp_path, shacl=False).conforms


def test_a_place_without_a_graph_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no graph here"):
        validate(tmp_path)
    with pytest.raises(InputError, match="nothing here"):
        validate(tmp_path / "missing")
