"""Input that could not be read: said at once on standard error, counted for the exit code."""

from __future__ import annotations

from kg.cli.output import say
from kg.errors import InputError


class Troubles:
    """Takes errors of single inputs; `exit_code` says at the end whether there were any."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._count = 0

    def error(self, error: InputError) -> None:
        """Say what could not be read, and go on."""
        self._count += 1
        say(f"kg: {error}")

    def note(self, text: str) -> None:
        """Say what a user may want to know."""
        say(f"kg: {text}", self._quiet)

    @property
    def exit_code(self) -> int:
        """0, or that of an `InputError`."""
        return InputError.exit_code if self._count else 0
