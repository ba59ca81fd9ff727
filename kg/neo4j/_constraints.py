"""Constraints and indexes of a pushed graph, made from the schema and nothing else.

The id of a node is unique within its label and our namespace: nodes of other people, which lack
the mark, are bound by nothing of ours. Names have a full-text index and no range index, which
refuses a name of more than 8 kB.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg import schema
from kg.neo4j.shape import GRAPH, MARK

FULLTEXT = "kg_names"


class Constraint(NamedTuple):
    """One constraint or index: its name, the Cypher that makes it once, and what it is for."""

    name: str
    cypher: str
    feature: str


def constraints() -> Iterator[Constraint]:
    """All of them, in the order to run; running them again changes nothing.

    >>> [constraint.name for constraint in constraints()][:2]
    ['kg_graph_name', 'kg_paper_id']
    """
    yield _unique("kg_graph_name", GRAPH, "n.name")
    for label in schema.load().node_types:
        yield _unique(f"kg_{label.lower()}_id", label, f"n.id, n.{MARK}")
    for label, kind in schema.load().node_types.items():
        for name, known in kind.properties.items():
            if known.datatype == "date" or name == "year":
                yield _range(label, name)
    searched = [name for name in ("name", "title", "aliases") if _anywhere(name)]
    labels = "|".join(schema.load().node_types)
    fields = ", ".join(f"n.{name}" for name in searched)
    cypher = f"CREATE FULLTEXT INDEX {FULLTEXT} IF NOT EXISTS FOR (n:{labels}) ON EACH [{fields}]"
    yield Constraint(FULLTEXT, cypher, "full-text indexes")


def _anywhere(name: str) -> bool:
    return any(name in kind.properties for kind in schema.load().node_types.values())


def _unique(name: str, label: str, properties: str) -> Constraint:
    cypher = f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE ({properties}) IS UNIQUE"
    return Constraint(name, cypher, "uniqueness constraints over several properties")


def _range(label: str, prop: str) -> Constraint:
    name = f"kg_{label.lower()}_{prop}"
    return Constraint(name, f"CREATE RANGE INDEX {name} IF NOT EXISTS FOR (n:{label}) ON (n.{prop})", "range indexes")
