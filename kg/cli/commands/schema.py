"""``kg schema``: what a graph may hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from kg.cli.command import command
from kg.cli.options import format_option

if TYPE_CHECKING:
    from kg.schema import LinkType, NodeType, Property, Schema

_KINDS = ("nodes", "links", "properties")


@command("Look inside", "kg schema", "kg schema links", "kg schema Hardware", "kg schema RUNS_ON --format json")
@click.argument("what", required=False, metavar="[nodes|links|properties|NAME]")
@format_option()
def COMMAND(what: str | None, form: str) -> None:
    """Show node types, link types and properties, with their definitions."""
    from kg.cli.output import rows
    from kg.schema import load

    schema = load()
    if what is not None and what not in _KINDS:
        rows(("property", "type", "definition"), _properties(_of(schema, what)), form)
        return
    if what in (None, "nodes"):
        rows(("node", "definition"), [(name, node.definition) for name, node in schema.node_types.items()], form)
    if what in (None, "links"):
        rows(("link", "from", "to", "definition"), _links(schema), form)
    if what == "properties":
        types = _types(schema)
        found = [(owner, *row) for owner, kind in types.items() for row in _properties(kind.properties)]
        rows(("of", "property", "type", "definition"), found, form)


def _types(schema: Schema) -> dict[str, NodeType | LinkType]:
    return {**schema.node_types, **schema.link_types}


def _links(schema: Schema) -> Iterator[tuple[str, str, str, str]]:
    for name, link in schema.link_types.items():
        yield name, ", ".join(link.domains), ", ".join(link.ranges), link.definition


def _properties(found: Mapping[str, Property]) -> Iterator[tuple[str, str, str]]:
    for name, item in found.items():
        yield name, f"list of {item.datatype}" if item.many else item.datatype, item.definition


def _of(schema: Schema, name: str) -> Mapping[str, Property]:
    from kg.errors import UnknownNameError

    types = _types(schema)
    for known, kind in types.items():
        if known.casefold() == name.casefold():
            return kind.properties
    raise UnknownNameError(f"no node or link type {name!r}", mend=f"known: {', '.join(types)}")
