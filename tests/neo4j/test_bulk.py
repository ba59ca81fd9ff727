"""The server's own import of the CSV export makes the database that a push makes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kg import Graph
from kg.export.formats import neo4j_csv
from kg.neo4j import pull, push
from tests.graphs import HOSTILE, TEXTS, of_strings, small

from . import servers

pytestmark = pytest.mark.neo4j

AWKWARD = [
    *HOSTILE,
    "",
    '"',
    '""',
    ",",
    ";",
    "\\",
    "\n",
    "a\r\nb",
    "\x1f",
    "\x1e\x1d",
    "x" * 10_000,
    'שלום, "עולם"',
    "🦙",
]


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    with servers.own() as found:
        found.prepare()
        yield found


def bulk(server: Any, graph: Graph, folder: Path) -> None:
    """Export, import with the written command, start the server and make the constraints."""
    server.stop()
    neo4j_csv.write(graph, folder / "neo4j")
    admin = folder / "neo4j-admin"
    script = servers.ROOT / "scripts" / "neo4j" / "server.py"
    admin.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" admin "{server.home}" "$@"\n', encoding="utf-8")
    admin.chmod(0o755)
    command = [str(folder / "neo4j" / "import.sh")]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "NEO4J_ADMIN": str(admin)})
    server.start()
    with neo4j.GraphDatabase.driver(server.uri) as driver:
        for statement in (folder / "neo4j" / neo4j_csv.AFTER).read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                driver.execute_query(statement)


@pytest.mark.parametrize("graph", [small(), of_strings(AWKWARD)], ids=["small", "awkward"])
def test_import_and_push_make_the_same_database(server: Any, graph: Graph, tmp_path: Path) -> None:
    bulk(server, graph, tmp_path)
    assert pull(server.uri).digest() == graph.digest
    assert not push(graph, server.uri).changed


@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(strings=st.lists(TEXTS, min_size=60, max_size=80))
def test_any_strings_are_imported_as_they_are(server: Any, strings: list[str], tmp_path: Path) -> None:
    graph = of_strings(strings)
    bulk(server, graph, tmp_path)
    assert pull(server.uri).digest() == graph.digest
    assert not push(graph, server.uri).changed
