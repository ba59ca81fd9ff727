"""Pointing at the drawing itself, in a real browser: clicks on nodes and links, touch, pinch, on both renderers."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from kg.export.html.page import Drawing, draw
from kg.export.html.scope import Scope
from kg.graph import Graph
from tests.export.html.conftest import SETTINGS, Visit
from tests.export.html.graphs_for_pages import crowd, library

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]
Setting = tuple[int, int, str]
Point = tuple[float, float]


@pytest.fixture(scope="module")
def library_drawing() -> Drawing:
    return draw(library(), Scope())


def at(seen: Visit, drawing: Drawing, identifier: str) -> Point:
    """Where a node stands in the window."""
    x, y = drawing.near[drawing.found.ids.index(identifier)].tolist()
    return seen.place(x, y)


def on_link(drawing: Drawing, source: str, kind: str, target: str) -> Point:
    """The point of a link, in the graph's coordinates, that is furthest from all nodes and other links."""
    found = drawing.found
    number = {identifier: i for i, identifier in enumerate(found.ids)}
    chosen = number[source], number[target]
    ends = {
        (s, t)
        for s, t in zip(found.source, found.target, strict=True)
        if drawing.core[s] and drawing.core[t] and {s, t} != set(chosen)
    }
    (ax, ay), (bx, by) = (drawing.near[i].tolist() for i in chosen)
    assert any(
        (s, k, t) == (chosen[0], kind, chosen[1])
        for s, k, t in zip(found.source, found.link_types, found.target, strict=True)
    )

    def clear(point: Point) -> float:
        nodes = [
            math.dist(point, drawing.near[i].tolist()) - float(drawing.radius[i])
            for i in range(len(found.ids))
            if drawing.core[i]
        ]
        links = [to_segment(point, drawing.near[s].tolist(), drawing.near[t].tolist()) for s, t in ends]
        return min(nodes + links)

    points = [(ax + (bx - ax) * part / 40, ay + (by - ay) * part / 40) for part in range(4, 37)]
    return max(points, key=clear)


def to_segment(point: Point, a: Iterable[float], b: Iterable[float]) -> float:
    (px, py), (ax, ay), (bx, by) = point, tuple(a), tuple(b)
    dx, dy = bx - ax, by - ay
    part = max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy or 1.0)))
    return math.hypot(px - ax - part * dx, py - ay - part * dy)


class Fingers:
    """Real touches, sent through the browser's own protocol."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)

    def _send(self, kind: str, points: list[Point]) -> None:
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def drag(self, *ways: tuple[Point, Point], steps: int = 12) -> None:
        """Put fingers down, move each from its first point to its last, and lift them."""
        self._send("touchStart", [start for start, _ in ways])
        for step in range(1, steps + 1):
            part = step / steps
            self._send("touchMove", [(a + (c - a) * part, b + (d - b) * part) for (a, b), (c, d) in ways])
            self.page.wait_for_timeout(16)
        self._send("touchEnd", [])
        self.page.wait_for_timeout(300)


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_click_on_a_node_selects_it_and_dims_what_is_not_beside_it(
    visit: Open, keep: Callable[..., None], library_drawing: Drawing, setting: Setting
) -> None:
    seen = visit(library(), setting=setting)
    watched = ["method/boulder", "paper/p2", "model/kite-1"]
    before = seen.colours([at(seen, library_drawing, name) for name in watched])
    seen.page.mouse.click(*at(seen, library_drawing, "method/boulder"))
    assert seen.title == "Boulder" and seen.fragment == "node=method%2Fboulder"
    keep(seen, f"clicked-{setting[0]}-{setting[2]}")
    seen.page.mouse.move(1, 1)
    after = seen.colours([at(seen, library_drawing, name) for name in watched])
    assert after[:2] == before[:2]  # the thing and its neighbour stay
    assert math.dist(after[2], before[2]) > 60  # a stranger fades
    ground = (255, 255, 255) if setting[2] == "light" else (13, 16, 20)
    assert math.dist(after[2], ground) < math.dist(before[2], ground) / 2


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_click_on_a_link_shows_its_sentence(
    visit: Open, keep: Callable[..., None], library_drawing: Drawing, setting: Setting
) -> None:
    seen = visit(library(), setting=setting)
    place = seen.place(*on_link(library_drawing, "paper/p4", "EVALUATES_ON", "dataset/verbs"))
    seen.page.mouse.move(*place)
    seen.page.wait_for_selector("#card:not([hidden])")
    assert "evaluates on" in seen.page.inner_text("#card")
    seen.page.mouse.click(*place)
    assert seen.title == "Evaluates on"
    assert "Kite-1 counts on SUMS, on VERBS and on an X9." in seen.panel
    assert seen.page.locator("#panel-body mark").all_inner_texts() == ["VERBS"]
    assert seen.fragment.startswith("link=")
    keep(seen, f"link-{setting[0]}-{setting[2]}")
    again = visit(library(), seen.fragment, setting=setting)
    assert again.title == "Evaluates on" and "Counting with Kites" in again.panel
    seen.page.locator("#panel-body .thing", has_text="VERBS").click()
    assert seen.title == "VERBS"


@pytest.fixture(scope="module")
def large() -> Graph:
    return crowd(5600)


@pytest.mark.parametrize("renderer", ["vis", "own canvas"])
def test_one_finger_pans_two_zoom_and_a_tap_selects(
    visit: Open, keep: Callable[..., None], large: Graph, renderer: str
) -> None:
    graph = library() if renderer == "vis" else large
    seen = visit(graph, setting=SETTINGS[4], touch=True, all=True)
    assert seen.page.locator(".vis-network").count() == (1 if renderer == "vis" else 0)
    fingers = Fingers(seen.page)
    box = seen.page.locator("#drawing").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    x, y, scale = seen.camera
    fingers.drag((middle, (middle[0] + 60, middle[1] - 40)))
    panned = seen.camera
    assert panned[2] == scale
    moved = (x - panned[0]) * scale, (y - panned[1]) * scale
    assert math.dist(moved, (60, -40)) < 20  # less what a finger may shake before it counts as moving
    assert seen.title == "What is here"  # a drag is no tap

    def pinch(first: float, last: float) -> None:
        (left, right) = ((middle[0] - first, middle[1]), (middle[0] - last, middle[1])), (
            (middle[0] + first, middle[1]), (middle[0] + last, middle[1]))  # fmt: skip
        fingers.drag(left, right)

    pinch(30, 90)
    near = seen.camera
    assert 1.8 < near[2] / scale < 4.2
    assert math.dist(near[:2], panned[:2]) * near[2] < 60  # what lies between the fingers stays between them
    keep(seen, f"pinched-{renderer.replace(' ', '-')}")
    pinch(90, 30)
    assert seen.camera[2] < near[2] / 1.8
    assert seen.title == "What is here"

    drawing = draw(graph, Scope(all=True))
    seen.page.tap("#fit")
    seen.page.wait_for_timeout(300)
    biggest = int(drawing.radius.argmax())
    seen.page.touchscreen.tap(*seen.place(*drawing.near[biggest].tolist()))
    seen.page.wait_for_function("() => document.getElementById('panel-title').textContent !== 'What is here'")
    assert seen.title == drawing.found.names[biggest]
    assert seen.troubles == []


def test_wheel_and_mouse_move_the_drawing_that_vis_makes(visit: Open, library_drawing: Drawing) -> None:
    seen = visit(library())
    x, y = at(seen, library_drawing, "dataset/sums")
    _, _, scale = seen.camera
    seen.page.mouse.move(x, y)
    seen.page.mouse.wheel(0, -400)
    seen.page.wait_for_timeout(300)
    assert seen.camera[2] > scale
    assert math.dist(at(seen, library_drawing, "dataset/sums"), (x, y)) < 8  # zoomed about the pointer
    before = seen.camera
    seen.page.mouse.down()
    seen.page.mouse.move(x + 50, y + 30, steps=5)
    seen.page.mouse.up()
    seen.page.wait_for_timeout(300)
    after = seen.camera
    assert math.dist([(b - a) * after[2] for a, b in zip(after[:2], before[:2], strict=True)], (50, 30)) < 8
    assert all(math.isfinite(value) for value in itertools.chain(before, after))


def test_alone_a_node_stands_where_its_links_end(visit: Open) -> None:
    seen = visit(library(), "isolate=1&node=metric%2Faccuracy")
    blue = (0x0D, 0x59, 0xFF)  # the one paper, straight above
    assert seen.colours([seen.place(x, -148) for x in (-5, 0, 5)]) == [blue] * 3
