"""Where the code, weights or data are: addresses on code and model hosts in the text."""

from __future__ import annotations

import re

from kg.extract.mention import Document, component

_HOSTS = (
    r"github\.com|gitlab\.com|bitbucket\.org|huggingface\.co|codeberg\.org|zenodo\.org|modelscope\.cn|sourceforge\.net|gitee\.com"
    r"|anonymous\.4open\.science"
)
_ADDRESS = re.compile(
    rf"(?:https?://)?(?:www\.)?(?:{_HOSTS})/[^\s<>\"'{{}}|\\^`]+|https?://[\w-]+\.github\.io[^\s<>\"'{{}}|\\^`]*", re.I
)
# What every address has one of: most papers have none, and are not searched.
_TRACES = ("://", "www.", ".com/", ".co/", ".org/", ".cn/", ".net/", ".science/")
_TRAILING = ".,;:!?)]}\"'"


@component("repositories")
def find_repositories(document: Document) -> None:
    """Fill ``document.repositories`` with the bounds of each address, punctuation after it left out."""
    if not any(trace in document.text for trace in _TRACES):
        return
    seen: set[str] = set()
    for found in _ADDRESS.finditer(document.text):
        start, end = found.span()
        while end > start and document.text[end - 1] in _TRAILING:
            end -= 1
        address = document.text[start:end].casefold()
        if address not in seen:
            seen.add(address)
            document.repositories.append((start, end))
