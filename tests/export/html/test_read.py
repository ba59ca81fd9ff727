"""Reading, in a real browser: the panel, the card, isolate, expand, path, compare, and what can be taken away."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.export.html.conftest import SETTINGS, Visit
from tests.export.html.graphs_for_pages import library

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]
Setting = tuple[int, int, str]


def heading(seen: Visit, title: str) -> Any:
    return seen.page.locator("#panel-body section", has=seen.page.locator(f"h3:has-text('{title}')")).first


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_thing_is_told_whole(visit: Open, keep: Callable[..., None], setting: Setting) -> None:
    seen = visit(library(), setting=setting)
    seen.find("Pebble")
    keep(seen, f"thing-{setting[0]}-{setting[2]}")
    assert "Progressive Block Learning" in seen.panel
    introduced = heading(seen, "Introduced by")
    assert "Pebble: Learning in Blocks" in introduced.inner_text()
    assert introduced.locator("mark").first.inner_text() == "Pebble"
    assert "3 more pieces of evidence not shown" in introduced.inner_text()
    against = heading(seen, "Compared with")
    assert "Boulder" in against.inner_text() and "it does better" in against.inner_text()
    assert "Pebble Revisited" in heading(seen, "Used by").inner_text()
    goes = heading(seen, "Goes with").inner_text()
    assert "SUMS" in goes and "VERBS" in goes and "Acme X9 80GB" in goes
    results = heading(seen, "Results").inner_text()
    assert "61.5%" in results and "SUMS" in results and "accuracy" in results
    assert seen.page.locator(".chart li").count() == 2
    seen.page.locator("#panel-body .thing", has_text="Boulder").first.click()
    assert seen.title == "Boulder"


@pytest.mark.parametrize("setting", SETTINGS[::3])
def test_papers_that_name_a_variant_stand_with_the_parent(visit: Open, setting: Setting) -> None:
    seen = visit(library(), setting=setting)
    seen.find("Acme X9")
    runs = heading(seen, "Papers that run on it")
    assert runs.locator("li").count() == 4
    assert "via Acme X9 80GB" in runs.inner_text() and "2 ×" in runs.inner_text()
    assert "Acme X9 80GB" in heading(seen, "Variants").inner_text()


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_paper_is_told_by_its_sentences(visit: Open, keep: Callable[..., None], setting: Setting) -> None:
    seen = visit(library(), setting=setting)
    seen.find("Learning in Blocks")
    keep(seen, f"paper-{setting[0]}-{setting[2]}")
    assert seen.title == "Pebble: Learning in Blocks"
    assert "2022-03-01 · Example Works" in seen.panel and "Ida Example" in seen.panel
    link = seen.page.locator("#panel-body a", has_text="Read the paper")
    assert link.get_attribute("href") == "https://arxiv.org/abs/2201.00001"
    assert "noopener" in str(link.get_attribute("rel"))
    assert seen.page.locator("#panel-body a", has_text="example/pebble").count() == 1
    roles = [seen.page.locator(f"[data-role={role}]") for role in ("INTRODUCES", "RUNS_ON", "COMPARES_WITH")]
    assert [role.locator("mark").inner_text() for role in roles] == ["Pebble", "X9 80GB", "Boulder"]
    assert "4 × · 80 GB" in roles[1].inner_text()
    assert "61.5%" in heading(seen, "Results").inner_text()
    assert "Pebble Revisited" in heading(seen, "Papers that share").inner_text()


@pytest.mark.parametrize("setting", SETTINGS)
def test_isolate_and_expand(visit: Open, setting: Setting) -> None:
    seen = visit(library(), setting=setting)
    everything, _ = seen.drawn()
    seen.find("Boulder")
    assert seen.drawn()[0] == everything  # the rest is dimmed, not gone
    assert "1 hop: 4 neighbours" in seen.panel
    seen.page.click("#isolate")
    assert seen.drawn()[0] == 5
    seen.page.click("#expand")
    assert seen.drawn()[0] > 5 and "2 hops" in seen.panel
    seen.page.click("#shrink")
    seen.page.click("#isolate")
    assert seen.drawn()[0] == everything
    seen.page.keyboard.press("Escape")
    assert seen.title == "What is here"


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_path_between_two_things(visit: Open, keep: Callable[..., None], setting: Setting) -> None:
    seen = visit(library(), setting=setting)
    seen.find("Boulder")
    seen.page.click("#path-to")
    assert "Path from" in seen.page.inner_text("#picking")
    seen.page.keyboard.type("VERBS")
    seen.page.keyboard.press("Enter")
    assert seen.title == "Boulder to VERBS"
    steps = seen.page.locator(".path > li .thing")
    assert steps.first.inner_text().strip() == "Boulder" and steps.last.inner_text().strip() == "VERBS"
    assert seen.page.locator(".path mark").count() >= 2
    keep(seen, f"path-{setting[0]}-{setting[2]}")
    seen.page.click("#isolate")
    assert seen.drawn()[0] < 12
    again = visit(library(), seen.fragment, setting=setting)
    assert again.title == "Boulder to VERBS"


@pytest.mark.parametrize("setting", SETTINGS)
def test_compare_papers_side_by_side(visit: Open, keep: Callable[..., None], setting: Setting) -> None:
    seen = visit(library(), setting=setting)
    page = seen.page
    for number, title in enumerate(("Learning in Blocks", "Counting with Kites", "Pebble Revisited")):
        seen.find(title)
        page.click("#compare-add")
        assert page.locator("#tray .pick").count() == number + 1
    page.click("#compare-open")
    assert page.is_visible("#comparison") and "comparing=1" in seen.fragment
    table = page.locator("#comparison table")
    assert table.locator("thead th").count() == 4
    assert {"Methods", "Models", "Datasets", "Hardware", "Results"} <= set(table.locator("tbody th").all_inner_texts())
    assert {"SUMS", "VERBS"} <= {
        text.split("\n")[0].strip() for text in table.locator(".shared .name").all_inner_texts()
    }
    assert "61.5%" in table.inner_text()
    keep(seen, f"compare-{setting[0]}-{setting[2]}")
    page.keyboard.press("Escape")
    assert not page.is_visible("#comparison")
    page.click("#compare-open")
    page.click("#compare-close")
    assert not page.is_visible("#comparison")
    page.locator("#tray .pick button").first.click()
    assert page.locator("#tray .pick").count() == 2
    assert seen.troubles == []


def test_at_most_five_papers_are_compared(visit: Open) -> None:
    seen = visit(library(), "compare=" + "%09".join(f"paper%2Fp{n}" for n in range(1, 6)))
    assert seen.page.locator("#tray .pick").count() == 5
    seen.find("Far from All")
    seen.page.click("#compare-add")
    assert "At most five" in seen.page.inner_text("#toast")
    assert seen.page.locator("#tray .pick").count() == 5


@pytest.mark.parametrize("setting", SETTINGS[:4])
def test_click_and_hover_on_the_drawing(visit: Open, setting: Setting) -> None:
    seen = visit(library(), "isolate=1&node=hardware%2Facme-x9-80gb", setting=setting)
    page = seen.page
    box = page.locator("#drawing").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def sweep(act: Callable[[float, float], None], done: Callable[[], bool]) -> bool:
        for row in range(0, 40):
            for column in range(0, 24):
                act(box["x"] + (column + 0.5) * box["width"] / 24, box["y"] + (row + 0.5) * box["height"] / 40)
                if done():
                    return True
        return False

    assert sweep(page.mouse.move, lambda: page.is_visible("#card") and "Kite-1" not in page.inner_text("#card"))
    assert page.inner_text("#card").strip()
    page.mouse.move(*middle)
    page.mouse.click(box["x"] + 4, box["y"] + 4)  # on nothing: back to all
    assert seen.title == "What is here" and seen.drawn()[0] == 16


@pytest.mark.parametrize("setting", SETTINGS[::2])
def test_copy_link_png_and_csv(visit: Open, tmp_path: Path, setting: Setting) -> None:
    seen = visit(library(), setting=setting)
    page = seen.page
    seen.find("Acme X9")
    page.click("#copy-link")
    page.wait_for_selector("#toast:not([hidden])")
    assert page.evaluate("() => navigator.clipboard.readText()") == page.url
    with page.expect_download() as got:
        page.click("#share-csv")
    got.value.save_as(tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["source"] for row in rows if row["link"] == "RUNS_ON"} == {
        "Boulder: Learning All at Once", "Pebble Revisited", "Counting with Kites",
    }  # fmt: skip
    assert all("X9" in row["sentence"] for row in rows if row["link"] == "RUNS_ON")
    with page.expect_download() as picture:
        page.click("#share-png")
    picture.value.save_as(tmp_path / "x.png")
    assert (tmp_path / "x.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert (tmp_path / "x.png").stat().st_size > 5_000
    assert seen.troubles == []
