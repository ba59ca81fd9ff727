"""``kg push``: into Neo4j."""

from __future__ import annotations

from pathlib import Path

from kg.cli.command import command
from kg.cli.options import graph_option, quiet_option, server_options


@command(
    "Hand it on",
    "kg push",
    "kg push -g exports --uri bolt://localhost:7687 --user neo4j --password secret",
    "NEO4J_PASSWORD=secret kg push --uri neo4j+s://xxxx.databases.neo4j.io",
)
@graph_option()
@server_options()
@quiet_option()
def COMMAND(folder: Path, uri: str, user: str | None, password: str | None, database: str | None, quiet: bool) -> None:
    """Make a Neo4j server hold the graph.

    Whatever else it holds is left alone. Running it again changes only what differs; what is no longer in the
    graph goes.
    """
    from kg.cli.options import open_graph
    from kg.cli.output import say
    from kg.cli.progress import progress
    from kg.neo4j import push

    graph = open_graph(folder)
    with progress(quiet) as show:
        summary = push(graph, uri, user, password, database, show)
    say(str(summary), quiet)
