"""The page outside of files kept: in the browser, and in a notebook."""

from __future__ import annotations

import html
import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.html.page import render
from kg.files import replacing

if TYPE_CHECKING:
    from kg.graph import Graph


def view_page(graph: Graph, **options: Any) -> tuple[Path, bool]:
    """Write the page to a temporary place and open the browser on it; give the place, and whether a browser came.

    Options are those of `render`.
    """
    target = Path(tempfile.mkdtemp(prefix="kg-view-")) / "graph.html"
    page = render(graph, **options)
    with replacing(target, binary=True) as file:
        file.write(page.encode("utf-8", "replace"))
    return target, webbrowser.open(target.as_uri())


def notebook(graph: Graph, *, height: int = 640, **options: Any) -> str:
    """The page in a frame of its own, as `Graph._repr_html_` shows it: it runs script, but not the notebook's."""
    page = html.escape(render(graph, **options), quote=True)
    allowed = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
    look = f"width:100%;height:{int(height)}px;border:1px solid #d6dce4;border-radius:8px"
    return f'<iframe title="Graph" sandbox="{allowed}" style="{look}" srcdoc="{page}"></iframe>'
