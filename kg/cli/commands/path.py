"""``kg path``: the shortest ways between two things."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.command import command
from kg.cli.options import graph_option
from kg.errors import UnknownNameError


@command("Ask it", "kg path LoRA GSM8K", "kg path QLoRA 'NVIDIA A100' --limit 3", "kg path LoRA BERT --no-hubs")
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@graph_option()
@click.option("--limit", type=click.IntRange(min=1), default=5, show_default=True, help="Most ways shown.")
@click.option("--longest", type=click.IntRange(min=1), default=6, show_default=True, help="Most steps of a way.")
@click.option("--hubs/--no-hubs", default=True, help="Whether ways may lead through what very many papers share.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def COMMAND(start: str, end: str, folder: Path, limit: int, longest: int, hubs: bool, form: str) -> None:
    """Show the shortest ways between two things, with the evidence of each step.

    A and B are names, aliases, titles or ids. Those through rarer things come first.
    """
    from kg.cli.options import open_graph
    from kg.cli.output import as_json
    from kg.cli.told import naming, way, write
    from kg.query.path import paths

    graph = open_graph(folder)
    found = paths(graph, start, end, limit=limit, longest=longest, hubs=hubs)
    if not found:
        mend = f"allow longer ways: --longest {longest + 2}"
        raise UnknownNameError(f"no way of {longest} steps or fewer from {start!r} to {end!r}", mend=mend)
    if form == "json":
        click.echo(as_json([asdict(item) for item in found]))
        return
    called = naming(graph.tables)
    for number, item in enumerate(found, 1):
        write(way(item, called, number))
