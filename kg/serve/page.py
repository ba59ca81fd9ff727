"""The page of the endpoint: a place to ask, with questions to begin from; it needs nothing from elsewhere."""

from __future__ import annotations

import functools
import html
from importlib.resources import files

from kg.query.ask import questions


@functools.cache
def page() -> bytes:
    """The page as HTML."""
    template = files("kg.serve").joinpath("page.html").read_text(encoding="utf-8")
    options = "\n".join(
        f'<option value="{html.escape(item.sparql, quote=True)}">{item.number}. {html.escape(item.text)}</option>'
        for item in questions()
    )
    return template.replace("<!-- examples -->", options).encode()
