"""What could not be read (input, papers a model failed on): said at once on standard error, kept for the exit code."""

from __future__ import annotations

from kg.cli.output import say
from kg.errors import KgError


class Troubles:
    """Takes errors of single inputs; `exit_code` says at the end whether there were any."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._first: KgError | None = None

    def error(self, error: KgError) -> None:
        """Say what could not be read, and go on."""
        self._first = self._first or error
        say(f"kg: {error}")

    def note(self, text: str) -> None:
        """Say what a user may want to know."""
        say(f"kg: {text}", self._quiet)

    @property
    def exit_code(self) -> int:
        """0, or that of the first error."""
        return self._first.exit_code if self._first else 0
