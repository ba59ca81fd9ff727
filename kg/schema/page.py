"""The schema as a page of documentation, with a diagram; generated, so that it cannot be wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.schema.load import load
from kg.schema.model import LinkType, NodeType, Property, Schema

_THING = "Entity"


def page() -> str:
    """The page as Markdown."""
    return "\n".join(_lines(load())) + "\n"


def diagram(schema: Schema) -> Iterator[str]:
    """The node types and the links between them, in Mermaid; things that any type may be stand as one."""
    yield "flowchart LR"
    for name in (*(name for name in schema.node_types if name not in schema.entity_types), _THING):
        yield f"  {name}[{name}]"
    inside = " ~~~ ".join(schema.entity_types)
    yield f"  subgraph Things [Entity: one of]\n    direction TB\n    {inside}\n  end"
    drawn: dict[tuple[str, str], list[str]] = {}
    for link in schema.link_types.values():
        for source in _ends(schema, link.domains):
            for target in _ends(schema, link.ranges):
                drawn.setdefault((source, target), []).append(link.name)
    for (source, target), names in drawn.items():
        yield f"  {source} -- {'<br>'.join(names)} --> {target}"
    for name in schema.entity_types:
        yield f"  style {name} stroke:{schema.node_types[name].colour},stroke-width:3px"


def _lines(schema: Schema) -> Iterator[str]:
    yield "# Schema"
    yield ""
    yield "Generated from `schema/ontology.ttl` by `python scripts/docs.py`; do not edit."
    yield f"Version {schema.version} (<{schema.version_iri}>). What a graph must hold is in `schema/shapes.ttl`."
    yield ""
    yield "```mermaid"
    yield from diagram(schema)
    yield "```"
    yield ""
    yield "## Node types"
    yield ""
    yield from _table(("type", "what it is", "example", "also a", "colour"), map(_node, schema.node_types.values()))
    yield ""
    yield "## Link types"
    yield ""
    yield "A link with a role is made for each thing a paper's record names in that role, and has evidence."
    yield ""
    links = (_link(schema, item) for item in schema.link_types.values())
    yield from _table(("type", "from", "to", "what it says", "role", "RDF"), links)
    yield ""
    yield "## Properties"
    for title, properties in _groups(schema):
        yield f"\n### {title}\n"
        yield from _table(("property", "type", "what it is", "example", "RDF"), map(_property, properties))


def _groups(schema: Schema) -> Iterator[tuple[str, Iterable[Property]]]:
    """Properties, the types that share them together."""
    shared: dict[tuple[str, ...], list[str]] = {}
    held = {name: node.properties for name, node in schema.node_types.items()}
    held |= {name: link.properties for name, link in schema.link_types.items()}
    for name, properties in held.items():
        shared.setdefault(tuple(properties), []).append(name)
    for names in shared.values():
        yield "Of " + ", ".join(f"`{name}`" for name in names), held[names[0]].values()


def _node(node: NodeType) -> tuple[str, ...]:
    also = ", ".join(f"`{_short(iri)}`" for iri in node.broader)
    return f"`{node.name}`", node.definition, node.example, also, node.colour


def _link(schema: Schema, link: LinkType) -> tuple[str, ...]:
    ends = (", ".join(_ends(schema, names)) for names in (link.domains, link.ranges))
    rdf = ", ".join(f"`{_short(iri)}`" for iri in (link.iri, *link.broader))
    return f"`{link.name}`", *ends, link.definition, f"`{link.role}`" if link.role else "", rdf


def _property(item: Property) -> tuple[str, ...]:
    kind = f"list of {item.datatype}" if item.many else item.datatype
    allowed = f" One of {', '.join(item.values)}." if item.values else ""
    return f"`{item.name}`", kind, item.definition + allowed, f"`{item.example}`", f"`{_short(item.iri)}`"


def _ends(schema: Schema, names: tuple[str, ...]) -> list[str]:
    """Names of node types, with Entity for all that papers name things of."""
    if not set(schema.entity_types) <= set(names):
        return list(names)
    return [*(name for name in names if name not in schema.entity_types), _THING]


def _short(iri: str) -> str:
    """An IRI as a prefixed name."""
    for prefix, space in load().prefixes.items():
        if iri.startswith(space):
            return f"{prefix}:{iri[len(space) :]}"
    return iri


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
