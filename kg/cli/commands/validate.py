"""``kg validate``: is everything as the schema says?"""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.command import command


@command("Look inside", "kg validate", "kg validate exports --no-shacl", "kg validate exports/graph.ttl")
@click.argument("what", type=click.Path(path_type=Path), default=Path("exports"), metavar="[FOLDER|RDF-FILE]")
@click.option("--shacl/--no-shacl", default=True, help="Whether the RDF is checked against the shapes, too (slow).")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Most violations shown.")
def COMMAND(what: Path, shacl: bool, limit: int) -> int:
    """Check a graph's tables, or an RDF export, against the schema.

    Each violation is printed with what it is about and how to mend it; the exit code is then 1.
    """
    from kg.validate import validate

    report = validate(what, shacl=shacl)
    for line in report.lines(limit):
        click.echo(line)
    return 0 if report.conforms else 1
