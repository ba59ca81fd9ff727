"""The other overview: time runs along the x axis, neighbours stay near each other along the y axis."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from kg.export.html.gather import Floats, Gathered, Ints
from kg.export.html.layout import GAP


def days(found: Gathered) -> Floats:
    """When each node was: a paper's date in years, a thing's mean over its papers, NaN where unknown."""
    when = np.asarray([_in_years(day) for day in found.dates])
    source, target = found.ends()
    for _ in range(2):  # the second turn reaches what only things link to
        missing = np.isnan(when)
        if not missing.any():
            break
        total, many = np.zeros(len(when)), np.zeros(len(when))
        for one, other in ((source, target), (target, source)):
            known = ~missing[other]
            total += np.bincount(one[known], when[other[known]], len(when))
            many += np.bincount(one[known], minlength=len(when))
        reached = missing & (many > 0)
        when[reached] = total[reached] / many[reached]
    return when


def by_year(when: Floats, at: Floats, radius: Floats, drawn: npt.NDArray[np.bool_]) -> tuple[Floats, list[float]]:
    """Positions by time, and the x of each January 1st: ``[x of year, x of year + 1]`` of the first year shown.

    Nodes without a time stand at the left of the first. Columns as wide as a node keep each other
    clear; within one, nodes are stacked in the order of their neighbourhood.
    """
    chosen = np.flatnonzero(drawn)
    if len(chosen) == 0:
        return np.zeros_like(at), []
    known = when[chosen][~np.isnan(when[chosen])]
    first = float(np.floor(known.min())) if len(known) else 0.0
    span = max(1.0, float(np.ceil(known.max() + 1e-9)) - first) if len(known) else 1.0
    column = 2 * float(np.quantile(radius[chosen], 0.9)) + GAP
    width = max(1200.0, column * np.sqrt(len(chosen)) * 2.0)
    across = np.where(np.isnan(when), -0.04 * span, when - first) / span * width
    placed = np.column_stack([across, at[:, 1]])
    _stack(placed, at, radius, chosen, column)
    placed[:, 0] -= width / 2
    return np.round(placed), [first, -width / 2, width / span]


def _stack(placed: Floats, at: Floats, radius: Floats, chosen: Ints, column: float) -> None:
    """Nodes of one column one above the other, round the middle, the order that of the neighbourhood view."""
    slot = np.floor(placed[chosen, 0] / column).astype(np.int64)
    order = chosen[np.lexsort((at[chosen, 1], slot))]
    slots = np.floor(placed[order, 0] / column).astype(np.int64)
    tall = 2 * radius[order] + GAP
    reach = np.cumsum(tall)
    starts = np.flatnonzero(np.r_[True, slots[1:] != slots[:-1]])
    ends = np.r_[starts[1:], len(order)]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        below = reach[start] - tall[start]
        middle = (reach[end - 1] - below) / 2
        placed[order[start:end], 1] = reach[start:end] - tall[start:end] / 2 - below - middle
    placed[order, 0] = (slots + 0.5) * column


def _in_years(day: str) -> float:
    if not day:
        return float("nan")
    parsed = date.fromisoformat(day)
    return parsed.year + (parsed.timetuple().tm_yday - 1) / 366
