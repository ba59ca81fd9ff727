"""The command ``kg``: finds its commands when they are asked for, and turns errors into exit codes."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from kg.cli.command import SECTIONS, Command
from kg.errors import KgError
from kg.registry import Registry

STOPPED = 130
BROKEN_PIPE = 141
CODES = (
    "0 done; 1 failed, or violations found; 2 wrong usage; 3 some input could not be read (the rest was done); "
    "4 no such graph or name; 5 a query that cannot be answered; 6 a server failed; 7 an optional part is not "
    "installed; 130 stopped by Ctrl-C"
)


class Commands(click.Group):
    """The commands of `kg.cli.commands` by name; a module is imported when its command is asked for."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.registry = Registry("kg.cli.commands", "COMMAND")

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, sorted."""
        return self.registry.names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called ``cmd_name``, or ``None``."""
        try:
            found: click.Command = self.registry.get(cmd_name)
        except KgError:
            return None
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that ``args`` begin with; an unknown one is answered with the nearest."""
        from difflib import get_close_matches

        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            near = get_close_matches(name, self.list_commands(ctx), n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"No such command {name!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by section."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        for section in SECTIONS:
            rows = [
                (name, command.get_short_help_str(limit=200))
                for name, command in commands
                if isinstance(command, Command) and command.section == section
            ]
            if rows:
                with formatter.section(section):
                    formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The exit codes."""
        formatter.write_paragraph()
        with formatter.section("Exit codes"):
            formatter.write_text(CODES)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="kg", message="%(prog)s %(version)s")
def kg() -> None:
    """Turn machine-learning paper listings into a graph people can ask.

    Results go to standard output, progress and messages to standard error.
    """


def run(arguments: Sequence[str]) -> int:
    """Run the command line on ``arguments`` and give the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(errors="backslashreplace")
    try:
        # Not `kg.main`: it would leave the process itself on a broken pipe.
        with kg.make_context("kg", list(arguments)) as context:
            code = kg.invoke(context)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except KgError as error:
        click.echo(f"kg: {error}", err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("kg: stopped", err=True)
        return STOPPED
    except BrokenPipeError:
        # Whoever reads has seen enough; Python would complain about it again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    return code if isinstance(code, int) else 0
