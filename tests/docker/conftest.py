"""The Neo4j server of `tests/neo4j`."""

from tests.neo4j.conftest import access

__all__ = ["access"]
