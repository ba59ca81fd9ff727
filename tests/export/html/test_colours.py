"""The types can be told apart: by contrast, by colour for every kind of colour vision, and by shape."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.schema import load
from tests.export.html.colour_science import VISIONS, contrast, difference, lab, linear, seen
from tests.export.html.conftest import SETTINGS, Visit
from tests.export.html.graphs_for_pages import library

APART = 8.0  # CIEDE2000, over three times what can just be seen


@pytest.fixture(scope="module")
def backgrounds(root: Path) -> list[str]:
    """What the page draws on: the light theme's paper and the dark one's."""
    source = (root / "kg/export/html/static/paint.js").read_text(encoding="utf-8")
    found = re.findall(r'paper: "(#[0-9a-f]{6})"', source)
    assert len(found) == 2
    return found


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
        ((50, -0.001, 2.49), (50, 0.0011, -2.49), 4.7461),
    ],
)
def test_the_difference_is_the_published_one(
    one: tuple[float, float, float], other: tuple[float, float, float], expected: float
) -> None:
    assert difference(one, other) == pytest.approx(expected, abs=1e-4)


def test_types_stand_out_from_both_backgrounds(backgrounds: list[str]) -> None:
    for kind in load().node_types.values():
        assert min(contrast(kind.colour, paper) for paper in backgrounds) >= 3, kind.name


def test_no_two_types_share_a_shape() -> None:
    shapes = [kind.shape for kind in load().node_types.values()]
    assert len(shapes) == 11 == len(set(shapes))


@pytest.mark.parametrize("vision", VISIONS)
def test_every_two_types_and_both_backgrounds_are_apart_for_every_vision(vision: str, backgrounds: list[str]) -> None:
    colours = {kind.name: kind.colour for kind in load().node_types.values()}
    near = {
        (one, other): difference(lab(seen(colours[one], vision)), lab(seen(colours[other], vision)))
        for one, other in itertools.combinations(colours, 2)
    }
    assert {pair: apart for pair, apart in near.items() if apart < APART} == {}
    for name, paper in itertools.product(colours, backgrounds):
        assert difference(lab(seen(colours[name], vision)), lab(seen(paper, vision))) > 3 * APART, name


@pytest.mark.browser
@pytest.mark.parametrize("setting", SETTINGS[:2])
def test_the_legend_as_shown_is_told_apart_under_chromiums_own_simulation(
    visit: Callable[..., Visit], keep: Callable[..., None], setting: tuple[int, int, str]
) -> None:
    shown = visit(library(), setting=setting)
    boxes = [item.bounding_box() for item in shown.page.locator("#types .glyph").all()]
    places = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + 1) for box in boxes]
    assert len(places) == 10
    eyes = shown.page.context.new_cdp_session(shown.page)
    for vision in VISIONS:
        eyes.send("Emulation.setEmulatedVisionDeficiency", {"type": vision})
        keep(shown, f"vision-{vision}-{setting[2]}")
        found = ["#" + "".join(f"{part:02x}" for part in colour) for colour in shown.colours(places)]
        for one, other in itertools.combinations(found, 2):
            assert difference(lab(linear(one)), lab(linear(other))) > APART, (vision, one, other)
