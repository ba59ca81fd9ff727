"""The reference page of the command line, made from the help texts themselves."""

from __future__ import annotations

from collections.abc import Iterator

import click

from kg.cli.app import CODES
from kg.cli.app import kg as group
from kg.cli.command import SECTIONS, Command

_WIDTH = 100


def page() -> str:
    """``docs/cli.md``: every command by section, with its help."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "# Command line"
    yield ""
    yield "Results go to standard output, progress and messages to standard error. Made from `kg COMMAND --help`."
    yield f"Exit codes: {CODES}."
    context = click.Context(group, info_name="kg", **group.context_settings)
    commands = [(name, group.get_command(context, name)) for name in group.list_commands(context)]
    for section in SECTIONS:
        yield ""
        yield f"## {section}"
        for name, command in commands:
            if isinstance(command, Command) and command.section == section:
                yield from _command(name, command, context)


def _command(name: str, command: Command, parent: click.Context) -> Iterator[str]:
    with click.Context(command, info_name=name, parent=parent, terminal_width=_WIDTH) as context:
        text = command.get_help(context)
    yield ""
    yield f"### kg {name}"
    yield ""
    yield "```"
    yield from (line.rstrip() for line in text.strip().splitlines())
    yield "```"
