"""What a graph holds, counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from kg.query.facts import Ref

if TYPE_CHECKING:
    from kg.graph import Graph

_MOST = 5


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of a graph; mappings are in descending order of count, years ascending.

    ``most`` gives, of each type of thing, those that most papers speak of, with the number of papers.
    """

    papers: int
    things: Mapping[str, int]
    links: Mapping[str, int]
    relations: Mapping[str, int]
    results: int
    evidence: int
    merged_forms: int
    years: Mapping[int, int]
    first: date | None
    last: date | None
    most: Mapping[str, tuple[tuple[Ref, int], ...]]

    @property
    def nodes(self) -> int:
        """Papers, things and results."""
        return self.papers + sum(self.things.values()) + self.results

    @property
    def all_links(self) -> int:
        """Links from papers and links between things."""
        return sum(self.links.values()) + sum(self.relations.values())


def stats(graph: Graph) -> Stats:
    """Count what a graph holds."""
    tables = graph.tables
    published = tables.papers["published"].drop_null()
    years = _counts(pc.year(published))
    return Stats(
        papers=tables.papers.num_rows,
        things=_counts(tables.entities["type"]),
        links=_counts(tables.links["type"]),
        relations=_counts(tables.relations["type"]),
        results=tables.results.num_rows,
        evidence=tables.evidence.num_rows,
        merged_forms=tables.merges.num_rows,
        years=dict(sorted(years.items())),
        first=pc.min(published).as_py(),
        last=pc.max(published).as_py(),
        most=_most(tables.entities),
    )


def _counts(column: pa.ChunkedArray) -> dict[Any, int]:
    """How often each value occurs, the commonest first."""
    pairs = [(pair["values"], pair["counts"]) for pair in pc.value_counts(column).to_pylist()]
    return dict(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def _most(entities: pa.Table) -> dict[str, tuple[tuple[Ref, int], ...]]:
    found: dict[str, tuple[tuple[Ref, int], ...]] = {}
    for kind in _counts(entities["type"]):
        of_kind = entities.filter(pc.equal(entities["type"], kind)).select(["id", "type", "name", "papers"])
        top = of_kind.sort_by([("papers", "descending"), ("id", "ascending")]).slice(0, _MOST).to_pylist()
        found[kind] = tuple((Ref(row["id"], row["type"], row["name"]), row["papers"]) for row in top)
    return found
