"""Which thing of the corpus each thing is a variant of: the nearest ancestor that papers speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.resolve import known
from kg.resolve.forms import parse
from kg.resolve.homonyms import Sense
from kg.resolve.identities import Thing, Variant
from kg.resolve.pairs import parents


def variants(named: Sequence[tuple[str, str, Sense]], things: Mapping[str, Thing]) -> Iterator[Variant]:
    """One link at most from each thing, to its nearest ancestor of the same type; never a circle."""
    by_key: dict[tuple[str, str], list[str]] = defaultdict(list)
    papers: dict[str, set[int]] = {}
    for identifier, key, sense in named:
        by_key[things[identifier].type, key].append(identifier)
        papers[identifier] = {mention.record for mention in sense.mentions}
    up: dict[str, str] = {}
    for identifier, _, _ in named:
        thing = things[identifier]
        for parent, rule in _ancestors(thing):
            rivals = [other for other in by_key.get((thing.type, parent), ()) if other != identifier]
            target = min(rivals, key=lambda other: (-len(papers[other] & papers[identifier]), other), default=None)
            if target and not _leads_to(target, identifier, up):
                up[identifier] = target
                yield Variant(identifier, target, rule)
                break


def _ancestors(thing: Thing) -> Iterator[tuple[str, str]]:
    form = parse(thing.name, thing.type)
    if len(form.units) == 1:
        return
    for key, rule in parents(form).items():
        yield known.canonical(key, thing.type), rule


def _leads_to(start: str, goal: str, up: Mapping[str, str]) -> bool:
    at: str | None = start
    while at is not None:
        if at == goal:
            return True
        at = up.get(at)
    return False
