"""``kg export``: any export again, from the tables."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.command import command
from kg.cli.options import graph_option, quiet_option


@command(
    "Hand it on",
    "kg export html",
    "kg export turtle jsonld -g exports",
    "kg export turtle -o graph.ttl --set rdf=1.2",
    "kg export html --set focus=LoRA --set hops=2 -o lora.html",
)
@click.argument("names", metavar="FORMAT...", nargs=-1, required=True)
@graph_option()
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    help="Where to (one format only); in the graph's folder by default.",
)
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="An option of the format.")
@quiet_option()  # fmt: skip
def COMMAND(names: tuple[str, ...], folder: Path, target: Path | None, settings: tuple[str, ...], quiet: bool) -> None:
    """Write a graph in one or more formats (see `kg formats`)."""
    from kg.cli.options import open_graph
    from kg.cli.output import say
    from kg.cli.settings import settings_for
    from kg.export import export, registry

    if target is not None and len(names) > 1:
        raise click.UsageError("-o takes one format; give them one at a time")
    chosen = [(name, settings_for(registry().get(name).write, settings)) for name in names]
    graph = open_graph(folder)
    for name, options in chosen:
        say(f"{name}: {export(graph, name, target, **options)}", quiet)
