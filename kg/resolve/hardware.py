"""What a device is a variant of: memory size, form factor and mobile edition fall away first, then whole words.

A card's number is never taken apart: *L40S*, *H800* and *GH200* are devices of their own, and so is *Ti*.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.resolve.forms import Unit

_KEPT = frozenset({"ti", "super"})


def parents(units: tuple[Unit, ...]) -> Iterator[tuple[Unit, ...]]:
    """What is left when one thing is dropped: memory, form factor, or the last written word."""
    for dropped in ("memory", "form"):
        if any(unit.kind == dropped for unit in units):
            yield tuple(unit for unit in units if unit.kind != dropped)
    core = [unit for unit in units if unit.kind not in ("memory", "form")]
    if len(core) < len(units) or not core:
        return
    last = core[-1].chunk
    dropped_words = [unit for unit in core if unit.chunk == last]
    left = tuple(unit for unit in core if unit.chunk != last)
    if left and not (_is_card_edition(dropped_words, left)):
        yield left


def _is_card_edition(dropped: list[Unit], left: tuple[Unit, ...]) -> bool:
    """*Ti* and *Super* after a card's number name another card; after a word (*Orin Nano Super*) they do not."""
    return len(dropped) == 1 and dropped[0].text in _KEPT and left[-1].kind == "number"
