"""`kg view`: a temporary file, and the browser asked to open it."""

from __future__ import annotations

import pytest

from kg.export.html import view_page
from tests.graphs import small


@pytest.mark.parametrize("opens", [True, False])
def test_view_writes_the_page_and_says_whether_a_browser_came(monkeypatch: pytest.MonkeyPatch, opens: bool) -> None:
    asked: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: asked.append(address) or opens)
    target, came = view_page(small(), focus="LoRA")
    assert came is opens
    assert asked == [target.as_uri()]
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")
