"""What ``resolve`` gives: the things of a corpus, which entity of which paper each is, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Thing:
    """One node to be: a stable readable ``id``, its ``type``, the ``name`` shown, and all other forms and types."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    introduced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """``source`` is a more specific form of ``target`` (ids of things), by ``rule``."""

    source: str
    target: str
    rule: str


@dataclass(frozen=True, slots=True)
class Merge:
    """``form``, as ``paper`` (an id in the source) writes it, was taken for the thing ``entity`` by ``rule``."""

    entity: str
    form: str
    rule: str
    paper: str | None = None


@dataclass(frozen=True, slots=True)
class Identities:
    """The things of a corpus; ``ids`` holds, for each paper's id, the thing of each entity of its record, in order."""

    things: Mapping[str, Thing] = field(default_factory=dict)
    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    variants: tuple[Variant, ...] = ()
    merges: tuple[Merge, ...] = ()

    def of(self, paper: str, position: int) -> Thing:
        """The thing that the entity at ``position`` of a paper's record is."""
        return self.things[self.ids[paper][position]]
