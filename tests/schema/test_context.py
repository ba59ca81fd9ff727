"""The JSON-LD context says what the ontology says."""

from __future__ import annotations

from kg.schema import load
from kg.schema.context import context, terms


def test_every_property_and_link_type_has_a_key() -> None:
    known = terms()
    for node in load().node_types.values():
        for item in node.properties.values():
            assert known[item.iri].key == item.name
    for link in load().link_types.values():
        assert known[link.iri].kind == "@id"


def test_values_are_typed_by_their_ranges() -> None:
    made = context("https://w3id.org/mlkg/")
    assert made["published"] == {
        "@id": "http://purl.org/dc/terms/issued",
        "@type": "http://www.w3.org/2001/XMLSchema#date",
    }
    assert made["name"] == "http://www.w3.org/2004/02/skos/core#prefLabel"
    assert made["exact_matches"]["@type"] == "@id"
    assert made["@base"] == "https://w3id.org/mlkg/"
    assert "@base" not in context(None)
