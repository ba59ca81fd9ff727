"""The parts of a page that are the same for every graph: script, style, the vendored vis-network, and their digests."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from pathlib import Path

from kg.errors import ExportError

VIS_VERSION = "9.1.2"
VIS_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"

MODULES = (
    "dom", "data", "state", "links", "filter", "search", "walk", "arrange", "paint", "labels", "layer", "scene",
    "visnet", "canvas", "stage", "evidence", "lists", "chart", "start", "entity", "paper", "panel", "path", "compare",
    "legend", "finder", "card", "share", "theme", "frame", "main",
)  # fmt: skip


def script() -> str:
    """The page's own script: the modules in order, in one strict function."""
    parts = (f"// {name}.js\n{_static(f'{name}.js')}" for name in MODULES)
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();\n"


def style() -> str:
    """The page's style sheet."""
    return _static("style.css")


def vis_network() -> str:
    """The vis-network that pyvis ships, checked against the pinned digest.

    Raises `ExportError` when the installed one is another.
    """
    import pyvis

    name = f"vis-{VIS_VERSION}/vis-network.min.js"
    path = Path(pyvis.__file__).parent / "templates" / "lib" / name
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != VIS_SHA256:
        raise ExportError(
            "the vis-network shipped with pyvis is not the one this page was made for",
            where=str(path),
            mend="pip install pyvis==0.3.2",
        )
    source = content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")  # as browsers read it, and hash it
    return source[: source.rindex("//# sourceMappingURL")]  # else developer tools would ask for a file


def csp_hash(content: str) -> str:
    """How a Content-Security-Policy names a script or style by its content.

    >>> csp_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _static(name: str) -> str:
    return files("kg.export.html").joinpath("static", name).read_text(encoding="utf-8")
