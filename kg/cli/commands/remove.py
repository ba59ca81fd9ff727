"""``kg remove``: take papers out."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.command import command
from kg.cli.options import graph_option, profile_option, quiet_option


@command(
    "Make a graph",
    "kg remove 2403.00001",
    "kg remove 'PebbleTune: Fine-Tuning Quantized Language Models One Row at a Time' -g exports",
)
@click.argument("names", metavar="PAPER...", nargs=-1, required=True)
@graph_option()
@profile_option()
@quiet_option()
def COMMAND(names: tuple[str, ...], folder: Path, profile: str, quiet: bool) -> None:
    """Take papers out of a graph.

    PAPER is an id or a title. It goes from the tables, the exports, the stores and the kept records.
    """
    from kg.cli.closing import print_report
    from kg.cli.progress import progress
    from kg.pipeline import remove

    with progress(quiet) as show:
        built = remove(folder, names, profile=profile, progress=show)
    print_report(built.report, quiet)
