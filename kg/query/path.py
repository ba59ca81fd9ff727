"""The shortest ways between two things, over links in either direction, each step with its evidence.

Among equally short ways those through rare things come first: what two methods share through *GPU* or
*accuracy* says little.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kg.query.facts import Linked, Ref, linked, quotes, refs
from kg.query.names import find
from kg.view import RESULT_LINKS

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.tables import Tables

_CACHED = "_neighbours"
_Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Step:
    """From ``start`` to ``end`` by one or more parallel ``links``, each seen from ``start``."""

    start: Ref
    end: Ref
    links: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A way of some steps; none when both names mean one thing."""

    nodes: tuple[Ref, ...]
    steps: tuple[Step, ...]

    def __len__(self) -> int:
        return len(self.steps)


def paths(graph: Graph, a: str, b: str, *, limit: int = 5, longest: int = 8, hubs: bool = True) -> list[Path]:
    """The shortest ways from ``a`` to ``b`` (names, aliases or ids), at most ``limit``; none when there is no way.

    Ways of more than ``longest`` steps are not looked for. ``hubs=False`` leaves out things that more than a
    hundred links, and more than two in a hundred papers, meet in.
    Raises `UnknownNameError` when a name is not in the graph.
    """
    starts, ends = find(graph, a), find(graph, b)
    net = _net(graph)
    same = [ref for ref in starts if ref in ends]
    if same:
        return [Path((same[0],), ())]
    found = net.ways([ref.id for ref in starts], [ref.id for ref in ends], limit, longest, hubs)
    known = refs(graph.tables, (node for way in found for node in way))
    return [
        Path(
            tuple(known[node] for node in way),
            tuple(_step(graph.tables, known[x], known[y]) for x, y in pairwise(way)),
        )
        for way in found
    ]


class _Net:
    """Neighbours of every node as two arrays (compressed rows), for one version of the tables."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.ids = pa.concat_arrays(
            [getattr(tables, name)["id"].combine_chunks() for name in ("papers", "entities", "results")]
        )
        source, target = self._ends(tables)
        both = np.concatenate([source, target])
        order = np.argsort(both, kind="stable")
        self.neighbours: _Ints = np.concatenate([target, source])[order]
        counts = np.bincount(both, minlength=len(self.ids))
        self.offsets: _Ints = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        self.degree: _Ints = counts.astype(np.int64)
        self.hub = max(100, tables.papers.num_rows // 50)

    def _ends(self, tables: Tables) -> tuple[_Ints, _Ints]:
        sources = [tables.links["source"], tables.relations["source"], tables.results["paper"]]
        targets = [tables.links["target"], tables.relations["target"], tables.results["id"]]
        for column in RESULT_LINKS:
            sources.append(tables.results["id"])
            targets.append(tables.results[column])
        source = pa.chunked_array([chunk for column in sources for chunk in column.chunks], pa.string())
        target = pa.chunked_array([chunk for column in targets for chunk in column.chunks], pa.string())
        first, second = (
            pc.fill_null(pc.index_in(column, value_set=self.ids), -1).to_numpy().astype(np.int64)
            for column in (source, target)
        )
        known = (first >= 0) & (second >= 0)
        return first[known], second[known]

    def ways(self, starts: list[str], ends: list[str], limit: int, longest: int, hubs: bool) -> list[list[str]]:
        """The ids along each of the shortest ways, those through rare things first."""
        first, last = self._places(starts), self._places(ends)
        closed = np.zeros(len(self.ids), bool) if hubs else self.degree > self.hub
        closed[first] = closed[last] = False
        from_start = self._distances(first, last, closed, longest)
        reached = from_start[last]
        if not (reached >= 0).any():
            return []
        length = int(reached[reached >= 0].min())
        goals = last[reached == length]
        from_end = self._distances(goals, first, closed, length)
        found = self._best_first(first, from_start, from_end, length, limit)
        return [self.ids.take(pa.array(way)).to_pylist() for way in found]

    def _places(self, ids: list[str]) -> _Ints:
        places: _Ints = pc.index_in(pa.array(ids, pa.string()), value_set=self.ids).to_numpy().astype(np.int64)
        return places

    def _distances(self, start: _Ints, goal: _Ints, closed: NDArray[np.bool_], longest: int) -> _Ints:
        """Steps from ``start`` to every node, until a goal is reached; -1 for the others."""
        distance = np.full(len(self.ids), -1, np.int64)
        distance[start] = 0
        frontier = start
        for step in range(1, longest + 1):
            frontier = np.unique(self._around(frontier))
            frontier = frontier[(distance[frontier] < 0) & ~closed[frontier]]
            distance[frontier] = step
            if not len(frontier) or (distance[goal] >= 0).any():
                break
        return distance

    def _around(self, nodes: _Ints) -> _Ints:
        pieces = [self.neighbours[self.offsets[node] : self.offsets[node + 1]] for node in nodes.tolist()]
        return np.concatenate(pieces) if pieces else np.empty(0, np.int64)

    def _best_first(
        self, starts: _Ints, from_start: _Ints, from_end: _Ints, length: int, limit: int
    ) -> Iterator[list[int]]:
        """Ways in order of cost (rarer things are cheaper), by best-first search with the exact cost that is left."""
        left = self._cost_left(from_start, from_end, length)
        heap = [(left[node], (node,)) for node in starts.tolist() if node in left]
        heapq.heapify(heap)
        given = 0
        while heap and given < limit:
            cost, way = heapq.heappop(heap)
            at = way[-1]
            if len(way) == length + 1:
                yield list(way)
                given += 1
                continue
            for node in np.unique(self._around(np.array([at]))).tolist():
                if node in left and from_end[node] == from_end[at] - 1:
                    heapq.heappush(heap, (cost - left[at] + self._cost(at) + left[node], (*way, node)))

    def _cost_left(self, from_start: _Ints, from_end: _Ints, length: int) -> dict[int, float]:
        """Of every node on a shortest way: the least cost from it (itself included) to the goal."""
        on_way = np.flatnonzero((from_start >= 0) & (from_end >= 0) & (from_start + from_end == length))
        left: dict[int, float] = {}
        for node in sorted(on_way.tolist(), key=lambda node: (int(from_end[node]), node)):
            if from_end[node] == 0:
                left[node] = 0.0
                continue
            onward = [
                left[other]
                for other in set(self._around(np.array([node])).tolist())
                if other in left and from_end[other] == from_end[node] - 1
            ]
            if onward:
                left[node] = self._cost(node) + min(onward)
        return left

    def _cost(self, node: int) -> float:
        return log(1 + float(self.degree[node]))


def _net(graph: Graph) -> _Net:
    """The neighbours of the graph as it is now, kept with it."""
    kept: _Net | None = vars(graph).get(_CACHED)
    if kept is None or kept.tables is not graph.tables:
        kept = _Net(graph.tables)
        vars(graph)[_CACHED] = kept
    return kept


def _step(tables: Tables, start: Ref, end: Ref) -> Step:
    found: list[Linked] = []
    for name in ("links", "relations"):
        for first, second, forward in ((start, end, True), (end, start, False)):
            whole: pa.Table = getattr(tables, name)
            rows = whole.filter(pc.and_(pc.equal(whole["source"], first.id), pc.equal(whole["target"], second.id)))
            found.extend(linked(tables, name, rows.to_pylist(), forward=forward))
    found.extend(_result_links(tables, start, end))
    return Step(start, end, tuple(found))


def _result_links(tables: Tables, start: Ref, end: Ref) -> Iterator[Linked]:
    """The links of a result, when one of the two is one."""
    for result, other, forward in ((start, end, True), (end, start, False)):
        if result.type != "Result":
            continue
        row = tables.results.filter(pc.equal(tables.results["id"], result.id)).to_pylist()[0]
        proof = quotes(tables, "result", [result.id]).get(result.id, ())
        for column, kind in (("paper", "REPORTS"), *RESULT_LINKS.items()):
            if row[column] == other.id:
                away = forward if kind != "REPORTS" else not forward
                first, second = (other.id, result.id) if kind == "REPORTS" else (result.id, other.id)
                properties = {"confidence": row["confidence"]} if kind == "REPORTS" else {}
                yield Linked(f"{first}|{kind}|{second}", kind, end, away, properties, proof)
