"""One page: choose, place, pack, and let pyvis's container write it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.export.html import layout, timeline
from kg.export.html.gather import Floats, Gathered, gather, keep
from kg.export.html.scope import Mask, Scope, drawn, held

if TYPE_CHECKING:
    from kg.graph import Graph

TITLE = "Papers and what they speak of"


@dataclass(slots=True)
class Drawing:
    """All a page is made of: the columns, the nodes drawn at first, sizes, and both overviews."""

    found: Gathered
    core: Mask
    radius: Floats
    near: Floats
    by_year: Floats
    bands: list[timeline.Band]  # of the overview by time
    total: int  # nodes of the whole graph that could be drawn


def render(
    graph: Graph,
    *,
    title: str = TITLE,
    focus: str | None = None,
    hops: int = 1,
    type: str | Sequence[str] = (),
    since: str | int | None = None,
    all: bool = False,
    evidence: int = 3,
) -> str:
    """The page as text: one file that needs nothing else.

    ``focus`` and ``hops`` keep the surroundings of one thing; ``type`` keeps nodes of those types
    and the papers that link to them; ``since`` keeps papers of that year, month or day and later; ``all``
    draws everything (up to 30,000 nodes) where a large graph would be cut to its core;
    ``evidence`` is how many pieces each link shows at most.

    Raises `UnknownNameError` when the focus is not in the graph, `ExportError` for an unknown type or a bad date.
    """
    from kg.export.html.network import Explorer

    wanted = (type,) if isinstance(type, str) else tuple(type)
    scope = Scope(focus, hops, wanted, None if since is None else str(since), all)
    return str(Explorer(draw(graph, scope, evidence=evidence), title).generate_html())


def draw(graph: Graph, scope: Scope, *, evidence: int = 3) -> Drawing:
    """Choose the nodes and place them."""
    found = gather(graph.tables, evidence_cap=evidence)
    whole = drawn(found, Scope(all=True, types=scope.types)).sum()
    chosen = held(found, scope)
    if not chosen.all():
        found = keep(found, chosen)
    core = drawn(found, scope)
    radius = _radius(found, core)
    near = _near(found, core, radius)
    by_year, bands = timeline.by_year(timeline.days(found), near, radius, core, found.dates)
    return Drawing(found, core, radius, near, by_year, bands, int(whole))


def _radius(found: Gathered, core: Mask) -> Floats:
    """Node sizes in pixels, growing with the links drawn at a node."""
    source, target = found.ends()
    shown = core[source] & core[target] if len(source) else np.zeros(0, dtype=bool)
    degree = np.bincount(source[shown], minlength=len(core)) + np.bincount(target[shown], minlength=len(core))
    return np.asarray(np.round(np.minimum(4.5 + 1.5 * np.sqrt(degree), 26)))


def _near(found: Gathered, core: Mask, radius: Floats) -> Floats:
    """The neighbourhood overview: the core laid out, everything else round the mean of its neighbours."""
    source, target = found.ends()
    number = np.cumsum(core) - 1
    inside = core[source] & core[target] if len(source) else np.zeros(0, dtype=bool)
    at = np.zeros((len(core), 2))
    kind = np.unique(np.asarray(found.types, dtype=str), return_inverse=True)[1]
    at[core] = layout.place(int(core.sum()), number[source[inside]], number[target[inside]], radius[core], kind[core])
    placed = core.copy()
    for _ in range(2):
        total, many = np.zeros_like(at), np.zeros(len(core))
        for one, other in ((source, target), (target, source)):
            use = ~placed[one] & placed[other]
            many += np.bincount(one[use], minlength=len(core))
            for axis in (0, 1):
                total[:, axis] += np.bincount(one[use], at[other[use], axis], len(core))
        reached = np.flatnonzero(many)
        angle = 2.399963 * reached
        around = np.column_stack([np.cos(angle), np.sin(angle)]) * (24 + reached % 5 * 9)[:, None]
        at[reached] = np.round(total[reached] / many[reached][:, None] + around)
        placed[reached] = True
    return at
