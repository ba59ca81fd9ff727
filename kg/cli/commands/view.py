"""``kg view``: the explorer in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.command import command
from kg.cli.options import graph_option, quiet_option


@command("Ask it", "kg view", "kg view --focus LoRA --hops 2", "kg view --type Hardware --type Paper --since 2025")
@graph_option()
@click.option("--focus", metavar="NAME", help="The neighbourhood of one thing.")
@click.option("--hops", type=click.IntRange(min=1), default=1, show_default=True, help="How far around --focus.")
@click.option("--type", "types", multiple=True, metavar="TYPE", help="Only nodes of this type.")
@click.option("--since", metavar="DATE", help="Only papers published since (YYYY, YYYY-MM or YYYY-MM-DD).")
@click.option("--all", "everything", is_flag=True, help="All nodes, however many.")
@quiet_option()
def COMMAND(
    folder: Path, focus: str | None, hops: int, types: tuple[str, ...], since: str | None, everything: bool, quiet: bool
) -> None:
    """Open the graph in the browser.

    The page is written to a temporary place; it needs no network.
    """
    from kg.cli.options import open_graph
    from kg.cli.output import say
    from kg.export.html import view_page

    graph = open_graph(folder)
    place, opened = view_page(graph, focus=focus, hops=hops, type=types, since=since, all=everything)
    say(str(place) if opened else f"no browser here; open {place}", quiet and opened)
