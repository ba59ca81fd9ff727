"""Terms of N-Triples: IRIs from identifiers, literals from values; the only place that escapes."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, unquote

XSD = "http://www.w3.org/2001/XMLSchema#"
BASE = "https://w3id.org/mlkg/"

# Characters that stand for themselves in an identifier's IRI; a segment must not begin with a dot,
# or "." and ".." would be taken for steps in a path.
_SEGMENT = r"[A-Za-z0-9_~$=,:@!'()*+-][A-Za-z0-9_~$=,:@!'()*+.-]*"
_PLAIN = re.compile(rf"{_SEGMENT}(?:[/|]{_SEGMENT})*").fullmatch
_KEPT = "/-._~$=,:@!'()*+"
_DOTS = re.compile(r"(?<![^/|])\.{1,2}(?![^/|])")

_NEEDS_ESCAPE = re.compile(r'[\x00-\x1f"\\\x7f]').search
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)} | {
    ord(char): escaped
    for char, escaped in {
        "\t": r"\t", "\b": r"\b", "\n": r"\n", "\r": r"\r", "\f": r"\f", '"': r"\"", "\\": r"\\",
    }.items()
}  # fmt: skip
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\\x7f]')


@functools.lru_cache(maxsize=1 << 15)  # a paper's links follow one another, and few things have most links
def path(identifier: str) -> str:
    """An identifier or a link's key as the rest of an IRI; no two give the same.

    >>> path("paper/2501.00001|USES|method/lora"), path("task/a;b c")
    ('paper/2501.00001;USES;method/lora', 'task/a%3Bb%20c')
    """
    if _PLAIN(identifier):
        return identifier.replace("|", ";")
    dotted = _DOTS.sub(lambda found: "%2E" * len(found[0]), quote(identifier, safe=_KEPT + "|"))
    # ``quote`` also escaped the percent signs of the text itself, so only its own are left here.
    return dotted.replace("|", ";")


def identifier(path: str) -> str:
    """The identifier that `path` made an IRI of.

    >>> identifier("task/a%3Bb%20c")
    'task/a;b c'
    """
    return unquote(path.replace(";", "|"))


def iri(value: str) -> str:
    """An IRI of another site as a term, with what an IRI may not hold escaped.

    >>> iri("https://example.org/a b")
    '<https://example.org/a%20b>'
    """
    return f"<{_NOT_IN_IRI.sub(lambda found: quote(found[0]), value)}>"


def text(value: str) -> str:
    r"""A plain literal.

    >>> print(text('say "a\\b"'))
    "say \"a\\b\""
    """
    if _NEEDS_ESCAPE(value):
        return f'"{value.translate(_ESCAPES)}"'
    return f'"{value}"'


def integer(value: int) -> str:
    """An ``xsd:integer``."""
    return f'"{value}"^^<http://www.w3.org/2001/XMLSchema#integer>'


def double(value: float) -> str:
    """An ``xsd:double`` in the shortest form that reads back to the same number."""
    if math.isfinite(value):
        return f'"{value!r}"^^<http://www.w3.org/2001/XMLSchema#double>'
    return f'"{"NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"}"^^<{XSD}double>'


def boolean(value: bool) -> str:
    """An ``xsd:boolean``."""
    return f'"{str(value).lower()}"^^<{XSD}boolean>'


def day(value: Any) -> str:
    """An ``xsd:date``."""
    return f'"{value.isoformat()}"^^<{XSD}date>'


def any_uri(value: str) -> str:
    """An ``xsd:anyURI``: an address as written, whatever it holds."""
    return f"{text(value)}^^<{XSD}anyURI>"


# How values of a range are written, by the range's IRI.
WRITERS: Mapping[str, Callable[[Any], str]] = {
    f"{XSD}string": text,
    f"{XSD}integer": integer,
    f"{XSD}double": double,
    f"{XSD}boolean": boolean,
    f"{XSD}date": day,
    f"{XSD}anyURI": any_uri,
    "http://www.w3.org/2000/01/rdf-schema#Resource": iri,
}
