"""Constraints and indexes: from the schema, named, made once."""

from __future__ import annotations

import neo4j
import pytest

from kg import schema
from kg.neo4j import constraints
from tests.graphs import hostile, small

from .conftest import Place

pytestmark = pytest.mark.neo4j


def test_every_label_has_a_named_unique_id(place: Place) -> None:
    place.push(small())
    found = place.rows(
        "SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties "
        "WHERE name STARTS WITH 'kg_' RETURN name, type, labelsOrTypes[0], properties"
    )
    wanted = {(f"kg_{label.lower()}_id", "UNIQUENESS", label, ("id", "kg")) for label in schema.load().node_types}
    assert {(*row[:3], tuple(row[3])) for row in found} == wanted | {
        ("kg_graph_name", "UNIQUENESS", "KgGraph", ("name",))
    }


def test_names_are_in_a_full_text_index_and_dates_in_a_range_index(place: Place) -> None:
    place.push(small())
    found = dict(place.rows("SHOW INDEXES YIELD name, type WHERE name STARTS WITH 'kg_' RETURN name, type"))
    assert found["kg_names"] == "FULLTEXT"
    assert found["kg_paper_published"] == found["kg_paper_year"] == "RANGE"
    assert {constraint.name for constraint in constraints()} == set(found)


def test_they_are_made_once(place: Place) -> None:
    place.push(small())
    assert place.push(hostile()).constraints == 0


def test_full_text_search_finds_names_titles_and_aliases(place: Place) -> None:
    place.push(small())
    query = (
        "CALL db.index.fulltext.queryNodes('kg_names', $text) YIELD node "
        "WHERE node.kg = $kg RETURN node.id ORDER BY node.id"
    )
    place.rows("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    assert place.rows(query, text="adaptation") == [("method/lora",)]
    assert ("paper/bench",) in place.rows(query, text="revisited")


def test_the_same_id_twice_is_refused_by_the_server(place: Place) -> None:
    place.push(small())
    with pytest.raises(neo4j.exceptions.ConstraintError):
        place.rows("CREATE (:Method {id: 'method/lora', kg: $kg})")


def test_matches_by_id_use_the_index(place: Place) -> None:
    place.push(small())
    _, summary, _ = place.driver.execute_query(
        "EXPLAIN MATCH (m:Method {id: $id, kg: $kg}) RETURN m", id="x", kg=place.namespace
    )
    assert "NodeUniqueIndexSeek" in str(summary.plan)
