"""What a build did: how long each stage took and what came out of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Progress = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody looks at."""


@dataclass(slots=True)
class Stage:
    """One stage of a build: its ``name``, the ``seconds`` it took, what it ``gave``."""

    name: str
    seconds: float = 0.0
    gave: str = ""


@dataclass(slots=True)
class Report:
    """The stages of a build in order, and the papers found on each page."""

    stages: list[Stage] = field(default_factory=list)
    pages: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        """Time what runs inside."""
        stage = Stage(name)
        self.stages.append(stage)
        started = time.monotonic()
        try:
            yield stage
        finally:
            stage.seconds = time.monotonic() - started

    @property
    def seconds(self) -> float:
        """All stages together."""
        return sum(stage.seconds for stage in self.stages)
