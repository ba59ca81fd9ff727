"""The properties of nodes and links that an attribute-typed format (GraphML, GEXF) must declare beforehand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from kg.schema import LinkType, NodeType, Property, load

_APART = frozenset({"id", "key"})


def node_attributes() -> dict[str, Property]:
    """All properties that any node may hold, by name; its id stands apart."""
    return _merged(load().node_types.values())


def link_attributes() -> dict[str, Property]:
    """All properties that any link may hold, by name; its key stands apart."""
    return _merged(load().link_types.values())


def spelled(value: Any) -> str:
    """A value as text: lists as JSON, dates by ISO 8601, truth as ``true`` and ``false``.

    >>> spelled(["a", "b"]), spelled(True), spelled(date(2025, 1, 2)), spelled(0.1)
    ('["a", "b"]', 'true', '2025-01-02', '0.1')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else repr(value)


def _merged(types: Iterable[NodeType] | Iterable[LinkType]) -> dict[str, Property]:
    found: dict[str, Property] = {}
    for kind in types:
        for name, declared in kind.properties.items():
            if name not in _APART:
                found.setdefault(name, declared)
    return dict(sorted(found.items()))
