"""GEXF 1.2 for Gephi, streamed: types as colours, papers' dates for its timeline, lists as JSON in strings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import view
from kg.export.attributes import link_attributes, node_attributes, spelled
from kg.export.format import ExportFormat
from kg.files import replacing
from kg.schema import Property, load
from kg.xml_text import attribute

if TYPE_CHECKING:
    from kg.graph import Graph

_TYPES = {"string": "string", "integer": "long", "float": "double", "boolean": "boolean", "date": "string"}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">\n'
    '  <graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n'
)


def write(graph: Graph, target: Path) -> None:
    """Write ``graph`` as GEXF at ``target``."""
    with replacing(target) as file:
        file.writelines(_lines(graph))


def _lines(graph: Graph) -> Iterator[str]:
    nodes, links = node_attributes(), link_attributes()
    yield _HEAD
    yield from _declared("node", nodes)
    yield from _declared("edge", links)
    colours = {kind.name: _colour(kind.colour) for kind in load().node_types.values()}
    yield "    <nodes>\n"
    for node in view.nodes(graph.tables):
        since = node.properties.get("published")
        start = f' start="{since.isoformat()}"' if since else ""
        label = attribute(str(node.properties.get("name", node.id)))
        yield f"      <node id={attribute(node.id)} label={label}{start}>"
        yield from _values(node.label, node.properties, nodes)
        yield f"{colours.get(node.label, '')}</node>\n"
    yield "    </nodes>\n    <edges>\n"
    for link in view.links(graph.tables):
        yield f"      <edge id={attribute(link.key)} source={attribute(link.source)} target={attribute(link.target)} "
        yield f"label={attribute(link.type)}>"
        yield from _values(link.type, link.properties, links)
        yield "</edge>\n"
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _declared(owner: str, declared: Mapping[str, Property]) -> Iterator[str]:
    yield f'    <attributes class="{owner}" mode="static">\n      <attribute id="type" title="type" type="string"/>\n'
    for name, one in declared.items():
        kind = "string" if one.many else _TYPES[one.datatype]
        yield f'      <attribute id="{name}" title="{name}" type="{kind}"/>\n'
    yield "    </attributes>\n"


def _values(kind: str, properties: Mapping[str, Any], declared: Mapping[str, Property]) -> Iterator[str]:
    yield f'<attvalues><attvalue for="type" value={attribute(kind)}/>'
    for name, value in properties.items():
        if name in declared:
            yield f'<attvalue for="{name}" value={attribute(spelled(value))}/>'
    yield "</attvalues>"


def _colour(code: str) -> str:
    red, green, blue = (int(code[at : at + 2], 16) for at in (1, 3, 5))
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'


FORMAT = ExportFormat("gexf", "graph.gexf", "XML for Gephi, with colours and dates", write)
