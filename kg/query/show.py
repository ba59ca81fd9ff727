"""Everything known of a thing or a paper, with the sentences that say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from kg.query.facts import Linked, Quote, Ref, links_of, quotes, refs
from kg.query.names import find

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.tables import Tables

ORDER = ("INTRODUCES", "TRAINS_ON", "EVALUATES_ON", "RUNS_ON", "COMPARES_WITH", "USES", "ADDRESSES", "MEASURES",
         "MENTIONS", "HAS_CODE", "WRITTEN_BY", "PUBLISHED_BY")  # fmt: skip
_TOGETHER = 12
_SHOWN_APART = frozenset({"id", "type", "name", "aliases", "also", "title"})


@dataclass(frozen=True, slots=True)
class Reported:
    """A number that ``paper`` reports for ``subject`` on ``dataset``."""

    id: str
    paper: Ref
    subject: Ref
    dataset: Ref
    value: float
    unit: str | None
    metric: str | None
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the graph holds of one node.

    ``links`` are those with papers (of a paper: with things), by link type in order of strength;
    ``parents`` is the chain of what it is a variant of, nearest first, ``variants`` what is directly one of it.
    ``together`` counts the papers that a thing shares with others.
    """

    ref: Ref
    aliases: tuple[str, ...]
    also: tuple[str, ...]
    properties: Mapping[str, Any]
    parents: tuple[Ref, ...]
    variants: tuple[Ref, ...]
    links: Mapping[str, tuple[Linked, ...]]
    relations: tuple[Linked, ...]
    results: tuple[Reported, ...]
    together: tuple[tuple[Ref, int], ...]
    merges: tuple[tuple[str, str], ...] = ()

    @property
    def introduced_by(self) -> tuple[Ref, ...]:
        """The papers that present it as their own."""
        return tuple(link.other for link in self.links.get("INTRODUCES", ()) if not link.forward)


def show(graph: Graph, name: str) -> list[Shown]:
    """Everything known of the nodes called ``name`` (a name, alias or id in any case); several when several are.

    Raises `UnknownNameError` with near names when there is none.
    """
    return [_shown(graph, ref) for ref in find(graph, name)]


def _shown(graph: Graph, ref: Ref) -> Shown:
    row = _row(graph.tables, ref)
    end = "source" if ref.type == "Paper" else "target"
    links = links_of(graph, "links", end, ref.id)
    relations = [*links_of(graph, "relations", "source", ref.id), *links_of(graph, "relations", "target", ref.id)]
    return Shown(
        ref=ref,
        aliases=tuple(row.get("aliases", ())),
        also=tuple(row.get("also", ())),
        properties={k: v for k, v in row.items() if k not in _SHOWN_APART and v is not None and v != []},
        parents=_parents(graph.tables, ref),
        variants=tuple(link.other for link in _sorted(relations) if link.type == "VARIANT_OF" and not link.forward),
        links=_by_type(links),
        relations=tuple(link for link in _sorted(relations) if link.type != "VARIANT_OF"),
        results=_results(graph.tables, ref),
        together=_together(graph.tables, ref) if ref.type != "Paper" else (),
        merges=_merges(graph.tables, ref),
    )


def _row(tables: Tables, ref: Ref) -> dict[str, Any]:
    table = {"Paper": tables.papers, "Result": tables.results}.get(ref.type, tables.entities)
    rows: list[dict[str, Any]] = table.filter(pc.equal(table["id"], ref.id)).to_pylist()
    return rows[0]


def _sorted(relations: list[Linked]) -> list[Linked]:
    return sorted(relations, key=lambda link: (link.type, not link.forward, link.other.name.casefold(), link.key))


def _by_type(links: list[Linked]) -> dict[str, tuple[Linked, ...]]:
    def place(link: Linked) -> int:
        return ORDER.index(link.type) if link.type in ORDER else len(ORDER)

    ordered = sorted(links, key=lambda link: (place(link), link.type))
    return {kind: tuple(group) for kind, group in groupby(ordered, key=lambda link: link.type)}


def _parents(tables: Tables, ref: Ref) -> tuple[Ref, ...]:
    relations = tables.relations
    variants = relations.filter(pc.equal(relations["type"], "VARIANT_OF"))
    chain: list[str] = []
    at = ref.id
    while True:
        above = variants.filter(pc.equal(variants["source"], at))["target"].to_pylist()
        above = [parent for parent in above if parent not in chain and parent != ref.id]
        if not above:
            break
        at = above[0]
        chain.append(at)
    known = refs(tables, chain)
    return tuple(known[parent] for parent in chain if parent in known)


def _results(tables: Tables, ref: Ref) -> tuple[Reported, ...]:
    """Results of, on or in the thing, or reported by the paper; the best on each dataset first."""
    whole = tables.results
    mask = pc.equal(whole["id"], ref.id)
    for column in ("paper", "subject", "dataset", "metric"):
        mask = pc.or_(mask, pc.fill_null(pc.equal(whole[column], ref.id), False))
    rows = whole.filter(mask).to_pylist()
    known = refs(tables, (row[column] for row in rows for column in ("paper", "subject", "dataset")))
    proof = quotes(tables, "result", (row["id"] for row in rows))
    found = [
        Reported(
            id=row["id"],
            **{column: known.get(row[column], Ref(row[column], "", row[column]))
               for column in ("paper", "subject", "dataset")},
            value=row["value"],
            unit=row["unit"],
            metric=row["metric_name"],
            evidence=proof.get(row["id"], ()),
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.dataset.name.casefold(), one.metric or "", -one.value, one.id)))


def _together(tables: Tables, ref: Ref) -> tuple[tuple[Ref, int], ...]:
    """The things that most papers speak of together with this one."""
    links = tables.links.select(["source", "target"])
    papers = links.filter(pc.equal(links["target"], ref.id))["source"].combine_chunks()
    beside = links.filter(pc.is_in(links["source"], value_set=papers))["target"].combine_chunks()
    counts = pa.Table.from_struct_array(pc.value_counts(beside.filter(pc.not_equal(beside, ref.id))))
    top = counts.sort_by([("counts", "descending"), ("values", "ascending")]).slice(0, 4 * _TOGETHER).to_pylist()
    known = refs(tables, (row["values"] for row in top))
    kept = [(known[row["values"]], row["counts"]) for row in top if row["values"] in known and row["counts"] > 1]
    named = [pair for pair in kept if pair[0].type not in ("Author", "Organization", "Repository")]
    return tuple(named[:_TOGETHER])


def _merges(tables: Tables, ref: Ref) -> tuple[tuple[str, str], ...]:
    rows = tables.merges.filter(pc.equal(tables.merges["entity"], ref.id)).to_pylist()
    return tuple(dict.fromkeys((row["form"], row["rule"]) for row in rows))
