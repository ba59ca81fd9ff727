"""``kg cypher``: ask in Cypher, without a server."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.command import command
from kg.cli.options import format_option, graph_option


@command(
    "Ask it",
    "kg cypher 'MATCH (p:Paper)-[:RUNS_ON]->(h:Hardware) RETURN h.name, count(p) AS papers ORDER BY papers DESC'",
    "kg cypher 'MATCH (m:Method {name: $name})<-[r:COMPARES_WITH]-(p) RETURN p.name, r.outcome' -p name=LoRA",
    "kg cypher - --format csv < question.cypher",
)
@click.argument("query")
@graph_option()
@click.option("-p", "--parameter", "parameters", multiple=True, metavar="NAME=VALUE", help="A $parameter of the query.")
@format_option()
def COMMAND(query: str, folder: Path, parameters: tuple[str, ...], form: str) -> None:
    """Answer a Cypher QUERY (- reads it from standard input).

    `kg schema` lists the labels, link types and properties.
    """
    from kg.cli.options import open_graph
    from kg.cli.output import rows
    from kg.cli.query import parameters_of, text_of
    from kg.query.cypher import cypher

    found = cypher(open_graph(folder), text_of(query), parameters_of(parameters))
    rows(found.columns, found.rows, form)
