"""The Cypher script: read back by an engine of its own, here without a server (tests/neo4j has one)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import kglite
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.formats import cypher
from kg.neo4j import shape
from tests.graphs import TEXTS, hostile, small


@settings(max_examples=100, deadline=None)
@given(value=st.lists(TEXTS | st.integers(-(2**63) + 1, 2**63 - 1) | st.booleans() | st.dates(date(1, 1, 1))))
def test_a_literal_reads_back_as_its_value(value: list[Any]) -> None:
    (row,) = kglite.KnowledgeGraph().cypher(f"RETURN {cypher.literal(value)} AS value")
    assert row["value"] == value


@settings(max_examples=100, deadline=None)
@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_as_itself(value: float) -> None:
    (row,) = kglite.KnowledgeGraph().cypher(f"RETURN {cypher.literal(value)} AS value")
    assert row["value"] == value
    assert isinstance(row["value"], float)


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_a_string_literal_holds_no_line_break_and_no_end_of_a_statement(text: str) -> None:
    assert len(f"x{cypher.literal(text)}x".splitlines()) == 1


@pytest.mark.parametrize("graph", [small(), hostile()], ids=["small", "hostile"])
def test_statements_come_in_order_and_one_ends_where_a_line_does(graph: Any, tmp_path: Path) -> None:
    cypher.write(graph, tmp_path / "graph.cypher")
    statements = (tmp_path / "graph.cypher").read_text(encoding="utf-8").split(";\n")
    assert statements.pop() == ""
    kinds = [statement.split()[0] for statement in statements]
    assert kinds == sorted(kinds, key=["CREATE", "CALL", "UNWIND"].index)
    rows = sum(statement.count("\n{") for statement in statements)
    assert rows == len([*shape.nodes(graph.tables), *shape.links(graph.tables)])


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        cypher.write(small(), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
