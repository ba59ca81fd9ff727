"""Large graphs: the core with its banner, search beyond it, everything on the canvas renderer, the options."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.export.html import notebook
from kg.graph import Graph
from kg.tables import Tables
from tests.export.html.conftest import SETTINGS, Visit
from tests.export.html.graphs_for_pages import crowd, library

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]


def test_up_to_3000_all_is_drawn_by_vis(visit: Open) -> None:
    seen = visit(crowd(2998))
    assert seen.drawn()[0] == 2998
    assert not seen.page.is_visible("#banner")
    assert seen.page.locator("#drawing .vis-network").count() == 1


@pytest.mark.parametrize("setting", (SETTINGS[0], SETTINGS[5]))
def test_above_a_core_is_drawn_and_search_finds_the_rest(
    visit: Open, keep: Callable[..., None], setting: tuple[int, int, str]
) -> None:
    seen = visit(crowd(4000), setting=setting)
    keep(seen, f"core-{setting[0]}")
    assert 1300 < seen.drawn()[0] <= 1500
    assert "of 4,000 nodes" in seen.page.inner_text("#banner")
    seen.find("Paper number 1999")
    assert seen.title == "Paper number 1999"
    assert 1 < seen.drawn()[0] < 10  # its neighbourhood alone
    seen.page.keyboard.press("Escape")
    assert seen.drawn()[0] > 1300


def test_all_of_6000_on_our_own_canvas_with_the_same_controls(visit: Open, keep: Callable[..., None]) -> None:
    seen = visit(crowd(6000), all=True)
    page = seen.page
    keep(seen, "all-6000")
    assert seen.drawn()[0] == 6000
    assert page.locator("#drawing canvas.surface").count() == 1 and page.locator(".vis-network").count() == 0
    before = page.locator("#drawing").screenshot()
    box = page.locator("#drawing").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.wheel(0, -800)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=6)
    page.mouse.up()
    page.wait_for_timeout(500)
    assert page.locator("#drawing").screenshot() != before
    seen.find("Paper number 17")
    assert "Paper number 17" in seen.title
    page.click("#isolate")
    assert page.locator(".vis-network").count() == 1  # few enough for vis again
    page.click("#home")
    page.click("#view-year")
    page.mouse.click(box["x"] + 3, box["y"] + 3)
    with page.expect_download():
        page.click("#share-png")
    assert seen.troubles == []


def test_focus_and_since_say_what_part_this_is(visit: Open) -> None:
    seen = visit(library(), focus="X9", hops=1)
    assert seen.drawn()[0] == 5
    assert "5 of 16 nodes" in seen.page.inner_text("#banner")


def test_in_a_notebooks_frame(visit: Open, tmp_path: object) -> None:
    from pathlib import Path

    target = Path(str(tmp_path)) / "notebook.html"
    target.write_text(f"<!doctype html><html data-ready=1><body>{notebook(library())}</body></html>", encoding="utf-8")
    seen = visit(target)
    frame = seen.page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached")
    frame.locator("#search").fill("Pebble")
    frame.locator("#suggestions [role=option]").first.click()
    assert frame.locator("#panel-title").inner_text() == "Pebble"
    frame.locator("#search").fill("Boulder")
    frame.locator("#suggestions [role=option]").first.click()
    frame.locator("#back").click()
    assert frame.locator("#panel-title").inner_text() == "Pebble"
    assert seen.troubles == []


def test_an_empty_graph_opens_too(visit: Open) -> None:
    seen = visit(Graph(Tables.from_rows()))
    assert seen.title == "What is here" and seen.drawn() == (0, 0)
    assert seen.troubles == []
