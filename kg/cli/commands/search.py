"""``kg search``: find names."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.command import command
from kg.cli.options import format_option, graph_option


@command("Ask it", "kg search llama", "kg search 'quantization aware' --limit 50", "kg search a100 --type Hardware")
@click.argument("text")
@graph_option()
@click.option("--type", "kind", metavar="TYPE", help="One node type only (see `kg schema nodes`).")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Most rows.")
@format_option()
def COMMAND(text: str, folder: Path, kind: str | None, limit: int, form: str) -> None:
    """Find things and papers by parts of their names."""
    from kg.cli.options import open_graph
    from kg.cli.output import rows
    from kg.query.search import search
    from kg.schema import load

    if kind is not None and kind not in load().node_types:
        raise click.UsageError(f"no node type {kind!r} (known: {', '.join(load().node_types)})")
    hits = search(open_graph(folder), text, kind=kind, limit=limit)
    found = [(hit.ref.type, hit.ref.name, hit.matched, hit.papers, hit.ref.id) for hit in hits]
    rows(("type", "name", "matched", "papers", "id"), found, form)
