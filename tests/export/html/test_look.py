"""How it looks and how it is reached: contrast, names for every control, keyboard, touch, narrow windows."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from tests.export.html.conftest import SETTINGS, Visit
from tests.export.html.graphs_for_pages import crowd, library
from tests.graphs import hostile

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]
Setting = tuple[int, int, str]

CONTRASTS = """() => {
  const parts = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => [r, g, b].map((v) => linear(v / 255))
    .reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0);
  const ground = (element) => {
    for (let up = element; up; up = up.parentElement) {
      const colour = parts(getComputedStyle(up).backgroundColor);
      if (colour.length === 3 || colour[3] > 0.99) return colour;
    }
    return [255, 255, 255];
  };
  const low = [];
  for (const element of document.querySelectorAll('#app *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility({ opacityProperty: true })) continue;
    if (element.closest(':disabled, .hidden, [hidden]')) continue;
    const [a, b] = [light(parts(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => x - y);
    const ratio = (b + 0.05) / (a + 0.05);
    const shown = `${element.tagName}.${element.className} "${element.textContent.slice(0, 30)}"`;
    if (ratio < 4.5) low.push(`${shown} ${ratio.toFixed(2)}`);
  }
  return low;
}"""
NAMELESS = """() => [...document.querySelectorAll(
  '#app button, #app input, #app a, #drawing, dialog, [role=listbox], [role=group]')]
  .filter((e) => !['aria-label', 'aria-labelledby'].some((name) => e.getAttribute(name)))
  .filter((e) => !e.textContent.trim() && !(e.labels && e.labels.length))
  .map((e) => e.outerHTML.slice(0, 120))"""
WRITTEN = """() => {
  // what is written on kept pictures from now on: left, top, right, bottom in pixels
  const texts = CanvasRenderingContext2D.prototype;
  const { fillText, clearRect } = texts;
  window.written = [];
  texts.clearRect = function (...box) {
    if (!this.canvas.isConnected) window.written = [];
    return clearRect.apply(this, box);
  };
  texts.fillText = function (text, x, y) {
    const { a, e, f } = this.getTransform();
    const half = (this.measureText(text).width * a) / 2;
    window.written.push([x * a + e - half, y * a + f, x * a + e + half, y * a + f + parseFloat(this.font) * a]);
    return fillText.call(this, text, x, y);
  };
}"""
SPILLING = """() => [...document.querySelectorAll('html, #panel-body, #bar')]
  .filter((e) => e.scrollWidth > e.clientWidth + 1)
  .map((e) => `${e.id || e.tagName} ${e.scrollWidth} > ${e.clientWidth}`)"""


@pytest.mark.parametrize("setting", SETTINGS)
def test_text_can_be_read_and_every_control_has_a_name(
    visit: Open, keep: Callable[..., None], setting: Setting
) -> None:
    seen = visit(library(), setting=setting)
    keep(seen, f"start-{setting[0]}-{setting[2]}")
    for wanted in (None, "Pebble", "Learning in Blocks"):
        if wanted:
            seen.find(wanted)
        assert seen.page.evaluate(CONTRASTS) == []
        assert seen.page.evaluate(NAMELESS) == []
        assert seen.page.evaluate(SPILLING) == []


@pytest.mark.parametrize("setting", SETTINGS[::2])
def test_hostile_lengths_do_not_break_the_frame(visit: Open, setting: Setting) -> None:
    seen = visit(hostile(), setting=setting)
    seen.find("long long")
    assert seen.page.evaluate(SPILLING) == []


def test_every_control_is_reached_by_tab(visit: Open) -> None:
    seen = visit(library(), "node=method%2Fpebble")
    reached = set()
    for _ in range(140):
        seen.page.keyboard.press("Tab")
        reached.add(seen.page.evaluate("() => document.activeElement.id || document.activeElement.className"))
    for control in (
        "search",
        "view-near",
        "view-year",
        "share-link",
        "share-png",
        "share-csv",
        "theme",
        "types-Paper",
        "kinds-USES",
        "sure",
        "from",
        "to",
        "drawing",
        "fit",
        "isolate",
        "expand",
        "path-to",
        "home",
    ):
        assert control in reached, control
    assert "thing" in reached


def test_the_drawing_follows_the_keyboard(visit: Open) -> None:
    seen = visit(library())
    page = seen.page
    page.focus("#drawing")
    before = page.locator("#drawing canvas").screenshot()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("+")
    page.wait_for_timeout(250)
    assert page.locator("#drawing canvas").screenshot() != before
    page.keyboard.press("0")
    page.wait_for_timeout(250)
    assert page.locator("#drawing canvas").screenshot() == before


def test_the_theme_follows_the_system_until_switched(visit: Open) -> None:
    seen = visit(library())
    page = seen.page
    assert page.get_attribute("html", "data-theme") == "light"
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("html[data-theme=dark]", state="attached")
    page.click("#theme")
    assert page.get_attribute("html", "data-theme") == "light" and seen.fragment == "theme=light"


def test_a_phone_opens_filters_and_folds_the_panel(visit: Open) -> None:
    seen = visit(library(), setting=SETTINGS[4], touch=True)
    page = seen.page
    assert not page.is_visible("#filters")
    page.tap("#filters-open")
    assert page.is_visible("#filters")
    page.tap("#filters-close")
    assert not page.is_visible("#filters")
    page.tap("#fold")
    assert not page.is_visible("#panel-body")
    page.tap("#fold")
    assert page.is_visible("#panel-body")


def test_labels_never_cover_each_other_and_grow_in_number(visit: Open, keep: Callable[..., None]) -> None:
    seen = visit(crowd(1200))
    keep(seen, "crowd-1200")
    seen.page.evaluate(WRITTEN)
    few = int(seen.page.evaluate("() => document.documentElement.dataset.labels"))
    for _ in range(4):
        seen.page.click("[aria-label='Zoom in']")
        seen.page.wait_for_timeout(300)
        boxes = seen.page.evaluate("() => window.written")
        assert len(boxes) > 5
        for one, other in itertools.combinations(boxes, 2):
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)
    keep(seen, "crowd-1200-near")
    assert int(seen.page.evaluate("() => document.documentElement.dataset.labels")) > few
