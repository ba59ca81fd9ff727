"""The data's way is one way: no room imports a later one, and the front door is light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "kg"

# Rooms in the data's order: each may import itself, those before it, and the shared nouns. The graph is the facade
# over all of them, which is why its own imports stand inside methods; SPARQL asks the RDF that an export writes.
ROOMS = (
    *("schema", "sources", "extract", "resolve", "build", "neo4j", "export", "query"),
    *("validate", "evaluate", "serve", "cli"),
)
HEAVY = (
    "pyarrow",
    "spacy",
    "rdflib",
    "networkx",
    "neo4j",
    "pyvis",
    "numpy",
    "onnxruntime",
    "pyoxigraph",
    "kglite",
    "rich",
)


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py"))


def room(path: Path) -> str | None:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 and parts[0] in ROOMS else None


def imported_rooms(path: Path) -> Iterator[tuple[str, int]]:
    """Rooms of kg that a module imports when it is loaded or run, but for type checking."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(node)
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and "TYPE_CHECKING" in ast.unparse(branch.test)
        for inner in branch.body
        for node in ast.walk(inner)
    }
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "kg" and len(parts) > 1 and parts[1] in ROOMS:
                yield parts[1], node.lineno


def test_every_room_that_is_there_has_its_place_in_the_order() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert folders <= set(ROOMS)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_room_imports_a_later_one(path: Path) -> None:
    here = room(path)
    if here is None:
        return
    later = [
        f"{path.relative_to(PACKAGE)}:{line} imports kg.{other}"
        for other, line in imported_rooms(path)
        if ROOMS.index(other) > ROOMS.index(here)
    ]
    assert later == []


def test_resolve_does_not_know_extract_nor_extract_sources() -> None:
    """The rooms of the line pass nouns on; they do not reach into one another."""
    reached = [
        (path.name, other)
        for path in modules()
        for other, _ in imported_rooms(path)
        if (room(path), other) in {("resolve", "extract"), ("resolve", "sources"), ("extract", "sources")}
    ]
    assert reached == []


@pytest.mark.parametrize("module", ["kg", "kg.cli"])
def test_the_front_door_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert sorted(set(done.stdout.split()) & set(HEAVY)) == []


@pytest.mark.parametrize("module", ["kg.errors", "kg.model", "kg.resolve", "kg.registry", "kg.export.format"])
def test_nouns_and_pure_rooms_load_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert sorted(set(done.stdout.split()) & set(HEAVY)) == []
