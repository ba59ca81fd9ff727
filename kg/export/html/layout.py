"""Where nodes stand, computed beforehand: neighbours near each other, nobody on top of anybody.

Nodes with a single neighbour stand round it like petals, by type; the rest is laid out from the graph's
slow modes (subspace iteration on the normalised adjacency) by force steps whose repulsion is a
convolution on a grid (one FFT a step, so that its cost hardly grows with the graph); then overlaps
are pushed apart. All numpy, all deterministic.
"""

from __future__ import annotations

import numpy as np

from kg.export.html.gather import Floats, Ints

GAP = 5.0  # pixels between the rims of two nodes
ROOMY = 34.0  # pixels more between the nodes of a small graph
GOLDEN = 2.399963  # an angle whose multiples never fall together
GIANTS = 32  # so many of the largest nodes are held against all others, so that the grid can be fine
REUSED = 5  # rounds for which pairs found near each other serve
SLACK = 12.0  # pixels within which a pair counts as near


def place(count: int, source: Ints, target: Ints, radius: Floats, kind: Ints) -> Floats:
    """Positions of ``count`` nodes in pixels, for links between them.

    ``radius`` keeps nodes apart, ``kind`` keeps petals of one kind together.

    >>> place(2, np.array([0]), np.array([1]), np.full(2, 6.0), np.zeros(2, dtype=int)).shape
    (2, 2)
    """
    if count < 2:
        return np.zeros((count, 2))
    source, target = _simple(source, target)
    parent = _parents(count, source, target)
    air = ROOMY * max(0.0, 1 - count / 500)  # names need room where there are few
    offset, reach = _petals(parent, radius + air / 2, kind)
    stem = np.flatnonzero(parent < 0)
    number = np.full(count, -1)
    number[stem] = np.arange(len(stem))
    inner = (parent[source] < 0) & (parent[target] < 0)
    at = np.zeros((count, 2))
    at[stem] = _stems(number[source[inner]], number[target[inner]], reach[stem])
    petal = np.flatnonzero(parent >= 0)
    at[petal] = at[parent[petal]] + offset[petal]
    return np.round(at)


def _simple(source: Ints, target: Ints) -> tuple[Ints, Ints]:
    """Each pair of linked nodes once, no loops."""
    low, high = np.minimum(source, target), np.maximum(source, target)
    pairs = np.unique(np.column_stack([low, high])[low != high], axis=0)
    return pairs[:, 0], pairs[:, 1]


def _parents(count: int, source: Ints, target: Ints) -> Ints:
    """For a node with one neighbour, that neighbour; else -1. Of two alone with each other, the first is the parent."""
    degree = np.bincount(source, minlength=count) + np.bincount(target, minlength=count)
    parent = np.full(count, -1)
    for one, other in ((source, target), (target, source)):
        single = (degree[one] == 1) & ((degree[other] > 1) | (other < one))
        parent[one[single]] = other[single]
    return parent


def _petals(parent: Ints, radius: Floats, kind: Ints) -> tuple[Floats, Floats]:
    """Where petals stand from their parent, and how far each node with its petals reaches."""
    offset, reach = np.zeros((len(parent), 2)), radius.copy()
    petal = np.flatnonzero(parent >= 0)
    order = petal[np.lexsort((petal, kind[petal], parent[petal]))]
    if not len(order):
        return offset, reach
    starts = np.flatnonzero(np.r_[True, np.diff(parent[order]) != 0])
    ends = np.r_[starts[1:], len(order)]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        members = order[start:end]
        middle = int(parent[members[0]])
        step = 2 * float(radius[members].max()) + GAP
        clear = float(radius[middle]) + step / 2 + GAP
        away, angle = _rings(len(members), clear, step)
        offset[members] = np.column_stack([np.cos(angle), np.sin(angle)]) * away[:, None]
        reach[middle] = float(away.max()) + step / 2
    return offset, reach


def _rings(many: int, clear: float, step: float) -> tuple[Floats, Floats]:
    """Distances and angles of petals on rings from the inside out, each ring evenly filled."""
    away, angle = np.empty(many), np.empty(many)
    done, ring = 0, 0
    while done < many:
        distance = clear + ring * step
        room = min(many - done, max(1, int(2 * np.pi * distance / step)))
        away[done : done + room] = distance
        angle[done : done + room] = np.arange(room) * 2 * np.pi / room + ring * GOLDEN
        done, ring = done + room, ring + 1
    return away, angle


def _stems(source: Ints, target: Ints, reach: Floats) -> Floats:
    """The nodes that are no petals, each as large as it reaches; those without links in rows below the rest."""
    count = len(reach)
    degree = np.bincount(source, minlength=count) + np.bincount(target, minlength=count)
    linked = np.flatnonzero(degree)
    at = np.zeros((count, 2))
    if len(linked):
        number = np.full(count, -1)
        number[linked] = np.arange(len(linked))
        source, target, size = number[source], number[target], reach[linked]
        spread = float(np.sqrt(np.square(size + GAP).sum() * 2.6))
        moved = _forces(_slow_modes(len(linked), source, target) * spread, source, target, size, spread)
        at[linked] = separate(moved, size * 1.15)
    alone = np.flatnonzero(degree == 0)
    if len(alone):
        at[alone] = _rows(reach[alone], at[linked] if len(linked) else np.zeros((1, 2)))
    return at


def _rows(reach: Floats, above: Floats) -> Floats:
    """Rows below what is placed, the larger first, as wide as it is or as a square would need."""
    order = np.argsort(-reach, kind="stable")
    wide = max(float(np.ptp(above[:, 0])), float(np.sqrt(np.square(2 * reach + GAP).sum())) * 1.3)
    at = np.zeros((len(reach), 2))
    left, top = 0.0, float(above[:, 1].max()) + 4 * GAP
    tall = 0.0
    for i in order.tolist():
        size = 2 * float(reach[i]) + GAP
        if left and left + size > wide:
            left, top, tall = 0.0, top + tall, 0.0
        at[i] = (left + size / 2 - wide / 2, top + size / 2)
        left, tall = left + size, max(tall, size)
    at[:, 0] += (float(above[:, 0].min()) + float(above[:, 0].max())) / 2
    return at


def separate(at: Floats, radius: Floats, *, rounds: int = 60) -> Floats:
    """Push overlapping nodes apart, a little each round, until none overlap or rounds run out."""
    at = at.copy()
    left = right = np.zeros(0, dtype=np.int64)
    for turn in range(rounds if len(at) > 1 else 0):
        if turn % REUSED == 0:
            left, right = _near(at, radius)
        gap = at[left] - at[right]
        distance = np.hypot(gap[:, 0], gap[:, 1])
        overlap = radius[left] + radius[right] + GAP - distance
        touching = overlap > 0.01
        if not touching.any():
            if turn % REUSED == 0:
                break
            continue
        one, other, gap = left[touching], right[touching], gap[touching]
        unit = gap / np.maximum(distance[touching], 1e-9)[:, None]
        same = distance[touching] < 1e-6
        angle = GOLDEN * (one[same] + other[same])
        unit[same] = np.column_stack([np.cos(angle), np.sin(angle)])
        push = unit * (overlap[touching] * 0.5)[:, None]
        for axis in (0, 1):
            at[:, axis] += np.bincount(one, push[:, axis], len(at)) - np.bincount(other, push[:, axis], len(at))
    return at


def _near(at: Floats, radius: Floats) -> tuple[Ints, Ints]:
    """Pairs of nodes that touch or may within a few rounds: the largest against all, the others by a grid."""
    giants = np.argsort(-radius, kind="stable")[:GIANTS]
    small = np.ones(len(at), dtype=bool)
    small[giants] = False
    lefts = [np.repeat(giants, len(at))]
    rights = [np.tile(np.arange(len(at)), len(giants))]
    rest = np.flatnonzero(small)
    if len(rest) > 1:
        one, other = _neighbours(at[rest], 2 * float(radius[rest].max()) + GAP + SLACK)
        lefts.append(rest[one])
        rights.append(rest[other])
    left, right = np.concatenate(lefts), np.concatenate(rights)
    gap = at[left] - at[right]
    close = np.hypot(gap[:, 0], gap[:, 1]) < radius[left] + radius[right] + GAP + SLACK
    close &= (left != right) & (small[right] | (left < right))
    return left[close], right[close]


def _neighbours(at: Floats, cell: float) -> tuple[Ints, Ints]:
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


def _forces(at: Floats, source: Ints, target: Ints, size: Floats, spread: float) -> Floats:
    """Springs along links, repulsion between all, a pull to the middle; cooled step by step."""
    count = len(at)
    steps = 120 if count > 2000 else 220
    degree = (np.bincount(source, minlength=count) + np.bincount(target, minlength=count)).astype(float)
    typical = float(np.sqrt(np.square(size + GAP).mean()))
    mass = np.square((size + GAP) / typical)
    spring = 0.5 / np.sqrt(degree[source] * degree[target]) + 0.06
    field = _Field(64 if count < 2500 else 128)
    for step in range(steps):
        heat = spread * 0.06 * (1 - step / steps) ** 1.5 + 0.5
        force = field.push(at, mass) * (typical * typical)
        pull = (at[target] - at[source]) * spring[:, None]
        for axis in (0, 1):
            force[:, axis] += np.bincount(source, pull[:, axis], count) - np.bincount(target, pull[:, axis], count)
        force -= at * (mass * 1.2)[:, None]
        force /= (mass + degree * 0.15)[:, None]
        length = np.hypot(force[:, 0], force[:, 1])
        at = at + force * (np.minimum(length * 0.5, heat) / np.maximum(length, 1e-9))[:, None]
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
