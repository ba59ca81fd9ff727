"""``kg import``: from an RDF file."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.command import command
from kg.cli.options import quiet_option


@command("Hand it on", "kg import graph.ttl -o imported", "kg import graph.nq -o imported", name="import")
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("exports"),
    show_default=True,
    help="Where the graph goes; replaced as a whole when complete.",
)
@quiet_option()  # fmt: skip
def COMMAND(source: Path, folder: Path, quiet: bool) -> None:
    """Read a graph back from one of its RDF exports.

    It is written with all its exports, as `kg build` does.
    """
    from kg.build.from_rdf import from_rdf
    from kg.cli.closing import print_report
    from kg.cli.progress import progress
    from kg.pipeline import keep
    from kg.publish import check

    check(folder)
    tables = from_rdf(source)
    with progress(quiet) as show:
        print_report(keep(tables, folder, progress=show).report, quiet)
