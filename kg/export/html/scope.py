"""Which nodes a page holds, and which of them it draws at first.

What is held can be found by search and read in the panel; what is drawn is the whole graph while
it is readable, else a core with a quota per type, so that papers do not crowd out the rest.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from kg.errors import ExportError, UnknownNameError
from kg.export.html.gather import Gathered, Ints
from kg.resolve import compare

Mask = npt.NDArray[np.bool_]

WHOLE = 3_000  # up to so many nodes all are drawn
CORE = 1_500  # drawn of a larger graph
MOST = 30_000  # drawn at most, even when all are asked for
ASIDE = ("Author", "Organization", "Repository", "Result")  # read in the panel, not drawn unasked
QUOTA = {"Paper": 0.34, "Method": 0.25, "Model": 0.13, "Dataset": 0.14, "Hardware": 0.04, "Task": 0.06, "Metric": 0.04}


@dataclass(frozen=True, slots=True)
class Scope:
    """What the user asked to see: a thing's surroundings, some types, papers since a date, all of it."""

    focus: str | None = None
    hops: int = 1
    types: tuple[str, ...] = ()
    since: str | None = None
    all: bool = False


def held(found: Gathered, scope: Scope) -> Mask:
    """The nodes the page holds.

    Raises `UnknownNameError` when the focus is not in the graph, `ExportError` for an unknown type or a bad date.
    """
    nodes = np.ones(len(found.ids), dtype=bool)
    types = np.asarray(found.types, dtype=object)
    source, target = found.ends()
    if scope.since is not None:
        nodes &= _since(found, types, source, target, scope.since)
    if scope.types:
        nodes &= _of_types(found, types, source, target, scope.types)
    if scope.focus is not None:
        nodes &= _around(find(found, scope.focus), source, target, nodes, scope.hops)
    return nodes


def drawn(found: Gathered, scope: Scope) -> Mask:
    """The nodes drawn at first, of those held."""
    types = np.asarray(found.types, dtype=object)
    wanted = ~np.isin(types, ASIDE) | np.isin(types, scope.types)
    room = MOST if scope.all or scope.focus is not None else CORE
    if wanted.sum() <= (MOST if scope.all or scope.focus is not None else WHOLE):
        return np.asarray(wanted)
    return _core(found, types, wanted, room)


def find(found: Gathered, name: str) -> Ints:
    """The nodes called so; letter case does not matter.

    The first of these that finds any decides: the id, the name, an alias, a name that the rules of
    identity take for the same (*A100* for *NVIDIA A100*).
    """
    sought = name.casefold().strip()
    for names in (
        ([identifier] for identifier in found.ids),
        ([shown] for shown in found.names),
        (facts.get("aliases", ()) for facts in found.facts),
    ):
        hits = [i for i, forms in enumerate(names) if any(form.casefold() == sought for form in forms)]
        if hits:
            return np.asarray(hits, dtype=np.int64)
    spelled = _spelled(found, name)
    if len(spelled):
        return spelled
    holding = sorted((shown for shown in found.names if sought and sought in shown.casefold()), key=len)
    near = list(dict.fromkeys([*difflib.get_close_matches(name, found.names, n=3, cutoff=0.6), *holding]))[:3]
    mend = f"did you mean {', '.join(near)}?" if near else "look for it: kg search TEXT"
    raise UnknownNameError(f"nothing here is called {name!r}", mend=mend)


def _spelled(found: Gathered, name: str) -> Ints:
    """Things of which ``name`` is another spelling, among those that share its longest word."""
    word = max(re.findall(r"\w+", name.casefold()), key=len, default="")
    things = (
        (i, shown, kind)
        for i, (shown, kind) in enumerate(zip(found.names, found.types, strict=True))
        if word and kind not in ("Paper", "Result") and word in shown.casefold()
    )
    return np.asarray([i for i, shown, kind in things if compare(name, shown, kind) == "same"], dtype=np.int64)


def _since(found: Gathered, types: npt.NDArray[np.object_], source: Ints, target: Ints, since: str) -> Mask:
    """Papers of that date or later, and what is linked to one of them."""
    try:
        first = date.fromisoformat(since + "0000-01-01"[len(since) :])
    except ValueError as error:
        raise ExportError(f"not a date: {since!r}", mend="write 2024, 2024-06 or 2024-06-01") from error
    papers: Mask = np.asarray(types == "Paper")
    recent: Mask = papers & (np.asarray(found.dates) >= first.isoformat())
    return np.asarray(recent | (_beside(recent, source, target) & ~papers))


def _of_types(
    found: Gathered, types: npt.NDArray[np.object_], source: Ints, target: Ints, wanted: Sequence[str]
) -> Mask:
    """Nodes of those types and the papers that link to them."""
    known = sorted(set(found.types))
    names = {name.casefold(): name for name in known}
    unknown = [name for name in wanted if name.casefold() not in names]
    if unknown:
        raise ExportError(f"no nodes of type {unknown[0]!r} in this graph", mend=f"there are {', '.join(known)}")
    chosen: Mask = np.isin(types, [names[name.casefold()] for name in wanted])
    return np.asarray(chosen | (_beside(chosen, source, target) & (types == "Paper")))


def _around(start: Ints, source: Ints, target: Ints, within: Mask, hops: int) -> Mask:
    """Nodes at most so many steps from the start."""
    reached = np.zeros(len(within), dtype=bool)
    reached[start] = True
    for _ in range(max(0, hops)):
        reached |= _beside(reached, source, target) & within
    return reached


def _beside(nodes: Mask, source: Ints, target: Ints) -> Mask:
    beside = np.zeros(len(nodes), dtype=bool)
    beside[target[nodes[source]]] = True
    beside[source[nodes[target]]] = True
    return beside


def _core(found: Gathered, types: npt.NDArray[np.object_], wanted: Mask, room: int) -> Mask:
    """The best-linked nodes of each type up to its quota, then papers by their links to those."""
    source, target = found.ends()
    inside = wanted[source] & wanted[target]
    source, target = source[inside], target[inside]
    count = len(types)
    degree = np.bincount(source, minlength=count) + np.bincount(target, minlength=count)
    core = np.zeros(count, dtype=bool)
    for kind, share in QUOTA.items():
        if kind != "Paper":
            _take(core, np.flatnonzero((types == kind) & wanted), degree, round(room * share))
    ties = np.bincount(source[core[target]], minlength=count) + np.bincount(target[core[source]], minlength=count)
    _take(core, np.flatnonzero((types == "Paper") & wanted), ties, round(room * QUOTA["Paper"]))
    beside = _beside(core, source, target)
    core &= beside  # what would stand without a link makes room for what would not
    _take(core, np.flatnonzero(wanted & beside & ~core), degree, room - int(core.sum()))
    return core


def _take(core: Mask, candidates: Ints, weight: Ints, many: int) -> None:
    """Mark the heaviest candidates; the earlier in the graph where weights are equal."""
    best = candidates[np.argsort(-weight[candidates], kind="stable")[: max(0, many)]]
    core[best] = True
