"""Conditional logistic regression: weights of features by which one option of several is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Group = Sequence[tuple[Mapping[str, float], bool]]


def fit(groups: Sequence[Group], least: int = 4, penalty: float = 3.0, steps: int = 300) -> dict[str, float]:
    """Weights that raise the right options of each group over the rest: quadratic penalty, Adam over all at once.

    Features seen in fewer than ``least`` options are left out.
    """
    options = [option for group in groups for option in group]
    counts = Counter(name for features, _ in options for name in features)
    index = {name: number for number, name in enumerate(sorted(n for n, count in counts.items() if count >= least))}
    cells = [
        (row, index[name], value)
        for row, (features, _) in enumerate(options)
        for name, value in features.items()
        if name in index
    ]
    rows, columns = (np.array([cell[at] for cell in cells], dtype=np.int64) for at in (0, 1))
    values = np.array([cell[2] for cell in cells])
    right = np.array([float(good) for _, good in options])
    sizes = np.array([len(group) for group in groups])
    begins = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    weights = np.zeros(len(index))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        scores = np.bincount(rows, weights[columns] * values, len(options))
        given = _shares(scores, begins, sizes)
        wanted = _shares(np.where(right > 0, scores, -1e9), begins, sizes) * right
        slope = np.bincount(columns, (given - wanted)[rows] * values, len(index)) + penalty * weights
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return {name: float(weights[number]) for name, number in index.items()}


def _shares(scores: NDArray[np.float64], begins: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.float64]:
    """The share of each option in its group."""
    top = np.repeat(np.maximum.reduceat(scores, begins), sizes)
    raised = np.exp(scores - top)
    shares: NDArray[np.float64] = raised / np.repeat(np.add.reduceat(raised, begins), sizes)
    return shares
