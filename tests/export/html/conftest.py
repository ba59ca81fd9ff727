"""A real browser on real pages: Chromium, driven by Playwright, with no network."""

from __future__ import annotations

import base64
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kg.export.formats.html import write
from kg.graph import Graph

ARGS = ("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync")  # fmt: skip
SETTINGS = [
    (width, height, theme) for width, height in ((1440, 900), (820, 1180), (390, 844)) for theme in ("light", "dark")
]
PIXELS = """async ([address, points]) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  return points.map(([x, y]) => [...context.getImageData(Math.round(x), Math.round(y), 1, 1).data].slice(0, 3));
}"""


def chromium_path() -> str:
    """Where Chromium is; without one the test skips, or fails where `KG_REQUIRE_BROWSER` asks for it."""
    found = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        if os.environ.get("KG_REQUIRE_BROWSER") == "1":
            pytest.fail("KG_REQUIRE_BROWSER=1, and there is no Chromium here")
        pytest.skip("no Chromium here (apt install chromium; KG_REQUIRE_BROWSER=1 makes this a failure)")
    return found


@pytest.fixture(scope="session")
def browsers() -> Iterator[Callable[..., Any]]:
    """Start Chromium with more arguments; all are closed at the end."""
    path = chromium_path()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started: dict[tuple[str, ...], Any] = {}

        def start(*more: str) -> Any:
            if more not in started:
                started[more] = playwright.chromium.launch(executable_path=path, args=[*ARGS, *more])
            return started[more]

        yield start
        for browser in started.values():
            browser.close()


@dataclass
class Visit:
    """One page open in one window; everything it asked for, said and threw is kept."""

    page: Any
    requests: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    width: int = 1440

    @property
    def panel(self) -> str:
        """The text of the panel."""
        return str(self.page.inner_text("#panel-body"))

    @property
    def title(self) -> str:
        """What the panel is about."""
        return str(self.page.inner_text("#panel-title"))

    @property
    def fragment(self) -> str:
        """The part of the address after ``#``."""
        return str(self.page.evaluate("() => location.hash.slice(1)"))

    def drawn(self) -> tuple[int, int]:
        """How many nodes and links the drawing says it shows."""
        label = self.page.get_attribute("#drawing", "aria-label")
        nodes, links = re.findall(r"([\d,]+) (?:node|link)", label)
        return int(nodes.replace(",", "")), int(links.replace(",", ""))

    @property
    def camera(self) -> tuple[float, float, float]:
        """The point of the graph in the middle of the drawing, and pixels a unit."""
        x, y, scale = (float(part) for part in self.page.get_attribute("#drawing", "data-camera").split())
        return x, y, scale

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the graph stands in the window."""
        box = self.page.locator("#drawing").bounding_box()
        middle_x, middle_y, scale = self.camera
        return (
            box["x"] + box["width"] / 2 + (x - middle_x) * scale,
            box["y"] + box["height"] / 2 + (y - middle_y) * scale,
        )

    def colours(self, points: Sequence[tuple[float, float]]) -> list[tuple[int, int, int]]:
        """The colours the window shows at some points, read from a picture of it."""
        picture = base64.b64encode(self.page.screenshot()).decode()
        reader = self.page.context.new_page()
        read = reader.evaluate(PIXELS, [f"data:image/png;base64,{picture}", [list(point) for point in points]])
        reader.close()
        return [(red, green, blue) for red, green, blue in read]

    def find(self, text: str) -> None:
        """Search as a person does: slash, type, Enter."""
        self.page.keyboard.press("/")
        self.page.keyboard.type(text)
        self.page.wait_for_selector("#suggestions [role=option]")
        self.page.keyboard.press("Enter")

    def filters(self) -> None:
        """Open the filters where the window is too narrow to show them always."""
        if self.page.is_visible("#filters-open") and not self.page.is_visible("#filters"):
            self.page.click("#filters-open")

    def close_filters(self) -> None:
        """And close them."""
        if self.page.is_visible("#filters-close"):
            self.page.click("#filters-close")


@pytest.fixture
def visit(browsers: Callable[..., Any], tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Write a graph's page and open it."""
    contexts = []

    def open_page(
        graph: Graph | Path, fragment: str = "", *, setting: tuple[int, int, str] = SETTINGS[0],
        arguments: tuple[str, ...] = (), touch: bool = False, **options: Any,
    ) -> Visit:  # fmt: skip
        target = tmp_path / "graph.html"
        if isinstance(graph, Path):
            target = graph
        else:
            write(graph, target, **options)
        width, height, theme = setting
        context = browsers(*arguments).new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, has_touch=touch, accept_downloads=True
        )
        context.set_default_timeout(30_000)  # the machine may be busy
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        contexts.append(context)
        made = Visit(context.new_page(), width=width)
        made.page.on("request", lambda request: made.requests.append(request.url))
        made.page.on("pageerror", lambda error: made.troubles.append(str(error)))
        made.page.on("console", lambda said: made.troubles.append(said.text) if said.type == "error" else None)
        made.page.on("dialog", lambda dialog: (made.troubles.append(f"dialog {dialog.message}"), dialog.dismiss()))
        made.page.goto(target.as_uri() + (f"#{fragment}" if fragment else ""))
        made.page.wait_for_selector("html[data-ready], html[data-failed]", state="attached", timeout=60_000)
        return made

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def keep(root: Path) -> Callable[[Visit, str], None]:
    """Keep a screenshot as an artefact of the run, to be looked at."""
    folder = root / ".artefacts" / "html"
    folder.mkdir(parents=True, exist_ok=True)

    def shoot(visit: Visit, name: str) -> None:
        visit.page.wait_for_timeout(250)
        visit.page.screenshot(path=folder / f"{name}.png")

    return shoot
