"""The other overview: time runs along the x axis in bands, neighbours stay near each other along the y axis."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import numpy.typing as npt

from kg.export.html.gather import Floats, Gathered
from kg.export.html.layout import GAP

Band = tuple[str, int, int]  # label, left, right
UNDATED = "no date"
LEAST = 30.0  # pixels of a band with little in it

UNITS: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day.year}",
    lambda day: f"{day.year}-{day.month:02}",
    lambda day: day.isoformat(),
)


def days(found: Gathered) -> Floats:
    """When each node was, as a day number: a paper's date, a thing's mean over its papers, NaN where unknown."""
    when = np.asarray([float(date.fromisoformat(day).toordinal()) if day else np.nan for day in found.dates])
    source, target = found.ends()
    thing = np.asarray(found.types, dtype=object) != "Paper"
    for _ in range(2):  # the second turn reaches what only things link to
        missing = np.isnan(when)
        total, many = np.zeros(len(when)), np.zeros(len(when))
        for one, other in ((source, target), (target, source)):
            known = ~missing[other]
            total += np.bincount(one[known], when[other[known]], len(when))
            many += np.bincount(one[known], minlength=len(when))
        reached = missing & (many > 0) & thing
        when[reached] = total[reached] / many[reached]
    return when


def by_year(
    when: Floats, at: Floats, radius: Floats, drawn: npt.NDArray[np.bool_], dates: list[str]
) -> tuple[Floats, list[Band]]:
    """Positions by time, and the bands they stand in: years, or months or days where years would tell nothing.

    A band is as wide as what it holds needs at one height for all. In it, columns are filled in
    order of time; within a column nodes keep the order of their neighbourhood.
    """
    placed = np.zeros_like(at)
    chosen = np.flatnonzero(drawn)
    if len(chosen) == 0:
        return placed, []
    labels = _labels(when[chosen], _unit(dates))
    column = 2 * float(np.quantile(radius[chosen], 0.9)) + GAP
    height = float(np.sqrt((2 * radius[chosen] + GAP).sum() * column / 1.7))
    left = 0.0
    bands: list[Band] = []
    for label in sorted(set(labels), key=lambda name: (name != UNDATED, name)):
        members = chosen[np.asarray([name == label for name in labels])]
        right = _fill(placed, members, when, at, radius, left, column, height)
        right = max(right, left + LEAST)
        bands.append((label, round(left), round(right)))
        left = right + GAP
    middle = round(left / 2)
    placed[chosen, 0] -= middle
    return np.round(placed), [(label, start - middle, end - middle) for label, start, end in bands]


def _unit(dates: list[str]) -> Callable[[date], str]:
    """The coarsest unit that tells three papers' times apart, else the finest."""
    known = [date.fromisoformat(day) for day in sorted(set(dates)) if day]
    for unit in UNITS:
        if len({unit(day) for day in known}) >= 3:
            return unit
    return UNITS[0] if len({UNITS[0](day) for day in known}) > 1 else UNITS[-1]


def _labels(when: Floats, unit: Callable[[date], str]) -> list[str]:
    return [UNDATED if np.isnan(day) else unit(date.fromordinal(int(day))) for day in when.tolist()]


def _fill(
    placed: Floats,
    members: npt.NDArray[np.int64],
    when: Floats,
    at: Floats,
    radius: Floats,
    left: float,
    column: float,
    height: float,
) -> float:
    """Fill columns from the left, each up to the height, and give where the last one ends."""
    order = members[np.lexsort((at[members, 1], np.nan_to_num(when[members])))]
    tall = 2 * radius[order] + GAP
    needed = max(1, int(np.ceil(tall.sum() / height)))
    slot = np.minimum((np.cumsum(tall) - tall / 2) * needed / tall.sum(), needed - 1e-9).astype(np.int64)
    for number in range(needed):
        stack = order[slot == number]
        if len(stack) == 0:
            continue
        stack = stack[np.argsort(at[stack, 1], kind="stable")]
        size = 2 * radius[stack] + GAP
        placed[stack, 1] = np.cumsum(size) - size / 2 - size.sum() / 2
        wide = max(column, float(size.max()))
        placed[stack, 0] = left + wide / 2
        left += wide
    return left
