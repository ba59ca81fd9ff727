"""JSON-LD is compact JSON to those who read JSON, and answers SPARQL like the store once rdflib has read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import rdflib

from kg.export import export
from kg.query.ask import question
from kg.query.sparql import prefixes
from tests.graphs import small

# rdflib's own parser of JSON-LD still uses its deprecated class.
pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning",
    "ignore:Dataset.default_context is deprecated:DeprecationWarning",
)
# Those that rest on plain links, on properties of links, on evidence, on results and on absence.
NUMBERS = (1, 6, 10, 12, 16, 19, 21, 26, 27, 35, 36, 37)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(small(), "jsonld", tmp_path_factory.mktemp("jsonld") / "graph.jsonld")


@pytest.fixture(scope="module")
def read(place: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(place, format="json-ld")


def test_a_node_is_an_object_with_the_names_of_its_properties(place: Path) -> None:
    nodes = {node["@id"]: node for node in json.loads(place.read_text(encoding="utf-8"))["@graph"]}
    paper = nodes["paper/2501.00001"]
    assert paper["name"] == "TinyTune: Small Steps"
    assert paper["authors"] == ["Ada L.", "Béla B."]
    assert paper["year"] == 2025
    assert paper["uses"] == "model/llama-2-7b"
    assert nodes["method/lora"]["@type"][0] == "kg:Method"
    assert nodes["link/paper/2501.00001;RUNS_ON;hardware/nvidia-a100"]["count"] == 2


@pytest.mark.parametrize("number", NUMBERS)
def test_rdflib_answers_like_the_store(number: int, read: rdflib.Graph) -> None:
    query = question(number).sparql
    found = [tuple(_plain(value) for value in row) for row in read.query(query, initNs=dict(prefixes()))]
    assert found == small().sparql(query).rows


def _plain(value: Any) -> Any:
    return None if value is None else value.toPython() if isinstance(value, rdflib.Literal) else str(value)
