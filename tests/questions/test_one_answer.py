"""Cypher, SPARQL and Python give the same rows to each of the forty questions, on every graph."""

from __future__ import annotations

from typing import Any

import pytest

from kg.errors import UnknownNameError
from kg.graph import Graph
from kg.query.ask import ask, question, questions
from kg.query.rows import Rows
from kg.validate import validate

NUMBERS = pytest.mark.parametrize("number", [item.number for item in questions()])


def rounded(rows: Rows) -> list[tuple[Any, ...]]:
    """Sums of floats may differ in the last place with the order they are made in."""
    return [tuple(round(value, 6) if isinstance(value, float) else value for value in row) for row in rows]


def assert_one_answer(number: int, graph: Graph, walked: Any) -> Rows:
    chosen = question(number)
    by_cypher, by_sparql = ask(number, graph, "cypher"), ask(number, graph, "sparql")
    assert by_cypher.columns == by_sparql.columns == chosen.columns
    assert rounded(by_sparql) == rounded(by_cypher)
    assert rounded(Rows(chosen.columns, chosen.python(walked))) == rounded(by_cypher)
    return by_cypher


@pytest.fixture(scope="session")
def walked_sample(sample: Graph) -> Any:
    return sample.networkx()


@pytest.fixture(scope="session")
def walked_seeds(seeds: Graph) -> Any:
    return seeds.networkx()


@pytest.fixture(scope="session")
def walked_thousands(thousands: Graph) -> Any:
    return thousands.networkx()


@NUMBERS
def test_one_answer_on_the_sample(number: int, sample: Graph, walked_sample: Any) -> None:
    assert_one_answer(number, sample, walked_sample)


@NUMBERS
def test_one_answer_on_the_seeds(number: int, seeds: Graph, walked_seeds: Any) -> None:
    assert_one_answer(number, seeds, walked_seeds)


@NUMBERS
def test_one_answer_that_is_not_empty_on_five_thousand_papers(
    number: int, thousands: Graph, walked_thousands: Any
) -> None:
    assert len(assert_one_answer(number, thousands, walked_thousands)) > 0


def test_there_are_forty_with_numbers_and_columns_of_their_own() -> None:
    assert [item.number for item in questions()] == list(range(1, 41))
    assert all(item.columns and item.text.endswith("?") for item in questions())
    assert len({item.text for item in questions()}) == 40


def test_python_answers_like_the_others_through_ask(sample: Graph) -> None:
    assert ask(12, sample, "python") == ask(12, sample)


def test_an_unknown_number_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="no question 0"):
        question(0)


def test_the_graphs_asked_are_good_graphs(sample: Graph, thousands: Graph) -> None:
    assert list(validate(sample).violations) == []
    assert list(validate(thousands, shacl=False).violations) == []
