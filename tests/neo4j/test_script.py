"""The Cypher script, run statement by statement, makes the database that a push makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import Graph
from kg.export.formats import cypher
from kg.neo4j import shape
from tests.graphs import hostile, of_strings, small

from .conftest import Place
from .test_bulk import AWKWARD

pytestmark = pytest.mark.neo4j


@pytest.mark.parametrize("graph", [small(), hostile(), of_strings(AWKWARD)], ids=["small", "hostile", "awkward"])
def test_running_the_script_makes_what_a_push_makes(place: Place, graph: Graph, tmp_path: Path) -> None:
    cypher.write(graph, tmp_path / "graph.cypher")
    script = (tmp_path / "graph.cypher").read_text(encoding="utf-8")
    own = script.replace(f"{shape.MARK}: '{shape.NAMESPACE}'", f"{shape.MARK}: '{place.namespace}'")
    own = own.replace(f"name: '{shape.NAMESPACE}'", f"name: '{place.namespace}'")
    for _ in range(2):
        for statement in filter(str.strip, own.split(";\n")):
            place.rows(statement)
    assert place.pull().digest() == graph.digest
    assert not place.push(graph).changed
