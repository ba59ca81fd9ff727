"""Finding, in a real browser: search, legend, link types, confidence, years, and the address that keeps them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.export.html.conftest import SETTINGS, Visit
from tests.export.html.graphs_for_pages import library

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]


@pytest.mark.parametrize("setting", SETTINGS)
def test_search_by_name_alias_and_keyboard(visit: Open, setting: tuple[int, int, str]) -> None:
    seen = visit(library(), setting=setting)
    page = seen.page
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.id") == "search"
    page.keyboard.type("pebble")
    options = page.locator("#suggestions [role=option]")
    assert "Pebble" in options.nth(0).inner_text() and "Method" in options.nth(0).inner_text()
    page.keyboard.press("ArrowDown")
    assert options.nth(1).get_attribute("aria-selected") == "true"
    assert page.get_attribute("#search", "aria-activedescendant") == "hit-1"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert seen.title == "Pebble" and not page.is_visible("#suggestions")
    seen.find("progressive block")
    assert seen.title == "Pebble"
    page.fill("#search", "x9")
    page.locator("#suggestions [role=option]").first.click()
    assert seen.title == "Acme X9"
    page.keyboard.press("/")
    page.keyboard.type("Bolder")
    assert "Boulder" in options.first.inner_text()  # misspelt, and found all the same
    page.keyboard.press("Escape")
    assert not page.is_visible("#suggestions")
    assert seen.troubles == []


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_legend_filters_by_type(visit: Open, setting: tuple[int, int, str]) -> None:
    seen = visit(library(), setting=setting)
    everything, _ = seen.drawn()
    seen.filters()
    assert "Hardware" in seen.page.inner_text("#types") and "2" in seen.page.inner_text("#types")
    seen.page.uncheck("#types-Hardware")
    assert seen.drawn()[0] == everything - 2
    assert "hide=" in seen.fragment
    seen.page.check("#types-Author")
    assert seen.drawn()[0] == everything - 1
    seen.page.click("#reset")
    assert seen.drawn()[0] == everything and seen.fragment == ""
    seen.page.locator("#types li", has_text="Dataset").hover()
    seen.page.locator("#types li", has_text="Dataset").locator(".only").click()
    assert seen.drawn()[0] == 6 + 2


@pytest.mark.parametrize("setting", SETTINGS[::3])
def test_link_types_confidence_and_years(visit: Open, setting: tuple[int, int, str]) -> None:
    seen = visit(library(), setting=setting)
    page = seen.page
    _, links = seen.drawn()
    seen.filters()
    page.uncheck("#kinds-RUNS_ON")
    assert seen.drawn()[1] == links - 4
    page.click("#reset")
    page.focus("#sure")
    for _ in range(45):
        page.keyboard.press("ArrowRight")
    assert page.inner_text("#sure-out") == "45%"
    assert seen.drawn()[1] == links - 1 and "sure=45" in seen.fragment
    page.click("#reset")
    page.focus("#from")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#from-out") == "2023"
    assert "1 paper without a date hidden" in page.inner_text("#undated")
    seen.close_filters()
    seen.find("SUMS")
    assert "Counting with Kites" in seen.panel and "Learning All at Once" not in seen.panel
    assert "The filters hide" in seen.panel


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_address_opens_the_same_view(visit: Open, setting: tuple[int, int, str]) -> None:
    seen = visit(library(), setting=setting)
    seen.filters()
    seen.page.uncheck("#kinds-MENTIONS")
    seen.page.uncheck("#types-Metric")
    seen.close_filters()
    seen.find("Pebble")
    seen.page.click("#expand")
    seen.page.click("#isolate")
    seen.page.click("#theme")
    again = visit(library(), seen.fragment, setting=setting)
    assert again.title == "Pebble" and again.fragment == seen.fragment
    assert again.drawn() == seen.drawn()
    assert again.page.get_attribute("html", "data-theme") != setting[2]
    assert again.page.get_attribute("#isolate", "aria-pressed") == "true"
    assert not again.page.is_checked("#kinds-MENTIONS") and not again.page.is_checked("#types-Metric")


def test_back_and_forward_walk_through_what_was_read(visit: Open) -> None:
    seen = visit(library())
    assert not seen.page.is_visible("#back")
    seen.find("Pebble")
    seen.find("Boulder")
    seen.page.click("#back")
    assert seen.title == "Pebble"
    seen.page.go_back()
    assert seen.title == "What is here"
    seen.page.go_forward()
    assert seen.title == "Pebble"


@pytest.mark.parametrize("setting", SETTINGS[:2])
def test_by_year_moves_papers_along_the_axis(
    visit: Open, keep: Callable[..., None], setting: tuple[int, int, str]
) -> None:
    seen = visit(library(), setting=setting)
    seen.page.click("#view-year")
    assert seen.page.get_attribute("#view-year", "aria-pressed") == "true" and "view=year" in seen.fragment
    keep(seen, f"by-year-{setting[2]}")
    seen.page.click("#view-near")
    assert seen.fragment == ""
