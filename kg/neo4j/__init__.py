"""A graph in a Neo4j server: `push` writes it there, `pull` reads it back.

All we write is marked with a namespace property (`kg.neo4j.shape.MARK`), so that a database may
hold other people's data beside ours, and nothing of theirs is touched.
"""

from kg.neo4j._constraints import constraints
from kg.neo4j._pull import pull
from kg.neo4j._push import push
from kg.neo4j.summary import Summary

__all__ = ["Summary", "constraints", "pull", "push"]
