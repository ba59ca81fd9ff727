"""The graph as it stands in Neo4j: the view of `kg.view`, plus what `pull` needs to give the tables back.

Every node and link carries `MARK`, the name of the graph it belongs to. Entities also carry
their merges (parallel lists ``merged_*``), and a link whose evidence stands in another paper
than its own says which (``evidence_paper``). One `GRAPH` node says which graph this is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from kg import schema, view
from kg.errors import SchemaError
from kg.model import Link, Node
from kg.schema import Property
from kg.tables import Tables

MARK = "kg"
NAMESPACE = "mlkg"
GRAPH = "KgGraph"
GRAPH_PROPERTIES = ("name", "digest", "ontology", "complete")
MERGES = {"form": "merged_forms", "rule": "merged_rules", "paper": "merged_papers"}
NO_PAPER = "-"
EVIDENCE_PAPER = "evidence_paper"


def nodes(tables: Tables) -> Iterator[Node]:
    """All nodes as pushed, without the mark; an absent paper of a merge is `NO_PAPER`."""
    merges = _Along(tables.merges.to_batches(max_chunksize=8192), "entity")
    for node in view.nodes(tables):
        rows = [] if node.label in ("Paper", "Result") else merges.of(node.id)
        if rows:
            lists = {name: [row[column] or NO_PAPER for row in rows] for column, name in MERGES.items()}
            node = replace(node, properties={**node.properties, **lists})
        yield node


def links(tables: Tables) -> Iterator[Link]:
    """All links as pushed, without the mark."""
    elsewhere = _evidence_elsewhere(tables)
    for link in view.links(tables):
        papers = elsewhere.get(link.key) if elsewhere else None
        if papers is not None:
            link = replace(link, properties={**link.properties, EVIDENCE_PAPER: papers})
        yield link


def node_properties(label: str) -> Mapping[str, Property]:
    """What a node of ours may hold, besides the mark; everything else on it is somebody else's.

    >>> "merged_forms" in node_properties("Method"), "merged_forms" in node_properties("Paper")
    (True, False)
    """
    own = schema.load().node_types[known(label)].properties
    extra = () if label in ("Paper", "Result") else MERGES.values()
    return {**own, **{name: _strings(name) for name in extra}}


def link_properties(kind: str) -> Mapping[str, Property]:
    """What a link of ours may hold, besides the mark."""
    own = schema.load().link_types[known(kind)].properties
    extra = (EVIDENCE_PAPER,) if "evidence_field" in own else ()
    return {**own, **{name: _strings(name) for name in extra}}


def known(name: str) -> str:
    """``name``, when it is a node or link type of the schema: nothing else may become Cypher.

    Raises `SchemaError` otherwise.
    """
    types = schema.load()
    if name in types.node_types or name in types.link_types:
        return name
    raise SchemaError(f"no such node or link type: {name!r}", mend="kg schema lists them")


def description(tables: Tables, name: str, *, complete: bool) -> dict[str, Any]:
    """The properties of the one `GRAPH` node."""
    said = {"name": name, "digest": tables.digest(), "ontology": schema.load().version}
    return {**said, "complete": complete}


def _strings(name: str) -> Property:
    return Property(name, "", "string", True, "")


def _evidence_elsewhere(tables: Tables) -> dict[str, list[str]]:
    """Papers of the evidence of each link where one is not the paper that the link itself names."""
    import pyarrow.compute as pc

    proof, odd = tables.evidence, set()
    for name, key, paper in (("links", "key", "source"), ("relations", "key", "paper"), ("results", "id", "paper")):
        rows = getattr(tables, name)
        place = pc.index_in(proof["owner"], value_set=rows[key].combine_chunks())
        same = pc.fill_null(pc.equal(rows[paper].combine_chunks().take(place), proof["paper"]), False)
        odd.update(proof["owner"].filter(pc.and_(pc.is_valid(place), pc.invert(same))).to_pylist())
    if not odd:
        return {}
    reports = {row["id"]: f"{row['paper']}|REPORTS|{row['id']}" for row in tables.results.to_pylist()}
    found: dict[str, list[str]] = {}
    for owner, paper in zip(proof["owner"].to_pylist(), proof["paper"].to_pylist(), strict=True):
        if owner in odd:
            found.setdefault(reports.get(owner, owner), []).append(paper)
    return found


class _Along:
    """Rows sorted by ``column``, met by walking along owners in ascending order."""

    def __init__(self, batches: list[Any], column: str) -> None:
        self._column = column
        self._rows: Iterator[dict[str, Any]] = (row for batch in batches for row in batch.to_pylist())
        self._next = next(self._rows, None)

    def of(self, owner: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while self._next is not None and self._next[self._column] <= owner:
            if self._next[self._column] == owner:
                found.append(self._next)
            self._next = next(self._rows, None)
        return found
