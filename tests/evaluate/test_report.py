"""Reports: what is counted, and how it reads."""

from __future__ import annotations

import pytest

from kg.evaluate.render import render
from kg.evaluate.report import Report
from kg.evaluate.scoring import score
from tests.evaluate.crafted import ABSTRACT, FLAWED, GOLD, PERFECT, TITLE


@pytest.fixture(scope="module")
def flawed() -> Report:
    return score([GOLD], [FLAWED])


def kinds(report: Report) -> set[tuple[str, str]]:
    return {(error.kind, error.name) for error in report.errors}


def test_a_perfect_record_leaves_no_error() -> None:
    report = score([GOLD], [PERFECT])
    assert not report.errors
    assert (report.micro.f1, report.links_f1, report.introduces.f1, report.results.f1) == (1.0, 1.0, 1.0, 1.0)
    assert (report.outcomes.value, report.quantity.value) == (1.0, 1.0)


def test_every_kind_of_error_is_listed(flawed: Report) -> None:
    assert kinds(flawed) == {
        ("role", "TwigNet"),
        ("outcome", "RootNet"),
        ("parameters", "RootNet"),
        ("count", "NVIDIA A100"),
        ("hours", "NVIDIA A100"),
        ("missed", "BarkBench"),
        ("missed", "SapLoss"),
        ("missed", "routing"),
        ("spurious", "BarkBench"),
        ("spurious", "Trees"),
        ("spurious", "TwigNet"),
        ("spurious", "help"),
        ("result missed", "twignet"),
        ("result spurious", "twignet"),
        ("result spurious", "rootnet"),
    }


def test_an_error_is_shown_with_a_sentence_of_the_paper_that_holds_it(flawed: Report) -> None:
    sentences = {error.name: error.sentence for error in flawed.errors if error.kind == "missed"}
    assert sentences["SapLoss"] == "Pruning and SapLoss help."
    assert all(error.sentence in f"{TITLE}\n{ABSTRACT}" for error in flawed.errors)


def test_confusions_say_what_was_taken_for_what(flawed: Report) -> None:
    assert flawed.role_confusions == {("introduces", "uses"): 1}
    assert flawed.type_confusions["Dataset", "Model"] == 1


def test_an_optional_thing_counts_neither_way(flawed: Report) -> None:
    assert "Pruning" not in {error.name for error in flawed.errors}


def test_confidence_is_held_against_what_was_right(flawed: Report) -> None:
    table = {tenth: (share.right, share.seen) for tenth, share in flawed.calibration.items()}
    # 0.95 right; 0.85 and 1.0 wrong; wrong ones at 0.0 and 0.5; an optional hit and a metric do not count.
    assert table == {0: (1, 2), 2: (1, 1), 5: (0, 1), 8: (0, 1), 9: (1, 2)}
    gap = (abs(0.05 - 1) + abs(0.25 - 1) + 0.5 + 0.85 + abs(1.95 - 1)) / 7
    assert flawed.calibration_error == pytest.approx(gap)


def test_the_text_shows_the_tables_and_on_demand_the_errors(flawed: Report) -> None:
    short, full = render(flawed), render(flawed, errors=True)
    assert full.startswith(short)
    assert "1 papers, 0 without a record" in short
    assert "0.9 to 1.0         0.975   0.500       2" in short
    assert "     1  uses for introduces" in short
    assert "c1\tspurious\tModel\tBarkBench (is Dataset)" in full
    assert "\tPruning and SapLoss help." in full
    assert "SapLoss" not in short


def test_nothing_given_and_nothing_wanted_renders(flawed: Report) -> None:
    assert "0 papers" in render(score([], []))
    assert "1 papers, 1 without a record" in render(score([GOLD], []))
