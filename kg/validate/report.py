"""What a validation found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong: with which node or row (``focus``), what, and what to do about it.

    >>> str(Violation("paper/a", "no title", "give it one", "papers"))
    'papers paper/a: no title (give it one)'
    """

    focus: str
    message: str
    mend: str
    part: str

    def __str__(self) -> str:
        return f"{self.part} {self.focus}: {self.message} ({self.mend})"


@dataclass(frozen=True, slots=True)
class Report:
    """All violations, and how many rows and triples were ``checked``."""

    violations: tuple[Violation, ...]
    checked: int

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations

    def __add__(self, other: Report) -> Report:
        return Report(self.violations + other.violations, self.checked + other.checked)

    def lines(self, limit: int = 50) -> Iterator[str]:
        """The report as lines of text, with at most ``limit`` violations written out."""
        for violation in self.violations[:limit]:
            yield str(violation)
        if len(self.violations) > limit:
            yield f"… and {len(self.violations) - limit:,} more"
        count = len(self.violations)
        verdict = "nothing is wrong" if self.conforms else f"{count:,} violation{'s' if count > 1 else ''}"
        yield f"{self.checked:,} rows and triples checked: {verdict}"
