"""``kg sparql``: ask in SPARQL, without a server."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.command import command
from kg.cli.options import format_option, graph_option

_WRITTEN = ("ttl", "nt", "jsonld", "xml", "tsv")


@command(
    "Ask it",
    "kg sparql 'SELECT ?name WHERE { ?m a kg:Method ; skos:prefLabel ?name } ORDER BY ?name'",
    "kg sparql 'CONSTRUCT { ?p kg:runsOn ?h } WHERE { ?p kg:runsOn ?h }' --format ttl",
    "kg sparql - --format json < question.rq",
)
@click.argument("query")
@graph_option()
@format_option(*_WRITTEN)
def COMMAND(query: str, folder: Path, form: str) -> None:
    """Answer a SPARQL QUERY (- reads it from standard input).

    The prefixes of the ontology and of the node types need no declaration. Of a CONSTRUCT or DESCRIBE
    ttl, nt and jsonld write the triples; xml and tsv write the rows of a SELECT.
    """
    from kg.cli.options import open_graph
    from kg.cli.output import rows
    from kg.cli.query import text_of
    from kg.query.sparql import serialized, sparql

    graph = open_graph(folder)
    if form in _WRITTEN:
        click.echo(serialized(graph, text_of(query), form).rstrip("\n"))
        return
    found = sparql(graph, text_of(query))
    rows(found.columns, found.rows, form)
