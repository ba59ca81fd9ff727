"""Neo4j bulk CSV: one file a label and a link type, typed headers, and the import command written out.

`neo4j-admin database import full` makes of it the database that `kg push` makes. Strings are
always quoted, so that an empty one is not taken for an absent one; lists are joined by a
character that no value holds.
"""

from __future__ import annotations

import math
import shlex
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.errors import ExportError
from kg.export.format import ExportFormat
from kg.export.formats.cypher import literal
from kg.files import replacing_folder
from kg.neo4j import shape
from kg.neo4j._constraints import constraints
from kg.schema import Property

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.tables import Tables

AFTER = "after-import.cypher"
_TYPES = {"string": "string", "integer": "long", "float": "double", "boolean": "boolean", "date": "date"}
_SEPARATORS = (*map(chr, range(0x1F, 0x1B, -1)), *map(chr, range(0xE000, 0xF900)))
_MARKED = Property(shape.MARK, "", "string", False, "")
_GRAPH = {
    name: Property(name, "", "boolean" if name == "complete" else "string", False, "")
    for name in shape.GRAPH_PROPERTIES
}


def write(graph: Graph, target: Path) -> None:
    """Write the folder ``target``: the CSV files, ``import.sh``, ``after-import.cypher`` and a README."""
    separator = _separator(graph.tables)
    with replacing_folder(target) as folder:
        nodes = _write_nodes(graph, folder, separator)
        links = _write_links(graph, folder, separator)
        (folder / "import.sh").write_text(_command(separator, nodes.names, links.names), encoding="utf-8")
        (folder / "import.sh").chmod(0o755)
        after = [constraint.cypher for constraint in constraints()]
        after += [
            *nodes.mends(f"MATCH (x:`{{name}}` {{{{id: key, {shape.MARK}: '{shape.NAMESPACE}'}}}})"),
            *links.mends("MATCH ()-[x:`{name}` {{key: key}}]->()"),
        ]
        (folder / AFTER).write_text("".join(f"{cypher};\n" for cypher in after), encoding="utf-8")
        (folder / "README.md").write_text(_README, encoding="utf-8")


def _write_nodes(graph: Graph, folder: Path, separator: str) -> _Files:
    with _Files(folder, "nodes", separator) as files:
        for node in shape.nodes(graph.tables):
            columns = files.columns(node.label)
            if columns is None:
                known = {**shape.node_properties(node.label), shape.MARK: _MARKED}
                columns = files.open(node.label, known, ("id:ID",))
            row = {**node.properties, shape.MARK: shape.NAMESPACE}
            files.write(node.label, [node.id], columns, row)
        said = shape.description(graph.tables, shape.NAMESPACE, complete=True)
        columns = files.open(shape.GRAPH, _GRAPH, (":ID",))
        files.write(shape.GRAPH, ["graph"], columns, said)
        return files


def _write_links(graph: Graph, folder: Path, separator: str) -> _Files:
    with _Files(folder, "links", separator) as files:
        for link in shape.links(graph.tables):
            columns = files.columns(link.type)
            if columns is None:
                known = {**shape.link_properties(link.type), shape.MARK: _MARKED}
                columns = files.open(link.type, known, (":START_ID", ":END_ID"))
            row = {**link.properties, shape.MARK: shape.NAMESPACE}
            files.write(link.type, [link.source, link.target], columns, row)
        return files


class _Files(ExitStack):
    """The CSV files of one kind (``nodes`` or ``links``), each opened when its first row comes."""

    def __init__(self, folder: Path, kind: str, separator: str) -> None:
        super().__init__()
        self._folder = folder
        self._kind = kind
        self._separator = separator
        self._open: dict[str, tuple[IO[str], tuple[str, ...]]] = {}
        self._lost: dict[tuple[str, str], list[str]] = {}

    @property
    def names(self) -> list[str]:
        """The labels or types that have a file, sorted."""
        return sorted(self._open)

    def columns(self, name: str) -> tuple[str, ...] | None:
        """The columns of an open file."""
        return self._open[name][1] if name in self._open else None

    def open(self, name: str, known: Mapping[str, Property], keys: tuple[str, ...]) -> tuple[str, ...]:
        """Start a file with its header; ``id`` stands in ``keys`` where it identifies."""
        path = self._folder / f"{self._kind}-{name}.csv"
        file = self.enter_context(path.open("w", encoding="utf-8", newline=""))
        columns = tuple(column for column in known if not (column == "id" and "id:ID" in keys))
        file.write(",".join([*keys, *(_header(known[column]) for column in columns)]) + "\n")
        self._open[name] = (file, columns)
        return columns

    def write(self, name: str, keys: list[str], columns: Iterable[str], row: Mapping[str, Any]) -> None:
        """Write one row."""
        values = [row.get(column) for column in columns]
        cells = (_cell(value, self._separator) for value in (*keys, *values))
        self._open[name][0].write(",".join(cells) + "\n")
        if [""] in values:
            for column in columns:
                if row.get(column) == [""]:
                    self._lost.setdefault((name, column), []).append(row.get("key", keys[0]))

    def mends(self, match: str) -> Iterator[str]:
        """Statements that set what the importer takes for absent: lists of one empty string."""
        for (name, column), keys in sorted(self._lost.items()):
            yield f"UNWIND {literal(keys)} AS key {match.format(name=name)} SET x.{column} = ['']"


def _header(known: Property) -> str:
    return f"{known.name}:{_TYPES[known.datatype]}{'[]' if known.many else ''}"


def _cell(value: Any, separator: str) -> str:
    """One field; absent values and empty lists are unquoted and empty.

    >>> print(_cell(["a", "b"], ";"), _cell(True, ";"), _cell(2.0, ";"), repr(_cell(None, ";")))
    "a;b" true 2.0 ''
    """
    if value is None or value == []:
        return ""
    if isinstance(value, list):
        return _quoted(separator.join(_plain(item) for item in value))
    return _quoted(value) if isinstance(value, str) else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    return value.isoformat() if isinstance(value, date) else repr(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _separator(tables: Tables) -> str:
    """A character that stands in no text of the tables."""
    import pyarrow.compute as pc

    columns = list(_texts(tables))
    for candidate in _SEPARATORS:
        if not any(pc.any(pc.match_substring(column, candidate)).as_py() for column in columns if len(column)):
            return candidate
    raise ExportError("every character that could part the items of a list stands in some value")


def _texts(tables: Tables) -> Iterator[Any]:
    """All text columns, lists laid flat."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for name in tables.__dataclass_fields__:
        table = getattr(tables, name)
        for column in table.columns:
            if pa.types.is_list(column.type):
                yield pc.list_flatten(column)
            elif pa.types.is_string(column.type):
                yield column


def _command(separator: str, nodes: list[str], links: list[str]) -> str:
    options = [
        "--overwrite-destination",
        "--multiline-fields=true",
        f"--array-delimiter=U+{ord(separator):04X}",
        *(f'--nodes={shlex.quote(name)}="$here/nodes-{name}.csv"' for name in nodes),
        *(f'--relationships={shlex.quote(name)}="$here/links-{name}.csv"' for name in links),
    ]
    return _SCRIPT + '"$admin" database import full "$database" \\\n  ' + " \\\n  ".join(options) + "\n"


_SCRIPT = """#!/bin/sh
# Make a Neo4j database of this folder; the server must be stopped, and what the database held is replaced.
# Usage: ./import.sh [DATABASE]      NEO4J_ADMIN names the neo4j-admin to run.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
admin=${NEO4J_ADMIN:-neo4j-admin}
database=${1:-neo4j}
"""

_README = """# Neo4j bulk import

With the server stopped, `./import.sh` replaces the database `neo4j` (or the one named) by this graph;
`NEO4J_ADMIN=/path/to/neo4j-admin ./import.sh` runs another than the one on the path.
Then start the server and finish with constraints and indexes: `cypher-shell -f after-import.cypher`.

The result is what `kg push` makes, which needs no stop and leaves other people's data alone.
"""

FORMAT = ExportFormat(
    name="neo4j-csv",
    filename="neo4j",
    description="CSV files and the command for neo4j-admin database import",
    write=write,
    is_folder=True,
)
