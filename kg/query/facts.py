"""What the ready questions answer with: references to nodes, links with the sentences that prove them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.tables import Tables

_ENDS = frozenset({"key", "source", "target", "type"})


@dataclass(frozen=True, slots=True)
class Ref:
    """A node by its id, with what a reader calls it."""

    id: str
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of ``paper`` that says so; ``start`` and ``end`` are the mention's offsets in the sentence."""

    paper: str
    field: str
    sentence: str
    start: int
    end: int
    confidence: float

    def marked(self, before: str = "[", after: str = "]") -> str:
        """The sentence with the mention marked.

        >>> Quote("paper/p", "abstract", "We use LoRA.", 7, 11, 0.9).marked()
        'We use [LoRA].'
        """
        start, end = max(0, self.start), min(len(self.sentence), self.end)
        return f"{self.sentence[:start]}{before}{self.sentence[start:end]}{after}{self.sentence[end:]}"


@dataclass(frozen=True, slots=True)
class Linked:
    """A link seen from one of its ends: ``forward`` when it goes from there to ``other``."""

    key: str
    type: str
    other: Ref
    forward: bool
    properties: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Quote, ...] = ()
    published: date | None = None

    @property
    def confidence(self) -> float:
        """How sure the link is; 1 where it says nothing."""
        return float(self.properties.get("confidence", 1.0))


def refs(tables: Tables, ids: Iterable[str]) -> dict[str, Ref]:
    """References to the nodes with these ids (papers, things and results)."""
    wanted = pa.array(sorted(set(ids)), pa.string())
    found: dict[str, Ref] = {}
    for row in _having(tables.papers.select(["id", "name"]), "id", wanted):
        found[row["id"]] = Ref(row["id"], "Paper", row["name"])
    for row in _having(tables.entities.select(["id", "type", "name"]), "id", wanted):
        found[row["id"]] = Ref(row["id"], row["type"], row["name"])
    for row in _having(tables.results.select(["id", "value", "unit"]), "id", wanted):
        found[row["id"]] = Ref(row["id"], "Result", f"{row['value']:.12g}{row['unit'] or ''}")
    return found


def namesakes(tables: Tables) -> frozenset[str]:
    """Names that several papers or things bear."""
    names = pa.chunked_array([*tables.papers["name"].chunks, *tables.entities["name"].chunks], pa.string())
    counts = names.value_counts()
    return frozenset(counts.field("values").filter(pc.greater(counts.field("counts"), 1)).to_pylist())


def quotes(tables: Tables, kind: str, owners: Iterable[str]) -> dict[str, tuple[Quote, ...]]:
    """The evidence of links, relations or results, by owner, the best first."""
    wanted = pa.array(sorted(set(owners)), pa.string())
    found: dict[str, list[Quote]] = {}
    for row in _having(tables.evidence.filter(pc.equal(tables.evidence["kind"], kind)), "owner", wanted):
        start = row["start"] - row["sentence_start"]
        quote = Quote(
            row["paper"], row["field"], row["sentence"], start, start + row["end"] - row["start"], row["confidence"]
        )
        found.setdefault(row["owner"], []).append(quote)
    return {owner: tuple(pieces) for owner, pieces in found.items()}


def links_of(graph: Graph, table: str, end: str, node: str) -> list[Linked]:
    """The rows of ``links`` or ``relations`` that have ``node`` at one ``end`` (``source`` or ``target``)."""
    tables = graph.tables
    whole: pa.Table = getattr(tables, table)
    rows = whole.filter(pc.equal(whole[end], node)).to_pylist()
    return linked(tables, table, rows, forward=end == "source")


def linked(tables: Tables, table: str, rows: list[dict[str, Any]], *, forward: bool) -> list[Linked]:
    """Rows of ``links`` or ``relations`` as links seen from one end, with evidence; newest papers first."""
    other = "target" if forward else "source"
    others = refs(tables, (row[other] for row in rows))
    proof = quotes(tables, table.removesuffix("s"), (row["key"] for row in rows))
    dates = _dates(tables, (row.get("paper") or row["source"] for row in rows))
    found = [
        Linked(
            key=row["key"],
            type=row["type"],
            other=others.get(row[other], Ref(row[other], "", row[other])),
            forward=forward,
            properties={k: v for k, v in row.items() if k not in _ENDS and v is not None and v != []},
            evidence=proof.get(row["key"], ()),
            published=dates.get(row.get("paper") or row["source"]),
        )
        for row in rows
    ]
    return sorted(found, key=lambda link: (-(link.published or date.min).toordinal(), -link.confidence, link.key))


def _dates(tables: Tables, papers: Iterable[str]) -> dict[str, date]:
    wanted = pa.array(sorted(set(papers)), pa.string())
    rows = _having(tables.papers.select(["id", "published"]), "id", wanted)
    return {row["id"]: row["published"] for row in rows if row["published"] is not None}


def _having(table: pa.Table, column: str, wanted: pa.Array) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.filter(pc.is_in(table[column], value_set=wanted)).to_pylist()
    return rows
