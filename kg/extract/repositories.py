"""Where the code, weights or data are: addresses on code and model hosts in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_UNBROKEN = re.compile(r"\S+")
_TRAILING = ".,;:!?)]}\"'"


@component("repositories")
def find_repositories(document: Document) -> None:
    """Fill ``document.repositories`` with the bounds of each address, punctuation after it left out."""
    if not any(trace in document.text for trace in _TRACES):
        return
    seen: set[str] = set()
    for start, end in _addresses(document.text):
        while end > start and document.text[end - 1] in _TRAILING:
            end -= 1
        address = document.text[start:end].casefold()
        if address not in seen:
            seen.add(address)
            document.repositories.append((start, end))


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Bounds of the addresses; each has a slash and no blank, so only where such text stands is looked at closely."""
    for piece in _UNBROKEN.finditer(text):
        if "/" in piece.group():
            for found in _ADDRESS.finditer(text, *piece.span()):
                yield found.span()
