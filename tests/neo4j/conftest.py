"""A Neo4j server for the tests, and for each test a graph of its own name in it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import neo4j
import pytest

from kg import Graph
from kg.neo4j import Summary, pull, push
from kg.tables import Tables

from . import servers


@pytest.fixture(scope="session")
def access() -> Iterator[servers.Access]:
    """A server that answers; its database may hold other things."""
    with servers.any_server() as found:
        yield found


@dataclass
class Place:
    """Where one test pushes to: the shared server, under a name nobody else uses."""

    access: servers.Access
    driver: neo4j.Driver
    namespace: str

    def push(self, graph: Graph, **options: Any) -> Summary:
        return push(graph, *self.access.arguments, namespace=self.namespace, **options)

    def pull(self) -> Tables:
        return pull(*self.access.arguments, namespace=self.namespace)

    def rows(self, query: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """Rows of a query in which ``$kg`` is the namespace."""
        records, _, _ = self.driver.execute_query(query, kg=self.namespace, **parameters)
        return [tuple(record) for record in records]


@pytest.fixture
def place(access: servers.Access) -> Iterator[Place]:
    auth = (access.user, access.password) if access.password else None
    name = f"test-{uuid.uuid4().hex[:12]}"
    with neo4j.GraphDatabase.driver(access.uri, auth=auth, notifications_min_severity="OFF") as driver:
        found = Place(access, driver, name)
        yield found
        found.rows("MATCH (n) WHERE n.kg = $kg OR n.test = $kg DETACH DELETE n")
        found.rows("MATCH (g:KgGraph {name: $kg}) DETACH DELETE g")
