"""``kg show``: everything known of a thing."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.command import command
from kg.cli.options import graph_option


@command("Ask it", "kg show LoRA", "kg show 'NVIDIA A100' --limit 50", "kg show model/llama-2-7b --format json")
@click.argument("name")
@graph_option()
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="Most links shown of a type.")
@click.option("--sentences", type=click.IntRange(min=0), default=1, show_default=True, help="Sentences for each link.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def COMMAND(name: str, folder: Path, limit: int, sentences: int, form: str) -> None:
    """Show everything known of a thing or paper.

    NAME is a name, an alias, a title or an id, in any case. Shown are its aliases and variants, the papers
    by role with the sentences that say so, and the results.
    """
    from kg.cli.options import open_graph
    from kg.cli.output import as_json
    from kg.cli.told import naming, shown, write
    from kg.query.show import show

    graph = open_graph(folder)
    found = show(graph, name)
    if form == "json":
        click.echo(as_json([asdict(item) for item in found]))
        return
    called = naming(graph.tables)
    for place, item in enumerate(found):
        lines = shown(item, called, limit, sentences)
        write(["", *lines] if place else lines)
