"""Options that several commands share, and the graph they name."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kg.graph import Graph

_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def graph_option() -> _Decorator:
    """``-g/--graph``: the folder of a graph."""
    return click.option(
        "-g",
        "--graph",
        "folder",
        type=click.Path(path_type=Path),
        default=Path("exports"),
        show_default=True,
        envvar="KG_GRAPH",
        help="The graph's folder (or KG_GRAPH).",
    )


def format_option(*more: str) -> _Decorator:
    """``--format``: how rows are printed."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json", "csv", *more]),
        default="table",
        show_default=True,
        help="How rows are printed.",
    )


def quiet_option() -> _Decorator:
    """``-q/--quiet``: results and errors only."""
    return click.option("-q", "--quiet", is_flag=True, help="No progress, no messages but errors.")


def profile_option() -> _Decorator:
    """``--profile``: which extractor."""
    from kg.extract.profiles import PROFILES

    return click.option(
        "--profile",
        type=click.Choice(sorted(PROFILES)),
        default="default",
        show_default=True,
        help="The extractor: default (neural tagger, rules and lexicon) or fast (without the tagger).",
    )


def workers_option() -> _Decorator:
    """``--workers``: how many processes work; by default one for each core this process may use."""
    return click.option(
        "--workers",
        type=click.IntRange(min=1),
        default=cores,
        show_default="one a core",
        help="Processes that work; fewer where the papers are few.",
    )


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def captured_option() -> _Decorator:
    """``--captured``: the day the pages were saved."""
    return click.option(
        "--captured",
        type=click.DateTime(formats=["%Y-%m-%d"]),
        metavar="DATE",
        help="The day the pages were saved (YYYY-MM-DD), for dates printed without a year; else it is inferred.",
    )


def inputs_argument() -> _Decorator:
    """Pages to read: files, folders, ``-`` for standard input."""
    return click.argument("inputs", metavar="PAGE...", nargs=-1, required=True)


def server_options() -> _Decorator:
    """Where Neo4j is and how to get in."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(
            (
                click.option("--uri", default="bolt://localhost:7687", show_default=True, envvar="NEO4J_URI",
                             help="The server (or NEO4J_URI)."),
                click.option("--user", envvar=["NEO4J_USER", "NEO4J_USERNAME"], help="The user (or NEO4J_USER)."),
                click.option("--password", envvar="NEO4J_PASSWORD", help="The password (or NEO4J_PASSWORD)."),
                click.option("--database", envvar="NEO4J_DATABASE", help="The database, if not the default one."),
            )
        ):  # fmt: skip
            function = option(function)
        return function

    return decorate


def open_graph(folder: Path) -> Graph:
    """The graph in ``folder``."""
    from kg.graph import Graph

    return Graph.load(folder)
