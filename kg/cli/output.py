"""Print rows as a table, JSON or CSV on standard output, and messages on standard error."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_WIDE = 10_000
_CONTROLS = {code: " " for code in (*range(32), 127, *range(128, 160)) if code != 10}


def rows(columns: Sequence[str], values: Iterable[Sequence[Any]], form: str = "table") -> None:
    """Print rows; ``form`` is table, json (a list of objects) or csv."""
    if form == "json":
        click.echo(as_json([dict(zip(columns, row, strict=True)) for row in values]))
    elif form == "csv":
        click.echo(_csv(columns, values), nl=False)
    else:
        print_table(columns, values)


def as_json(value: Any) -> str:
    """JSON as people read it; dates as ISO text."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def console(*, error: bool = False) -> Console:
    """A rich console: as wide as the terminal, or on a pipe as wide as need be, without colours."""
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() else _WIDE
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def table(columns: Sequence[str], values: Iterable[Sequence[Any]], title: str | None = None) -> Table:
    """A rich table of plain text (nothing in it is read as markup); numbers stand to the right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    shown = [list(row) for row in values]
    made = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", show_edge=False, pad_edge=False)
    for place, column in enumerate(columns):
        numeric = bool(shown) and all(isinstance(row[place], int | float | None) for row in shown)
        made.add_column(Text(column), justify="right" if numeric else "left", overflow="fold")
    for row in shown:
        made.add_row(*(Text(cell(value)) for value in row))
    return made


def print_table(columns: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    """Print a table and how many rows it has, the latter on standard error."""
    shown = list(values)
    if shown:
        console().print(table(columns, shown))
    click.echo(f"{len(shown):,} row{'' if len(shown) == 1 else 's'}", err=True)


def cell(value: Any) -> str:
    """One value as a person reads it, without characters that steer a terminal.

    >>> cell(None), cell(0.5), cell(["a", "b"]), cell({"labels": ["Model"], "properties": {"name": "BERT"}})
    ('', '0.5', 'a, b', 'BERT')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1e4 else f"{value:,.0f}"
    if isinstance(value, list | tuple):
        return ", ".join(map(cell, value))
    if isinstance(value, Mapping):
        properties = value.get("properties")
        if isinstance(properties, Mapping):
            return cell(properties.get("name") or properties.get("id") or value.get("type") or dict(properties))
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value).translate(_CONTROLS)


def _csv(columns: Sequence[str], values: Iterable[Sequence[Any]]) -> str:
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_plain(value) for value in row] for row in values)
    return sink.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value.isoformat() if isinstance(value, date) else value


def say(text: str, quiet: bool = False) -> None:
    """A message on standard error."""
    if not quiet:
        click.echo(text, err=True)
