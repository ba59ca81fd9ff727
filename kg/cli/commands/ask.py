"""``kg ask``: one of the ready questions."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import click

from kg.cli.command import command
from kg.cli.options import format_option, graph_option

_ENGINES = ("cypher", "sparql", "python")


@command("Ask it", "kg ask --list", "kg ask 1", "kg ask 12 --engine sparql", "kg ask 12 --query")
@click.argument("number", type=int, required=False)
@click.option("--list", "listed", is_flag=True, help="List the questions.")
@click.option("--engine", type=click.Choice(_ENGINES), default="cypher", show_default=True, help="Who answers.")
@click.option("--query", "as_query", is_flag=True, help="Print the query instead of its answer.")
@graph_option()
@format_option()
def COMMAND(number: int | None, listed: bool, engine: str, as_query: bool, folder: Path, form: str) -> None:
    """Answer one of the ready questions.

    All engines give the same rows; --query shows how a question is put to one.
    """
    from kg.cli.options import open_graph
    from kg.cli.output import rows, say
    from kg.query.ask import ask, question, questions

    if listed:
        rows(("number", "question"), [(item.number, item.text) for item in questions()], form)
        return
    if number is None:
        raise click.UsageError("give the NUMBER of a question, or --list")
    chosen = question(number)
    if as_query:
        click.echo(_code(chosen.python) if engine == "python" else dedent(getattr(chosen, engine)).strip())
        return
    found = ask(number, open_graph(folder), engine)  # type: ignore[arg-type]  # one of _ENGINES
    say(chosen.text)
    rows(found.columns, found.rows, form)


def _code(function: object) -> str:
    import inspect

    return inspect.getsource(function).rstrip()  # type: ignore[arg-type]  # a function
