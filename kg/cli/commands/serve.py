"""``kg serve``: a SPARQL endpoint."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.command import command
from kg.cli.options import graph_option, quiet_option


@command(
    "Hand it on",
    "kg serve",
    "kg serve -g exports --port 7878 --timeout 10",
    "kg serve --host 0.0.0.0 --cors",
)
@graph_option()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="The port; 0 takes any.")
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=30.0, show_default=True, help="Seconds that a query may take."
)
@click.option("--cors", is_flag=True, help="Let pages of other sites ask.")
@quiet_option()  # fmt: skip
def COMMAND(folder: Path, host: str, port: int, timeout: float, cors: bool, quiet: bool) -> None:
    """Answer SPARQL over HTTP until stopped.

    It is read-only. A page with example queries stands at the address itself.
    """
    from kg.cli.options import open_graph
    from kg.cli.output import say
    from kg.serve import serve

    def ready(address: str) -> None:
        say(f"serving {folder} at {address} (Ctrl-C stops it)", quiet)

    serve(open_graph(folder), host=host, port=port, timeout=timeout, cors=cors, ready=ready)
