"""What a push did."""

from __future__ import annotations

from dataclasses import dataclass, field, fields


@dataclass(slots=True)
class Counts:
    """How many nodes or links were created, updated, deleted, or left as they were.

    ``released`` are nodes no longer in the graph that somebody else's links hold on to: they stay,
    without our mark.
    """

    created: int = 0
    updated: int = 0
    deleted: int = 0
    unchanged: int = 0
    released: int = 0

    @property
    def changed(self) -> int:
        """How many are not as they were."""
        return self.created + self.updated + self.deleted + self.released

    def __str__(self) -> str:
        said = [(item.name, getattr(self, item.name)) for item in fields(self)]
        return ", ".join(f"{count:,} {name}" for name, count in said if count) or "none"


@dataclass(slots=True)
class Summary:
    """What a push did to ``nodes`` and ``links``, where and in how many ``seconds``.

    >>> print(Summary("bolt://localhost:7687", nodes=Counts(unchanged=3), seconds=0.5))
    nothing changed: 3 nodes and 0 links at bolt://localhost:7687 are as they should be (0.5 s)
    """

    uri: str
    nodes: Counts = field(default_factory=Counts)
    links: Counts = field(default_factory=Counts)
    constraints: int = 0
    seconds: float = 0.0

    @property
    def changed(self) -> bool:
        """Whether anything in the database changed."""
        return bool(self.nodes.changed or self.links.changed or self.constraints)

    def __str__(self) -> str:
        if not self.changed:
            held = f"{self.nodes.unchanged:,} nodes and {self.links.unchanged:,} links at {self.uri}"
            return f"nothing changed: {held} are as they should be ({self.seconds:.1f} s)"
        made = f"; {self.constraints} constraints and indexes created" if self.constraints else ""
        return f"nodes: {self.nodes}; links: {self.links}{made} ({self.seconds:.1f} s)"
