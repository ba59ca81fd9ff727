"""The page people open: an explorer of the graph in one file, without a network."""

from __future__ import annotations

from kg.export.html.page import render

__all__ = ["render"]
