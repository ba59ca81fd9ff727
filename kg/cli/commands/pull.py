"""``kg pull``: back from Neo4j."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.command import command
from kg.cli.options import quiet_option, server_options


@command(
    "Hand it on",
    "kg pull -o pulled",
    "kg pull --uri bolt://localhost:7687 --user neo4j --password secret -o pulled",
)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("exports"),
    show_default=True,
    help="Where the graph goes; replaced as a whole when complete.",
)
@server_options()
@quiet_option()  # fmt: skip
def COMMAND(folder: Path, uri: str, user: str | None, password: str | None, database: str | None, quiet: bool) -> None:
    """Read a pushed graph back from a Neo4j server.

    It is written with all its exports, as `kg build` does.
    """
    from kg.cli.closing import print_report
    from kg.cli.progress import progress
    from kg.neo4j import pull
    from kg.pipeline import keep
    from kg.publish import check

    check(folder)
    tables = pull(uri, user, password, database)
    with progress(quiet) as show:
        print_report(keep(tables, folder, progress=show).report, quiet)
