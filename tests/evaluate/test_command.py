"""``kg eval`` as a user runs it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli.app import run
from tests.evaluate.crafted import GOLD

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kg_eval(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Call:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(GOLD) + "\n", encoding="utf-8")

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(["eval", "--gold", str(gold), "--profile", "fast", *arguments])
        return code, *capsys.readouterr()

    return call


def test_the_report_is_printed_as_text(kg_eval: Call) -> None:
    code, out, _ = kg_eval()
    assert code == 0
    assert out.startswith("1 papers, 0 without a record")
    assert "confidence of links" in out


def test_errors_are_listed_on_demand_only(kg_eval: Call) -> None:
    without, with_ = kg_eval()[1], kg_eval("--errors")[1]
    assert with_.startswith(without)
    assert "c1\t" in with_.removeprefix(without)


def test_the_report_as_json_holds_the_same_figures(kg_eval: Call) -> None:
    report = json.loads(kg_eval("--format", "json")[1])
    assert report["records"] == 1
    line = next(line for line in kg_eval()[1].splitlines() if line.startswith("all four"))
    assert line.split()[4] == f"{report['measures']['all four']['f1']:.3f}"


def test_a_component_left_out_changes_what_is_found(kg_eval: Call) -> None:
    bare = ("linear_tagger", "patterns", "lexicon", "hardware")
    out = kg_eval("--format", "json", *(word for name in bare for word in ("--without", name)))[1]
    assert json.loads(out)["measures"]["all four"]["recall"] == 0.0


def test_an_unknown_component_is_refused_with_the_known_ones(kg_eval: Call) -> None:
    code, _, err = kg_eval("--without", "crystal_ball")
    assert code != 0
    assert "crystal_ball" in err
    assert "linear_tagger" in err
