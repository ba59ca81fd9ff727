"""``kg export``: any export again, from the tables."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.command import command
from kg.cli.options import graph_option, quiet_option


@command(
    "Hand it on",
    "kg export html",
    "kg export turtle jsonld --no-evidence",
    "kg export turtle -o graph12.ttl --rdf 1.2",
    "kg export html -o lora.html --focus LoRA --hops 2",
    context_settings={"ignore_unknown_options": True},
)
@click.argument("arguments", metavar="FORMAT... [--OPTION VALUE]...", nargs=-1, required=True, type=click.UNPROCESSED)
@graph_option()
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    help="Where to (one format only); in the graph's folder by default.",
)
@quiet_option()  # fmt: skip
def COMMAND(arguments: tuple[str, ...], folder: Path, target: Path | None, quiet: bool) -> None:
    """Write a graph in one or more formats (see `kg formats`).

    Options of a format come after it; `kg formats` lists them.
    """
    from kg.cli.options import open_graph
    from kg.cli.output import say
    from kg.cli.settings import settings, split
    from kg.export import export, registry

    names, words = split(arguments)
    if not names:
        raise click.UsageError("name a format first (see `kg formats`)")
    if target is not None and len(names) > 1:
        raise click.UsageError("-o takes one format; give them one at a time")
    chosen = settings({name: registry().get(name).write for name in names}, words)
    graph = open_graph(folder)
    for name, options in chosen.items():
        say(f"{name}: {export(graph, name, target, **options)}", quiet)
