"""``kg stats``: what the graph holds."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.command import command
from kg.cli.options import format_option, graph_option

if TYPE_CHECKING:
    from kg.query.stats import Stats


@command("Look inside", "kg stats", "kg stats -g exports --format json")
@graph_option()
@format_option()
def COMMAND(folder: Path, form: str) -> None:
    """Count what a graph holds."""
    from kg.cli.options import open_graph
    from kg.cli.output import as_json, rows
    from kg.query.stats import stats

    counted = stats(open_graph(folder))
    if form == "json":
        click.echo(as_json(asdict(counted)))
        return
    rows(("", "", "count", "most papers speak of"), _rows(counted), form)


def _rows(counted: Stats) -> list[tuple[str, str, int, str]]:
    found = [("nodes", "Paper", counted.papers, f"{counted.first} to {counted.last}" if counted.first else "")]
    for kind, count in counted.things.items():
        most = ", ".join(f"{ref.name} ({papers})" for ref, papers in counted.most.get(kind, ()))
        found.append(("nodes", kind, count, most))
    found.append(("nodes", "Result", counted.results, ""))
    found += [("links", kind, count, "") for kind, count in counted.links.items()]
    found += [("links between things", kind, count, "") for kind, count in counted.relations.items()]
    found.append(("evidence", "", counted.evidence, ""))
    found.append(("merged forms", "", counted.merged_forms, ""))
    found += [("published in", str(year), count, "") for year, count in counted.years.items()]
    return found
