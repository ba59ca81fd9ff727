"""What a build did: how long each stage took and what came out of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
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
    _began: float | None = None
    _ended: float = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        """Time what runs inside."""
        stage = Stage(name)
        self.stages.append(stage)
        started = time.monotonic()
        self._began = started if self._began is None else self._began
        try:
            yield stage
        finally:
            self._ended = time.monotonic()
            stage.seconds = self._ended - started

    def add(self, stages: Iterable[Stage]) -> None:
        """Put down stages that were timed where they ran, the last of them just now."""
        self.stages.extend(stages)
        self._ended = time.monotonic()

    @property
    def seconds(self) -> float:
        """From the beginning of the first stage to the end of the last: less than their sum where some ran at once."""
        return 0.0 if self._began is None else self._ended - self._began
