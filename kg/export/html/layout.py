"""Where nodes stand, computed beforehand: neighbours near each other, nobody on top of anybody.

A start from the graph's own slow modes (subspace iteration on the normalised adjacency), then
force steps whose repulsion is a convolution on a grid (one FFT a step, so its cost hardly grows
with the graph), then overlaps pushed apart. All numpy, all deterministic.
"""

from __future__ import annotations

import numpy as np

from kg.export.html.gather import Floats, Ints

SPACING = 46.0  # pixels between nodes if they stood evenly
GAP = 5.0  # pixels between the rims of two nodes


def place(count: int, source: Ints, target: Ints, radius: Floats) -> Floats:
    """Positions of ``count`` nodes in pixels, for links between them; ``radius`` keeps them apart.

    >>> place(2, np.array([0]), np.array([1]), np.full(2, 6.0)).shape
    (2, 2)
    """
    if count < 2:
        return np.zeros((count, 2))
    loop = source != target
    source, target = source[loop], target[loop]
    at = _slow_modes(count, source, target) * SPACING * np.sqrt(count / np.pi)
    at = _forces(at, source, target, steps=160 if count > 1000 else 240)
    at = _scaled(at, count)
    return np.round(separate(at, radius))


def separate(at: Floats, radius: Floats, *, rounds: int = 60) -> Floats:
    """Push overlapping nodes apart, a little each round, until none overlap or rounds run out."""
    at = at.copy()
    cell = 2 * float(radius.max()) + GAP if len(radius) else 1.0
    for _ in range(rounds):
        left, right = _near(at, cell)
        gap = at[left] - at[right]
        distance = np.hypot(gap[:, 0], gap[:, 1])
        overlap = radius[left] + radius[right] + GAP - distance
        touching = overlap > 0.01
        if not touching.any():
            break
        left, right, gap = left[touching], right[touching], gap[touching]
        unit = gap / np.maximum(distance[touching], 1e-9)[:, None]
        same = distance[touching] < 1e-6
        angle = 2.399963 * (left[same] + right[same])
        unit[same] = np.column_stack([np.cos(angle), np.sin(angle)])
        push = unit * (overlap[touching] * 0.5)[:, None]
        for axis in (0, 1):
            at[:, axis] += np.bincount(left, push[:, axis], len(at)) - np.bincount(right, push[:, axis], len(at))
    return at


def _near(at: Floats, cell: float) -> tuple[Ints, Ints]:
    """Pairs of nodes in the same or neighbouring cells of a grid."""
    grid = np.floor((at - at.min(axis=0)) / cell).astype(np.int64) + 1
    width = int(grid[:, 0].max()) + 2
    key = grid[:, 1] * width + grid[:, 0]
    order = np.argsort(key, kind="stable")
    sorted_key = key[order]
    lefts, rights = [], []
    for shift in (0, 1, width - 1, width, width + 1):
        first = np.searchsorted(sorted_key, sorted_key + shift, "left")
        last = np.searchsorted(sorted_key, sorted_key + shift, "right")
        if shift == 0:
            first = np.arange(1, len(order) + 1)
        many = np.maximum(last - first, 0)
        left = np.repeat(np.arange(len(order)), many)
        right = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many) + np.repeat(first, many)
        lefts.append(order[left])
        rights.append(order[right])
    return np.concatenate(lefts), np.concatenate(rights)


def _slow_modes(count: int, source: Ints, target: Ints) -> Floats:
    """A start in the unit disc: nodes ranked along the two slowest modes of a walk on the graph."""
    draw = np.random.default_rng(7)
    degree = np.bincount(source, minlength=count) + np.bincount(target, minlength=count) + 1.0
    weight = 1 / np.sqrt(degree)
    modes = draw.standard_normal((count, 4))
    modes[:, 0] = np.sqrt(degree)
    for turn in range(60):
        scaled = modes * weight[:, None]
        moved = scaled.copy()
        for column in range(modes.shape[1]):
            values = scaled[:, column]
            moved[:, column] += np.bincount(target, values[source], count) + np.bincount(source, values[target], count)
        modes = moved * weight[:, None] + modes
        if turn % 4 == 3:
            modes = np.linalg.qr(modes)[0]
            modes *= np.sign(modes[np.abs(modes).argmax(axis=0), np.arange(modes.shape[1])] + 1e-300)
    rank = modes[:, 1:3].argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    square = 2 * (rank + 0.5) / count - 1
    return square * 0.9 + draw.standard_normal((count, 2)) * 0.02


def _forces(at: Floats, source: Ints, target: Ints, *, steps: int) -> Floats:
    """Springs along links, repulsion between all, a pull to the middle; cooled step by step."""
    count = len(at)
    degree = (np.bincount(source, minlength=count) + np.bincount(target, minlength=count)).astype(float)
    mass = 1.0 + np.sqrt(degree)
    spring = 1.0 / np.sqrt(np.maximum(np.minimum(degree[source], degree[target]), 1.0))
    field = _Field(64 if count < 2500 else 128)
    unit = SPACING
    for step in range(steps):
        heat = unit * (4.0 * (1 - step / steps) ** 1.5 + 0.05)
        force = field.push(at, mass) * (unit * unit * 0.9)
        pull = (at[target] - at[source]) * (spring * 0.35)[:, None]
        for axis in (0, 1):
            force[:, axis] += np.bincount(source, pull[:, axis], count) - np.bincount(target, pull[:, axis], count)
        force -= at * (0.012 * mass)[:, None]
        force /= mass[:, None]
        length = np.hypot(force[:, 0], force[:, 1])
        at = at + force * (np.minimum(length, heat) / np.maximum(length, 1e-9))[:, None]
    return at


class _Field:
    """Repulsion of all nodes on all, falling with distance, summed on a grid by convolution."""

    def __init__(self, size: int) -> None:
        self._size = size
        offset = np.arange(2 * size, dtype=float)
        offset[offset >= size] -= 2 * size
        across, down = np.meshgrid(offset, offset)
        square = across**2 + down**2
        square[0, 0] = 1.0
        self._kernels = [np.fft.rfft2(axis / square) for axis in (across, down)]

    def push(self, at: Floats, mass: Floats) -> Floats:
        """The force on each node: the sum over others of mass times direction over distance."""
        size = self._size
        low = at.min(axis=0)
        step = max(float((at.max(axis=0) - low).max()), 1e-6) / (size - 2)
        where = (at - low) / step
        corner = np.minimum(where.astype(np.int64), size - 2)
        part = where - corner
        cells = [(corner[:, 1] + down) * size + corner[:, 0] + across for down in (0, 1) for across in (0, 1)]
        shares = [
            (part[:, 1] if down else 1 - part[:, 1]) * (part[:, 0] if across else 1 - part[:, 0])
            for down in (0, 1)
            for across in (0, 1)
        ]
        grid = np.zeros(size * size)
        for cell, share in zip(cells, shares, strict=True):
            grid += np.bincount(cell, mass * share, size * size)
        spectrum = np.fft.rfft2(grid.reshape(size, size), s=(2 * size, 2 * size))
        force = np.empty_like(at)
        for axis, kernel in enumerate(self._kernels):
            flat = np.fft.irfft2(spectrum * kernel, s=(2 * size, 2 * size))[:size, :size].ravel()
            force[:, axis] = sum(flat[cell] * share for cell, share in zip(cells, shares, strict=True))
        return force * (mass / step)[:, None]


def _scaled(at: Floats, count: int) -> Floats:
    """Centred, the outskirts drawn in, and as large as evenly spaced nodes would need."""
    at = at - np.median(at, axis=0)
    distance = np.hypot(at[:, 0], at[:, 1])
    typical = max(float(np.quantile(distance, 0.9)), 1e-6)
    stretched = distance / typical
    drawn_in = np.where(stretched > 1, 1 + np.log(np.maximum(stretched, 1.0)) * 0.5, stretched)
    wanted = SPACING * np.sqrt(count / np.pi)
    return at * (drawn_in / np.maximum(distance, 1e-9) * wanted)[:, None]
