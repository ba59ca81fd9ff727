"""The page people open: an explorer of the graph in one file, without a network."""

from __future__ import annotations

from kg.export.html.open import notebook, view_page
from kg.export.html.page import TITLE, render

__all__ = ["TITLE", "notebook", "render", "view_page"]
