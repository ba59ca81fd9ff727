"""What `show`, `path` and `stats` find, as text a person reads: headings, names, sentences with the mention marked."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from kg.cli.output import cell

if TYPE_CHECKING:
    from kg.query.facts import Linked, Quote, Ref
    from kg.query.path import Path
    from kg.query.show import Reported, Shown
    from kg.tables import Tables

    Called = Callable[[Ref], str]

_MARK, _UNMARK = "\x1b[1m", "\x1b[22m"
_AWAY = ("outcome", "count", "memory_gb", "hours", "parameters")
_UNITS = {"count": "×", "memory_gb": " GB", "hours": " h", "parameters": " parameters"}
_APART = frozenset({"pages", "exact_matches", "paper_id", "abstract", "papers"})


def write(lines: Iterable[str]) -> None:
    """Print lines, wrapped to the terminal where there is one."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in lines:
        click.echo(_wrapped(line, width) if width else line)


def naming(tables: Tables) -> Called:
    """What nodes are called: by their names, and where several bear one, by their ids too."""
    from kg.query.facts import namesakes

    shared = namesakes(tables)
    return lambda ref: f"{cell(ref.name)} ({ref.id})" if ref.name in shared else cell(ref.name)


def shown(found: Shown, called: Called, limit: int, sentences: int) -> Iterator[str]:
    """Everything known of one node."""
    yield click.style(cell(found.ref.name), bold=True) + f"  {found.ref.type}  {found.ref.id}"
    yield from _facts(found, called)
    for kind, links in found.links.items():
        yield ""
        yield click.style(f"{kind} ({len(links)})", bold=True)
        for link in links[:limit]:
            yield from _link(link, called, sentences)
        yield from _more(len(links), limit)
    yield from _relations(found.relations, called, limit)
    yield from _results(found.results, called, limit)
    if found.together:
        yield ""
        yield "together with: " + ", ".join(f"{called(ref)} ({count})" for ref, count in found.together)


def way(found: Path, called: Called, number: int) -> Iterator[str]:
    """One way between two things, each step with its best sentence."""
    yield click.style(f"{number}. " + " – ".join(map(called, found.nodes)), bold=True)
    for step in found.steps:
        for link in step.links[:1]:
            start, end = (step.start, step.end) if link.forward else (step.end, step.start)
            yield f"   {called(start)} {link.type} {called(end)}{_properties(link)}"
            yield from _quotes(link.evidence[:1], "     ")


def _facts(found: Shown, called: Called) -> Iterator[str]:
    if found.aliases:
        yield f"also written: {cell(found.aliases)}"
    if found.also:
        yield f"also a: {cell(found.also)}"
    if found.parents:
        yield f"variant of: {_names(found.parents, called)}"
    if found.variants:
        yield f"variants: {_names(found.variants, called)}"
    for name, value in found.properties.items():
        if name not in _APART:
            yield f"{name.replace('_', ' ')}: {_number(value)}"
    if "papers" in found.properties:
        yield f"papers: {found.properties['papers']}"
    for name in ("pages", "exact_matches"):
        if found.properties.get(name):
            yield f"{name.replace('_', ' ')}: {cell(found.properties[name])}"


def _number(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else cell(value)


def _names(refs: Iterable[Ref], called: Called) -> str:
    return ", ".join(map(called, refs))


def _link(link: Linked, called: Called, sentences: int) -> Iterator[str]:
    day = f"{link.published}  " if link.published and not link.forward else ""
    yield f"  {day}{called(link.other)}{_properties(link)}"
    yield from _quotes(link.evidence[:sentences], "      ")


def _properties(link: Linked) -> str:
    said = []
    for name in _AWAY:
        if name in link.properties:
            value = _number(link.properties[name])
            said.append(value if name == "outcome" else f"{value}{_UNITS[name]}")
    return f"  ({', '.join(said)})" if said else ""


def _quotes(quotes: Iterable[Quote], indent: str) -> Iterator[str]:
    marks = (_MARK, _UNMARK) if sys.stdout.isatty() else ("[", "]")
    for quote in quotes:
        before, mention, after = (_readable(part) for part in quote.marked("\0", "\0").split("\0", 2))
        yield f"{indent}“{before}{marks[0]}{mention}{marks[1]}{after}”"


def _readable(part: str) -> str:
    """A part of a sentence without residues of markup, with the spaces at its ends."""
    from kg.text import display

    kept = part.strip()
    start = part.index(kept) if kept else 0
    return cell(part[:start] + display(kept) + part[start + len(kept) :])


def _relations(relations: Iterable[Linked], called: Called, limit: int) -> Iterator[str]:
    found = list(relations)
    if not found:
        return
    yield ""
    yield click.style(f"between things ({len(found)})", bold=True)
    for link in found[:limit]:
        arrow = f"{link.type} →" if link.forward else f"← {link.type}"
        yield f"  {arrow} {called(link.other)}{_properties(link)}"
    yield from _more(len(found), limit)


def _results(results: Iterable[Reported], called: Called, limit: int) -> Iterator[str]:
    found = list(results)
    if not found:
        return
    yield ""
    yield click.style(f"results ({len(found)})", bold=True)
    for result in found[:limit]:
        number = f"{result.value:.12g}{result.unit or ''}"
        metric = f" {cell(result.metric)}" if result.metric else ""
        yield f"  {number}{metric}: {called(result.subject)} on {called(result.dataset)}"
        yield from _quotes(result.evidence[:1], "      ")
    yield from _more(len(found), limit)


def _more(count: int, limit: int) -> Iterator[str]:
    if count > limit:
        yield f"  … and {count - limit} more (--limit {count})"


def _wrapped(line: str, width: int) -> str:
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    return textwrap.fill(line, width, subsequent_indent=indent, break_on_hyphens=False) if len(line) > width else line
