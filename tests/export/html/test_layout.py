"""Positions: the same each time, nobody on top of anybody, neighbours nearer than strangers."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.html.layout import place, separate


def ring(groups: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Cliques joined in a ring by one link each."""
    pairs = [(g * size + a, g * size + b) for g in range(groups) for a in range(size) for b in range(a)]
    pairs += [(g * size, ((g + 1) % groups) * size) for g in range(groups)]
    source, target = zip(*pairs, strict=True)
    return np.array(source), np.array(target)


def test_twice_gives_the_same() -> None:
    source, target = ring(6, 8)
    first, second = (place(48, source, target, np.full(48, 6.0), np.zeros(48, dtype=int)) for _ in range(2))
    assert (first == second).all()


def test_neighbours_lie_nearer_than_strangers() -> None:
    source, target = ring(8, 10)
    at = place(80, source, target, np.full(80, 6.0), np.zeros(80, dtype=int))
    linked = np.hypot(*(at[source] - at[target]).T).mean()
    everyone = np.hypot(*(at[:, None] - at[None, :]).transpose(2, 0, 1)).mean()
    assert linked < everyone / 2


def test_nodes_with_one_neighbour_stand_round_it_by_kind() -> None:
    source, target = np.zeros(12, dtype=int), np.arange(1, 13)
    kind = np.array([0, *([1] * 6), *([2] * 6)])
    at = place(13, source, target, np.full(13, 6.0), kind)
    away = np.hypot(*(at[1:] - at[0]).T)
    assert away.max() < 150
    turn = np.unwrap(np.sort(np.arctan2(*(at[1:7] - at[0]).T[::-1])))
    assert np.diff(turn).max() < 2.1  # one kind stands together rather than every second place


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 60), st.lists(st.tuples(st.integers(0, 59), st.integers(0, 59)), max_size=120))
def test_no_two_nodes_overlap(count: int, pairs: list[tuple[int, int]]) -> None:
    inside = [(a, b) for a, b in pairs if a < count and b < count]
    source = np.array([a for a, _ in inside], dtype=int)
    target = np.array([b for _, b in inside], dtype=int)
    radius = np.array([4.0 + n % 9 for n in range(count)])
    at = place(count, source, target, radius, np.arange(count) % 3)
    assert np.isfinite(at).all() and at.shape == (count, 2)
    for a in range(count):
        for b in range(a):
            assert np.hypot(*(at[a] - at[b])) > radius[a] + radius[b] - 1


def test_nodes_on_one_spot_are_pushed_apart() -> None:
    at = separate(np.zeros((40, 2)), np.full(40, 5.0), rounds=400)
    distance = np.hypot(*(at[:, None] - at[None, :]).transpose(2, 0, 1)) + np.eye(40) * 99
    assert distance.min() > 9
