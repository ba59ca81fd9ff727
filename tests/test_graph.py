"""A graph saved, loaded, refused, and asked through its doors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.graph import Graph
from tests import graphs


def test_a_saved_graph_is_loaded_with_the_same_digest(tmp_path: Path) -> None:
    graph = graphs.small()
    place = graph.save(tmp_path / "g")
    read = Graph.load(place)
    assert read.tables == graph.tables
    assert read.digest == graph.digest == graph.tables.digest()
    assert read.folder == graph.folder == place


def test_the_manifest_says_what_the_graph_holds_and_where_it_is_from(tmp_path: Path) -> None:
    graphs.small().save(tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"]["papers"] == 3
    assert manifest["sources"] == ["2501.00001.txt", "2501.00002.txt", "bench.txt"]
    assert manifest["digest"] == graphs.small().digest


def test_saving_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    graphs.small().save(tmp_path / "a")
    Graph.load(tmp_path / "a").save(tmp_path / "b")
    first, second = ({path.relative_to(tmp_path / name): path.read_bytes()
                      for path in (tmp_path / name).rglob("*") if path.is_file()} for name in "ab")  # fmt: skip
    assert first == second


def test_tables_changed_behind_the_manifest_have_their_own_digest(tmp_path: Path) -> None:
    graphs.small().save(tmp_path)
    other = graphs.hostile()
    other.tables.write(tmp_path / "tables")
    assert Graph.load(tmp_path).digest == other.digest


def test_other_tables_in_the_same_graph_have_another_digest() -> None:
    graph = graphs.small()
    before = graph.digest
    graph.tables = graphs.hostile().tables
    assert graph.digest != before


def test_no_graph_and_a_graph_of_another_version_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"no graph here.*kg build"):
        Graph.load(tmp_path)
    graphs.small().save(tmp_path)
    (tmp_path / "manifest.json").write_text('{"version": 99}')
    with pytest.raises(GraphError, match="version 99"):
        Graph.load(tmp_path)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(GraphError, match="not a readable manifest"):
        Graph.load(tmp_path)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(GraphError, match=r"file.*cannot be written"):
        graphs.small().save(tmp_path / "file" / "g")


def test_it_says_what_it_is_to_people_and_notebooks() -> None:
    graph = graphs.small()
    assert repr(graph) == "<Graph of 3 papers, 9 things, 11 links>"
    assert graph._repr_html_().startswith("<iframe")


def test_every_door_answers(tmp_path: Path) -> None:
    graph = graphs.small()
    assert graph.cypher("MATCH (m:Method {name: $name}) RETURN m.id", name="LoRA").rows == [("method/lora",)]
    assert len(graph.sparql("SELECT ?m WHERE { ?m a kg:Method }")) == 2
    assert graph.networkx().number_of_nodes() == 13
    assert graph.show("LoRA")[0].ref.id == "method/lora"
    assert len(graph.path("LoRA", "TinyTune")[0]) == 1
    assert graph.search("lora")[0].ref.name == "LoRA"
    assert graph.stats().papers == 3
    assert graph.export("graphml", tmp_path / "g.graphml").is_file()
    assert graph.merges.num_rows == 1
