"""The bulk CSV read back by the rules the importer documents, and its written command."""

from __future__ import annotations

import csv
import re
import subprocess
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kg import Graph
from kg.export.formats import neo4j_csv
from kg.neo4j import shape
from tests.graphs import TEXTS, graphs, hostile, of_strings, small

READ = {"string": str, "long": int, "double": float, "boolean": lambda text: text == "true", "date": str}


def read(folder: Path, kind: str) -> dict[str, list[dict[str, Any]]]:
    """Each file of a kind as rows with typed values, without what is absent."""
    script = (folder / "import.sh").read_text(encoding="utf-8")
    found = re.search(r"--array-delimiter=U\+(\w{4})", script)
    assert found is not None
    separator = chr(int(found[1], 16))
    csv.field_size_limit(10_000_000)
    files = {}
    for path in folder.glob(f"{kind}-*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header, *lines = csv.reader(file, strict=True)
        rows = [dict(zip(header, line, strict=True)) for line in lines]
        files[path.stem.split("-")[1]] = [
            {name.split(":")[0] or name: value(name, cell, separator) for name, cell in row.items() if cell != ""}
            for row in rows
        ]
    return files


def value(header: str, cell: str, separator: str) -> Any:
    kind = header.partition(":")[2]
    if kind.endswith("[]"):
        return [READ[kind[:-2]](item) for item in cell.split(separator)]
    return READ.get(kind, str)(cell)


def without_empty(properties: dict[str, Any]) -> dict[str, Any]:
    """Properties but empty strings, which `csv` cannot tell from absent values (the importer can)."""
    return {
        name: str(item) if name == "published" else item for name, item in properties.items() if item not in ("", [""])
    }


def check(graph: Graph, folder: Path) -> None:
    neo4j_csv.write(graph, folder)
    nodes = read(folder, "nodes")
    for node in shape.nodes(graph.tables):
        (row,) = [row for row in nodes[node.label] if row["id"] == node.id]
        assert row == without_empty({**node.properties, "kg": "mlkg"})
    links = read(folder, "links")
    for link in shape.links(graph.tables):
        (row,) = [row for row in links[link.type] if row["key"] == link.key]
        assert row.pop(":START_ID") == link.source
        assert row.pop(":END_ID") == link.target
        assert row == without_empty({**link.properties, "kg": "mlkg"})


def test_all_nodes_and_links_stand_in_the_files(tmp_path: Path) -> None:
    check(small(), tmp_path / "small")
    check(hostile(), tmp_path / "hostile")


@settings(max_examples=25, deadline=None)
@given(graph=graphs())
def test_any_strings_are_quoted_right(graph: Graph, tmp_path_factory: Any) -> None:
    check(graph, tmp_path_factory.mktemp("csv") / "neo4j")


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(TEXTS, max_size=4), held=st.sets(st.sampled_from("\x1c\x1d\x1e\x1f\ue000")))
def test_the_list_separator_stands_in_no_value(texts: list[str], held: set[str]) -> None:
    graph = of_strings([*texts, *held])
    separator = neo4j_csv._separator(graph.tables)
    assert not any(separator in text for text in [*texts, *held])


def test_headers_are_typed_from_the_schema(tmp_path: Path) -> None:
    neo4j_csv.write(small(), tmp_path / "neo4j")
    header = (tmp_path / "neo4j" / "nodes-Paper.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert {"id:ID", "published:date", "authors:string[]", "year:long"} <= set(header)
    header = (tmp_path / "neo4j" / "links-RUNS_ON.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert header[:2] == [":START_ID", ":END_ID"]
    assert {"count:long", "memory_gb:double", "optional:boolean", "evidence_start:long[]"} <= set(header)


def test_the_written_command_names_every_file(tmp_path: Path) -> None:
    folder = tmp_path / "with space" / "neo4j"
    neo4j_csv.write(small(), folder)
    admin = tmp_path / "admin"
    admin.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    admin.chmod(0o755)
    done = subprocess.run(
        [folder / "import.sh", "other"],
        env={"NEO4J_ADMIN": str(admin), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    arguments = done.stdout.splitlines()
    assert arguments[:4] == ["database", "import", "full", "other"]
    named = {line.partition("=")[2].partition("=")[2] for line in arguments if line.startswith(("--nodes", "--rel"))}
    assert named == {str(path) for path in folder.glob("*.csv")}


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        neo4j_csv.write(small(), tmp_path / name)
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
