"""Short forms of IRIs: prefixed names, and references relative to the base."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.schema import Schema

# The part of a Turtle local name that needs no backslash.
_LOCAL = re.compile(r"(?:[A-Za-z0-9_]|%[0-9A-F]{2})(?:(?:[A-Za-z0-9_.-]|%[0-9A-F]{2})*(?:[A-Za-z0-9_-]|%[0-9A-F]{2}))?")
_HIERARCHICAL = re.compile(r"https?://[^/?#]+/(?:[^?#]*/)?")
_REMEMBERED = 1 << 16


def node_prefixes(schema: Schema, base: str) -> dict[str, str]:
    """A prefix for each node type: ``method`` for ``https://w3id.org/mlkg/method/``."""
    return {name.lower(): f"{base}{name.lower()}/" for name in schema.node_types}


class Names:
    """Shortens IRIs under known prefixes; remembers what it has shortened, up to a bound."""

    def __init__(self, prefixes: Mapping[str, str], base: str) -> None:
        self.base = base if _HIERARCHICAL.fullmatch(base) else None
        self._prefixes = {space: prefix for prefix, space in prefixes.items()}
        self._known: dict[str, str] = {}

    def short(self, term: str) -> str:
        """An IRI in angle brackets as a prefixed name, a relative reference, or as it is.

        >>> names = Names({"kg": "https://w3id.org/mlkg/ontology#"}, "https://w3id.org/mlkg/")
        >>> names.short("<https://w3id.org/mlkg/ontology#uses>"), names.short("<https://w3id.org/mlkg/link/a;b>")
        ('kg:uses', '<link/a;b>')
        """
        found = self._known.get(term)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[term] = self._shorten(term)
        return found

    def relative(self, term: str) -> str:
        """An IRI in angle brackets as a reference relative to the base where it lies under it; without brackets."""
        if self.base is not None and term.startswith(self.base, 1) and len(term) > len(self.base) + 2:
            return term[len(self.base) + 1 : -1]
        return term[1:-1]

    def used(self) -> set[str]:
        """The prefixes of the names that were shortened (and are still remembered)."""
        return {short.partition(":")[0] for short in self._known.values() if short[0] != "<"}

    def _shorten(self, term: str) -> str:
        cut = max(term.rfind("/"), term.rfind("#")) + 1
        prefix = self._prefixes.get(term[1:cut])
        if prefix is not None and _LOCAL.fullmatch(term, cut, len(term) - 1):
            return f"{prefix}:{term[cut:-1]}"
        return f"<{self.relative(term)}>" if term[0] == "<" else term
