"""The Cypher of a push. Labels, types and property names come from the schema, all else is parameters."""

from __future__ import annotations

from dataclasses import dataclass

from kg.neo4j import shape

# A property counts as changed only where it is ours: other people may add theirs to our nodes.
_CHANGED = "properties({0}) <> {1} AND any(k IN $names WHERE ({0}[k] IS NULL) <> ({1}[k] IS NULL) OR {0}[k] <> {1}[k])"
_UPDATE = (
    "WITH {0}, {1}, " + _CHANGED + " AS changed "
    "FOREACH (_ IN CASE WHEN changed THEN [1] ELSE [] END | SET {0} += $blank SET {0} += {1}) "
    "RETURN count({0}) AS found, count(CASE WHEN changed THEN 1 END) AS updated"
)
_MERGE_NODES = "UNWIND $rows AS row MERGE (n:`{label}` {{id: row.id, {mark}: $mark}}) ON CREATE SET n = row "
_CREATE_NODES = "UNWIND $rows AS row CREATE (n:`{label}`) SET n = row RETURN count(n) AS found, 0 AS updated"
_ENDS = (
    "UNWIND $rows AS row MATCH (a:`{source}` {{id: row.source, {mark}: $mark}}) "
    "MATCH (b:`{target}` {{id: row.target, {mark}: $mark}}) "
)
_MERGE_LINKS = (
    _ENDS + "MERGE (a)-[r:`{type}` {{key: row.set.key}}]->(b) ON CREATE SET r = row.set WITH r, row.set AS new "
)
_CREATE_LINKS = _ENDS + "CREATE (a)-[r:`{type}`]->(b) SET r += row.set RETURN count(r) AS found, 0 AS updated"


@dataclass(frozen=True, slots=True)
class Statement:
    """Two ways to write a batch: ``merge`` always holds; ``create`` is quicker where none of ours is yet."""

    merge: str
    create: str
    names: tuple[str, ...]


def nodes(label: str) -> Statement:
    """The statements that write nodes of one label.

    >>> nodes("Paper").create
    'UNWIND $rows AS row CREATE (n:`Paper`) SET n = row RETURN count(n) AS found, 0 AS updated'
    """
    names = tuple(name for name in shape.node_properties(shape.known(label)) if name != "id")
    merge = _MERGE_NODES.format(label=label, mark=shape.MARK) + _UPDATE.format("n", "row")
    return Statement(merge, _CREATE_NODES.format(label=label), names)


def links(source: str, kind: str, target: str) -> Statement:
    """The statements that write links of one type between two labels."""
    ends = {"source": shape.known(source), "type": shape.known(kind), "target": shape.known(target), "mark": shape.MARK}
    names = tuple(name for name in shape.link_properties(kind) if name != "key")
    merge = _MERGE_LINKS.format(**ends) + _UPDATE.format("r", "new")
    return Statement(merge, _CREATE_LINKS.format(**ends), names)
