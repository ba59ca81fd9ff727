"""Where in a paper's text a form stands, as a whole word."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.mention import Document

_LONGEST = 300
_GLUED = 4


def places(document: Document, form: str) -> list[tuple[int, int]]:
    """Every place of ``form`` in the document's text, in the reading that finds it at all.

    First as a word in this case, then as a word in any case, then as a plural, then, for longer forms, glued to what
    is around it (residues of markup). Blanks match any blanks, but never from the title into the abstract.
    """
    wanted = form.strip()
    if not wanted or len(wanted) > _LONGEST or not any(c.isalnum() for c in wanted):
        return []
    for pattern in _patterns(wanted):
        spans = (found.span() for found in pattern.finditer(document.text))
        found = [(start, end) for start, end in spans if not start < document.body - 1 < end]
        if found:
            return found
    return []


@lru_cache(maxsize=1024)
def _patterns(form: str) -> tuple[re.Pattern[str], ...]:
    plain = r"\s+".join(re.escape(word) for word in form.split())
    before = r"(?<![^\W_])" if form[0].isalnum() else ""
    after = r"(?![^\W_])" if form[-1].isalnum() else ""
    word = before + plain + after
    many = rf"{before}{plain}e?s(?![^\W_])"
    glued = (re.compile(plain),) if len(form) >= _GLUED else ()
    return (re.compile(word), re.compile(word, re.IGNORECASE), re.compile(many, re.IGNORECASE), *glued)


def numbers(document: Document, value: float) -> list[tuple[int, int]]:
    """Every place where the text writes ``value`` as a number.

    >>> from spacy.tokens import Doc
    >>> from spacy.vocab import Vocab
    >>> from kg.model import Paper
    >>> document = Document(Paper("1", "T", "It gets 84.20 and 1,024."), Doc(Vocab()))
    >>> [document.text[a:b] for a, b in numbers(document, 84.2) + numbers(document, 1024)]
    ['84.20', '1,024']
    """
    wanted = abs(value)
    return [found.span() for found in _NUMBER.finditer(document.text) if float(found[0].replace(",", "")) == wanted]


_NUMBER = re.compile(r"(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|(?<!\d)(?<!\d\.)\d{1,18}(?:\.\d{1,18})?(?!\d)")
