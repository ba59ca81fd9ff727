"""GraphML: typed attributes, streamed; NetworkX, Gephi, yEd and igraph read it.

Lists stand as JSON in string attributes, dates as ISO 8601; what XML cannot hold as ``_xHHHH_`` (`kg.xml_text`).
`kg.build.networkx.from_networkx` makes the tables again from what ``networkx.read_graphml`` reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import view
from kg.export.attributes import link_attributes, node_attributes, spelled
from kg.export.format import ExportFormat
from kg.files import replacing
from kg.schema import Property
from kg.xml_text import ESCAPED, attribute, text

if TYPE_CHECKING:
    from kg.graph import Graph

_TYPES = {"string": "string", "integer": "long", "float": "double", "boolean": "boolean", "date": "string"}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\n'
    '  xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


def write(graph: Graph, target: Path) -> None:
    """Write ``graph`` as GraphML at ``target``."""
    with replacing(target) as file:
        file.writelines(_lines(graph))


def _lines(graph: Graph) -> Iterator[str]:
    nodes, links = node_attributes(), link_attributes()
    yield _HEAD
    yield '  <key id="merges" for="graph" attr.name="merges" attr.type="string"/>\n'
    yield f'  <key id="{ESCAPED}" for="graph" attr.name="{ESCAPED}" attr.type="boolean"/>\n'
    yield from _keys("node", "n", nodes, ("type", "label"))
    yield from _keys("edge", "e", links, ("type",))
    yield '  <graph id="kg" edgedefault="directed">\n'
    yield f'    <data key="{ESCAPED}">true</data>\n'
    yield f'    <data key="merges">{text(json.dumps(graph.merges.to_pylist(), ensure_ascii=False))}</data>\n'
    for node in view.nodes(graph.tables):
        yield f"    <node id={attribute(node.id)}>"
        yield _data("n", "type", node.label) + _data("n", "label", node.properties.get("name", node.id))
        yield from (_data("n", name, value) for name, value in node.properties.items() if name in nodes)
        yield "</node>\n"
    for link in view.links(graph.tables):
        yield f"    <edge id={attribute(link.key)} source={attribute(link.source)} target={attribute(link.target)}>"
        yield _data("e", "type", link.type)
        yield from (_data("e", name, value) for name, value in link.properties.items() if name in links)
        yield "</edge>\n"
    yield "  </graph>\n</graphml>\n"


def _keys(owner: str, prefix: str, declared: Mapping[str, Property], more: tuple[str, ...]) -> Iterator[str]:
    for name in more:
        yield f'  <key id="{prefix}_{name}" for="{owner}" attr.name="{name}" attr.type="string"/>\n'
    for name, one in declared.items():
        kind = "string" if one.many else _TYPES[one.datatype]
        yield f'  <key id="{prefix}_{name}" for="{owner}" attr.name="{name}" attr.type="{kind}"/>\n'


def _data(prefix: str, name: str, value: Any) -> str:
    return f'<data key="{prefix}_{name}">{text(spelled(value))}</data>'


FORMAT = ExportFormat("graphml", "graph.graphml", "XML for NetworkX, Gephi, yEd and igraph", write)
