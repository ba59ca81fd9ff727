"""What a command of ``kg`` is: a click command with a section in the overview and examples in its help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

SECTIONS = ("Make a graph", "Ask it", "Hand it on", "Look inside")


class Command(click.Command):
    """A command with ``examples`` below its options."""

    def __init__(self, *args: Any, section: str, examples: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        if section not in SECTIONS:
            raise ValueError(f"no section {section!r}; known: {', '.join(SECTIONS)}")
        self.section = section
        self.examples = tuple(examples)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples, one a line."""
        formatter.write_paragraph()
        with formatter.section("Examples"):
            for example in self.examples:
                formatter.write(f"{'':>{formatter.current_indent}}{example}\n")


def command(
    section: str, *examples: str, name: str | None = None, **options: Any
) -> Callable[[Callable[..., Any]], Command]:
    """Make a function a `Command`; its docstring is the help, ``options`` are click's."""

    def made(function: Callable[..., Any]) -> Command:
        result = click.command(name=name, cls=Command, section=section, examples=examples, **options)(function)
        assert isinstance(result, Command)
        return result

    return made
