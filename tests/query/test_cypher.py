"""Cypher without a server: right values, the store kept and renewed, errors that help."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from kg import Graph, view
from kg.errors import QueryError
from kg.query.cypher import cypher
from tests.graphs import TEXTS, entity, graphs, hostile, link, paper, small


@pytest.fixture(scope="module")
def graph() -> Graph:
    return small()


def one(graph: Graph, query: str, **parameters: Any) -> Any:
    (row,) = cypher(graph, query, parameters).rows
    return row[0] if len(row) == 1 else row


@pytest.mark.parametrize("made", [small(), hostile()], ids=["small", "hostile"])
def test_the_store_holds_every_node_and_link_of_the_view(made: Graph) -> None:
    nodes = {row[0]["properties"]["id"]: row[0] for row in cypher(made, "MATCH (n) RETURN n")}
    links = {row[0]["properties"]["key"]: row[0] for row in cypher(made, "MATCH ()-[r]->() RETURN r")}
    assert nodes == {
        node.id: {"labels": [node.label], "properties": dict(node.properties)} for node in view.nodes(made.tables)
    }
    assert links == {
        found.key: {
            "type": found.type,
            "source": found.source,
            "target": found.target,
            "properties": dict(found.properties),
        }
        for found in view.links(made.tables)
    }


@settings(max_examples=20, deadline=None)
@given(made=graphs())
def test_any_strings_are_held_as_they_are(made: Graph) -> None:
    rows = cypher(made, "MATCH (p:Paper)-[r:MENTIONS]->(e) RETURN p.name, p.authors, e.aliases, r.outcome, r.key").rows
    expected = []
    nodes = {node.id: node.properties for node in view.nodes(made.tables)}
    for found in view.links(made.tables):
        paper_of, thing = nodes[found.source], nodes[found.target]
        expected.append(
            (paper_of["name"], paper_of["authors"], thing["aliases"], found.properties["outcome"], found.key)
        )
    assert sorted(rows, key=lambda row: row[-1]) == sorted(expected, key=lambda row: row[-1])


@settings(max_examples=20, deadline=None)
@given(text=TEXTS)
def test_a_parameter_is_never_cypher(text: str) -> None:
    assert one(small(), "RETURN $text AS text", text=text) == text


def test_dates_are_dates_and_compare_as_such(graph: Graph) -> None:
    query = "MATCH (p:Paper) WHERE p.published > date('2025-01-31') RETURN p.published"
    assert one(graph, query) == date(2025, 3, 4)
    assert one(graph, "MATCH (p:Paper) WHERE p.published = $on RETURN p.year", on=date(2025, 1, 2)) == 2025


def test_lists_are_lists(graph: Graph) -> None:
    query = "MATCH (m:Method) WHERE 'Low-Rank Adaptation' IN m.aliases RETURN m.name, size(m.aliases), m.aliases[0]"
    assert one(graph, query) == ("LoRA", 1, "Low-Rank Adaptation")
    said = one(graph, "MATCH (:Paper)-[r:RUNS_ON]->(:Hardware) RETURN r.evidence_text")
    assert said == ["A100", "two A100 GPUs"]


def test_parallel_links_are_kept_apart() -> None:
    first, second = link("paper/p", "USES", "method/m"), link("paper/p", "USES", "method/m", confidence=0.1)
    second["key"] += "|2"
    from kg.tables import Tables

    rows = {"papers": [paper("p", "P", "")], "entities": [entity("method/m", "Method", "M")], "links": [first, second]}
    made = Graph(Tables.from_rows(**rows))
    found = cypher(made, "MATCH (:Paper)-[r:USES]->(:Method) RETURN r.key, r.confidence ORDER BY r.key").rows
    assert found == [(first["key"], 0.9), (second["key"], 0.1)]


def test_a_path_is_its_nodes_and_links(graph: Graph) -> None:
    query = "MATCH p = (:Model {name: 'Llama-2-7B'})-[:VARIANT_OF]->(:Model) RETURN p, length(p)"
    path, length = one(graph, query)
    assert length == 1
    assert [node["properties"]["id"] for node in path["nodes"]] == ["model/llama-2-7b", "model/llama-2"]
    (step,) = path["relationships"]
    assert (step["source"], step["type"], step["target"]) == ("model/llama-2-7b", "VARIANT_OF", "model/llama-2")


def test_columns_keep_their_names_and_order(graph: Graph) -> None:
    rows = cypher(graph, "MATCH (m:Method) RETURN m.name AS name, m.papers ORDER BY name")
    assert rows.columns == ("name", "m.papers")
    assert rows.rows == [("LoRA", 2), ("TinyTune", 2)]


def test_a_label_of_the_schema_that_this_graph_lacks_gives_no_rows(graph: Graph) -> None:
    assert cypher(graph, "MATCH (t:Task) RETURN t.name").rows == []


@pytest.mark.parametrize(
    ("query", "where", "says"),
    [
        ("MATCH (m:Modle) RETURN m", "line 1, column 10", "did you mean Model?"),
        ("MATCH (m:Model)\nRETURN m.nmae", "line 2, column 10", "did you mean name?"),
        ("MATCH (m)-[:USE]->(x) RETURN m", "line 1, column 13", "did you mean USES"),
        ("MATCH (m:Model)\nWHERE m.name = 'x' RETRUN m", "line 2, column 20", "did you mean RETURN?"),
        ("MATCH (m:Model RETURN m", "line 1, column 23", "a ( is not closed"),
        ("MATCH (m:Model) RETURN x", "line 1, column 24", "bind it"),
        ("MATCH (m:Model) RETURN lenght(m)", "line 1, column 24", "lenght"),
        ("MATCH (n) WHERE n.name = $name RETURN n", "line 1, column 26", "parameters={'name': …}"),
        ("", "line 1, column 1", "Empty query"),
    ],
)
def test_an_error_says_where_and_what_instead(graph: Graph, query: str, where: str, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        cypher(graph, query)
    assert caught.value.where == where
    assert says in str(caught.value)


def test_the_caret_stands_under_the_place(graph: Graph) -> None:
    with pytest.raises(QueryError) as caught:
        cypher(graph, "MATCH (m:Model)\nRETURN m.nmae")
    _, line, caret = caught.value.message.splitlines()
    assert line[caret.index("^") :] == "nmae"


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (:Paper {id: 'x'})",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n:Paper) SET n.name = 'x' RETURN n",
        "MERGE (n:Paper {id: 'x'}) RETURN n",
        "CREATE INDEX FOR (n:Paper) ON (n.name)",
    ],
)
def test_writing_is_refused_and_changes_nothing(graph: Graph, query: str) -> None:
    with pytest.raises(QueryError, match="only read"):
        cypher(graph, query)
    assert one(graph, "MATCH (n) RETURN count(n)") == 13


@pytest.mark.parametrize(
    "query", ["LOAD CSV FROM 'file:///etc/hostname' AS l RETURN l", "/* x */ load\ncsv from 'x' as l"]
)
def test_no_file_is_read(graph: Graph, query: str) -> None:
    with pytest.raises(QueryError, match="reads no files"):
        cypher(graph, query)


def test_the_words_in_a_string_are_harmless(graph: Graph) -> None:
    assert one(graph, "RETURN 'LOAD CSV' // LOAD CSV") == "LOAD CSV"


def test_the_store_is_kept_and_made_again_when_the_tables_change(tmp_path: Path) -> None:
    small().save(tmp_path)
    assert one(Graph.load(tmp_path), "MATCH (n) RETURN count(n)") == 13
    kept = tmp_path / "stores" / "cypher" / "graph.kgl"
    made = kept.stat().st_mtime_ns
    assert one(Graph.load(tmp_path), "MATCH (n) RETURN count(n)") == 13
    assert kept.stat().st_mtime_ns == made
    hostile().save(tmp_path)
    assert one(Graph.load(tmp_path), "MATCH (n) RETURN count(n)") == 20


@pytest.mark.parametrize("damage", ["truncate", "remove"])
def test_a_damaged_store_is_made_again(tmp_path: Path, damage: str) -> None:
    small().save(tmp_path)
    cypher(Graph.load(tmp_path), "RETURN 1")
    kept = tmp_path / "stores" / "cypher" / "graph.kgl"
    if damage == "remove":
        kept.unlink()
    else:
        kept.write_bytes(kept.read_bytes()[:100])
    assert one(Graph.load(tmp_path), "MATCH (n) RETURN count(n)") == 13


def test_new_tables_in_the_same_graph_are_seen() -> None:
    made = small()
    assert one(made, "MATCH (n) RETURN count(n)") == 13
    made.tables = hostile().tables
    assert one(made, "MATCH (n) RETURN count(n)") == 20


def test_nothing_is_printed(graph: Graph, capfd: pytest.CaptureFixture[str]) -> None:
    cypher(graph, "MATCH (t:Task) RETURN t.name")
    assert capfd.readouterr() == ("", "")
