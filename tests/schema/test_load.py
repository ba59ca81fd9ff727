"""The schema holds all that tables, view and code speak of."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SchemaError
from kg.schema import load
from kg.schema.load import read
from kg.view import links, nodes
from tests.graphs import hostile, small


@pytest.mark.parametrize("graph", [small(), hostile()], ids=["small", "hostile"])
def test_the_view_holds_only_what_the_schema_names(graph) -> None:
    schema = load()
    for node in nodes(graph.tables):
        assert set(node.properties) <= set(schema.node_types[node.label].properties)
    for link in links(graph.tables):
        assert set(link.properties) <= set(schema.link_types[link.type].properties)


def test_an_ontology_that_is_no_turtle_is_refused_with_its_place(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("kg:Paper a owl:Class .", encoding="utf-8")
    with pytest.raises(SchemaError, match=r"broken\.ttl"):
        read(broken)
