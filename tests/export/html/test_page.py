"""The file as written: one part, no address to fetch, a policy that names exactly its own scripts."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.export import export
from kg.export.html import assets, notebook, render
from kg.export.html.page import draw
from kg.export.html.scope import Scope
from kg.graph import Graph
from tests.export.html.graphs_for_pages import crowd, library
from tests.graphs import hostile, small


class Parts(HTMLParser):
    """The tags of a page with their attributes, and the text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.code: list[tuple[str, str]] = []
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = tag if tag in ("script", "style") else ""
        if self.inside:
            self.code.append((str(dict(attrs).get("type") or tag), ""))

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            kind, text = self.code[-1]
            self.code[-1] = kind, text + data


@pytest.fixture(scope="module", params=[small, hostile, library], ids=lambda made: made.__name__)
def page(request: pytest.FixtureRequest) -> str:
    graph: Graph = request.param()
    return render(graph)


def test_nothing_points_anywhere(page: str) -> None:
    for _, attributes in Parts(page).tags:
        for name in ("src", "href", "srcset", "action", "data", "poster"):
            assert attributes.get(name) in (None, "data:,")
    assert not re.search(r"""(?:src|href)\s*=\s*["']?\s*(?:https?:)?//""", page)


def test_the_policy_allows_exactly_the_scripts_and_the_style_of_the_page(page: str) -> None:
    parts = Parts(page)
    policy = next(a["content"] or "" for t, a in parts.tags if t == "meta" and a.get("http-equiv"))
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'" and rules["connect-src"] == "'none'"

    def hashes(kind: str) -> list[str]:
        digests = [hashlib.sha256(text.encode()).digest() for name, text in parts.code if name == kind]
        return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]

    assert rules["script-src"].split() == hashes("script") + hashes("text/plain")  # vis-network runs when first needed
    assert rules["style-src"].split() == hashes("style")
    assert not any(name.startswith("on") or name == "style" for _, given in parts.tags for name in given)


def test_no_data_stands_in_the_page_as_markup(page: str) -> None:
    assert "alert(1)" not in page and "<img" not in page
    assert [tag for tag, _ in Parts(page).tags].count("script") == 4


def test_a_title_is_text() -> None:
    title = next(iter(re.findall(r"<title>(.*?)</title>", render(small(), title="</title><script>x</script>"))))
    assert title == "&lt;/title&gt;&lt;script&gt;x&lt;/script&gt;"


def test_the_data_is_compressed_json_without_nan(page: str) -> None:
    for name, text in Parts(page).code:
        if name == "application/octet-stream":
            json.loads(gzip.decompress(base64.b64decode(text)), parse_constant=lambda word: pytest.fail(word))


def test_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = export(small(), "html", tmp_path / "a.html"), export(small(), "html", tmp_path / "b.html")
    assert one.read_bytes() == two.read_bytes()
    assert one.read_bytes().decode("utf-8")


def test_the_locale_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setattr("locale.getpreferredencoding", lambda *_: "cp1252")
    target = export(hostile(), "html", tmp_path / "page.html")
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_pyvis_is_the_container_and_never_scans_edges(monkeypatch: pytest.MonkeyPatch) -> None:
    from pyvis.network import Network

    from kg.export.html.network import Explorer

    for slow in ("add_node", "add_edge", "add_nodes", "add_edges", "from_nx", "prep_notebook", "write_html"):
        monkeypatch.delattr(Network, slow)
    explorer = Explorer(draw(small(), Scope()), "A title")
    assert isinstance(explorer, Network)
    assert len(explorer.nodes) == 13 and all("from" in edge for edge in explorer.edges)
    assert "<title>A title</title>" in explorer.generate_html()


def test_the_vendored_script_is_pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.errors import ExportError

    assert "sourceMappingURL" not in assets.vis_network()
    monkeypatch.setattr(assets, "VIS_SHA256", "0" * 64)
    with pytest.raises(ExportError, match="pyvis==0"):
        assets.vis_network()


def test_every_module_is_in_the_page_and_none_is_long(root: Path) -> None:
    folder = root / "kg/export/html/static"
    assert {path.stem for path in folder.glob("*.js")} == set(assets.MODULES)
    for path in folder.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") < 300, path.name
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", text), (
            path.name
        )


def test_the_size_keeps_within_what_was_promised(tmp_path: Path) -> None:
    assert export(crowd(3000), "html", tmp_path / "page.html").stat().st_size < 1_500_000


def test_a_notebook_shows_the_page_in_a_frame_of_its_own() -> None:
    frame = notebook(hostile())
    tags = Parts(frame).tags
    assert [tag for tag, _ in tags] == ["iframe"]
    attributes = tags[0][1]
    assert "allow-same-origin" not in str(attributes["sandbox"])
    assert str(attributes["srcdoc"]).startswith("<!doctype html>")
