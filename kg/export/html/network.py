"""pyvis as the container: its `Network`, with a template of our own and the graph given as lists."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from kg.export.html import assets, pack
from kg.schema import load

if TYPE_CHECKING:
    from kg.export.html.page import Drawing

NODE_COLUMNS = ("id", "label", "group", "x", "y", "size", "yearX", "yearY", "year", "core")
EDGE_COLUMNS = ("from", "to", "type", "confidence")


class Explorer(Network):  # type: ignore[misc]  # pyvis has no types
    """A drawing as a pyvis network; `generate_html` gives the page.

    Nodes and edges are assigned whole: pyvis's ``add_edge`` looks at every edge for each edge.
    """

    def __init__(self, drawing: Drawing, title: str) -> None:
        super().__init__(height="100%", directed=True, cdn_resources="in_line", heading=title)
        self.drawing = drawing
        self.nodes = _nodes(drawing)
        self.edges = _edges(drawing)
        self.options = {"physics": {"enabled": False}}
        self.path = "template.html"
        self.templateEnv = Environment(
            loader=FunctionLoader(lambda name: files("kg.export.html").joinpath(name).read_text(encoding="utf-8")),
            autoescape=True,
            undefined=StrictUndefined,
            keep_trailing_newline=True,
        )

    def get_network_data(self) -> tuple[Any, ...]:
        """What `generate_html` hands to the template; the parts of the page ride along."""
        vis, script, style = assets.vis_network(), assets.script(), assets.style()
        self.templateEnv.globals.update(
            vis=Markup(vis),
            script=Markup(script),
            style=Markup(style),
            scripts_allowed=Markup(f"{assets.csp_hash(script)} {assets.csp_hash(vis)}"),
            styles_allowed=Markup(assets.csp_hash(style)),
            graph_data=pack.packed(self._graph()),
            detail_data=pack.packed(pack.details(self.drawing.found)),
        )
        return self.nodes, self.edges, self.heading, self.height, self.width, self.options

    def _graph(self) -> dict[str, Any]:
        """What is needed to draw and to search."""
        drawing, schema = self.drawing, load()
        return {
            "title": self.heading,
            "types": [[kind.name, kind.colour, kind.shape, kind.definition] for kind in schema.node_types.values()],
            "linkTypes": [[kind.name, kind.definition] for kind in schema.link_types.values()],
            "nodes": pack.columns(self.nodes, NODE_COLUMNS),
            "links": pack.columns(self.edges, EDGE_COLUMNS),
            "aliases": {
                str(i): facts["aliases"] for i, facts in enumerate(drawing.found.facts) if facts.get("aliases")
            },
            "bands": drawing.bands,
            "total": drawing.total,
        }


def _nodes(drawing: Drawing) -> list[dict[str, Any]]:
    found = drawing.found
    kinds = {name: number for number, name in enumerate(load().node_types)}
    return [
        {
            "id": found.ids[i],
            "label": found.names[i],
            "group": kinds[found.types[i]],
            "x": x,
            "y": y,
            "size": size,
            "yearX": year_x,
            "yearY": year_y,
            "year": int(found.dates[i][:4] or 0),
            "core": core,
        }
        for i, ((x, y), (year_x, year_y), size, core) in enumerate(
            zip(
                drawing.near.astype(int).tolist(),
                drawing.by_year.astype(int).tolist(),
                drawing.radius.astype(int).tolist(),
                drawing.core.astype(int).tolist(),
                strict=True,
            )
        )
    ]


def _edges(drawing: Drawing) -> list[dict[str, Any]]:
    found = drawing.found
    kinds = {name: number for number, name in enumerate(load().link_types)}
    columns = zip(found.source, found.target, found.link_types, found.confidence, strict=True)
    return [
        {"from": source, "to": target, "type": kinds[kind], "confidence": sure}
        for source, target, kind, sure in columns
    ]
