"""Write a graph into Neo4j, so that running it again changes nothing.

Constraints first; then rows grouped by label, and by (label, type, label), in batches of 5,000
with labelled, indexed matches; links merged by key; managed transactions (retried by the driver);
then our own nodes and links that are no longer in the graph are deleted. One writer, but where
nothing of ours is yet: two that only create take their locks in the same order, and one keeps
the server busy while the other packs.
Labels, types and property names come from the schema, all else is parameters: nothing that
stands in a paper can become Cypher.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any

from kg.batches import Batch, batches
from kg.collecting import uncollected
from kg.errors import GraphError, ServerError
from kg.neo4j import shape, statements
from kg.neo4j._constraints import FULLTEXT, Constraint, constraints
from kg.neo4j.sending import sent
from kg.neo4j.server import connected
from kg.neo4j.stale import count_nodes, delete_stale
from kg.neo4j.statements import Statement
from kg.neo4j.summary import Counts, Summary

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction, Session

    from kg.graph import Graph
    from kg.model import Link, Node

Progress = Callable[[str, int, int], None]
BATCH = 5000
_WRITERS = 2

_SHOW = ("SHOW CONSTRAINTS YIELD name", "SHOW INDEXES YIELD name")
_AWAIT = "CALL db.awaitIndexes(600)"
_DESCRIBE = f"MERGE (g:{shape.GRAPH} {{name: $set.name}}) SET g += $set"


def push(
    graph: Graph,
    uri: str,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
    progress: Progress | None = None,
    *,
    namespace: str = shape.NAMESPACE,
) -> Summary:
    """Make the server at ``uri`` hold ``graph``, beside whatever else it holds.

    ``progress(stage, done, total)`` is called after each batch. Graphs of other ``namespace``
    live side by side in one database.

    Raises `ServerError` when the server is not there, refuses, or fails half-way; running it again
    then completes it.

    >>> push(graph, "bolt://localhost:7687", "neo4j", "password")  # doctest: +SKIP
    """
    started = time.monotonic()
    summary = Summary(uri)
    with connected(uri, user, password, database) as driver, ExitStack() as opened:
        sessions = [opened.enter_context(session) for session in _sessions(driver, database)]
        session = sessions[0]
        missing = _missing(session)
        summary.constraints = len(missing)
        _create(session, [one for one in missing if one.name != FULLTEXT])
        writer = _Writer(sessions, namespace, progress or _silent, summary)
        session.execute_write(_run, _DESCRIBE, set=shape.description(graph.tables, namespace, complete=False))
        with uncollected():
            writer.nodes(graph)
            # Over nodes that are there it costs a third of what it does while they come.
            _create(session, [one for one in missing if one.name == FULLTEXT])
            writer.links(graph)
        session.run(_AWAIT).consume()
        delete_stale(session, graph.tables, namespace, summary)
        session.execute_write(_run, _DESCRIBE, set=shape.description(graph.tables, namespace, complete=True))
    summary.seconds = time.monotonic() - started
    return summary


class _Writer:
    """Sends batches and counts what they did."""

    def __init__(self, sessions: list[Session], namespace: str, progress: Progress, summary: Summary) -> None:
        self._namespace = namespace
        self._progress = progress
        self._summary = summary
        self._labels: dict[str, str] = {}
        self._fresh = count_nodes(sessions[0], namespace) == 0
        self._sessions = sessions if self._fresh else sessions[:1]

    def nodes(self, graph: Graph) -> None:
        """Write all nodes."""
        tables = graph.tables
        total = tables.papers.num_rows + tables.entities.num_rows + tables.results.num_rows
        self._all("nodes", self._node_batches(graph), total, self._summary.nodes)

    def links(self, graph: Graph) -> None:
        """Write all links; the nodes are there."""
        tables, results = graph.tables, graph.tables.results
        total = tables.links.num_rows + tables.relations.num_rows
        total += 4 * results.num_rows - results["metric"].null_count
        self._all("links", self._link_batches(graph), total, self._summary.links)

    def _all(self, stage: str, work: Iterable[tuple[Statement, Batch]], total: int, counts: Counts) -> None:
        done = 0
        # Closed before the sessions are, whatever is raised here: one of them may still be at work.
        with closing(sent(work, self._sessions, self._send)) as answers:
            for (_, batch), (found, created, updated) in answers:
                rows = len(batch.rows)
                if found != rows:
                    missing = f"{rows - found} of {rows} {stage} found no place"
                    mend = "somebody else writes here too; run it again"
                    raise ServerError(missing, where=self._summary.uri, mend=mend)
                batch.rows.clear()  # the driver's objects hold on to what was sent until cycles are collected
                counts.created += created
                counts.updated += updated
                counts.unchanged += rows - created - updated
                done += rows
                self._progress(stage, done, total)

    def _send(self, session: Session, work: tuple[Statement, Batch]) -> tuple[int, int, int]:
        return session.execute_write(self._write_once(), *work)

    def _write_once(self) -> Callable[..., tuple[int, int, int]]:
        """A transaction that creates at the first try where nothing of ours was, and merges at any other.

        A try may have been committed although its answer was lost; merging then doubles nothing.
        """
        attempt = itertools.count()

        def write(transaction: ManagedTransaction, statement: Statement, batch: Batch) -> tuple[int, int, int]:
            first = next(attempt) == 0
            blank = dict.fromkeys(statement.names)
            names = [*statement.names, shape.MARK]
            parameters = {"rows": batch.rows, "names": names, "blank": blank, "mark": self._namespace}
            result = transaction.run(statement.create if first and self._fresh else statement.merge, parameters)
            record = result.single(strict=True)
            counters = result.consume().counters
            return record["found"], counters.nodes_created + counters.relationships_created, record["updated"]

        return write

    def _node_batches(self, graph: Graph) -> Iterator[tuple[Statement, Batch]]:
        for batch in batches(map(self._node, shape.nodes(graph.tables)), BATCH):
            yield statements.nodes(*batch.group), batch

    def _link_batches(self, graph: Graph) -> Iterator[tuple[Statement, Batch]]:
        for batch in batches(map(self._link, shape.links(graph.tables)), BATCH):
            yield statements.links(*batch.group), batch

    def _node(self, node: Node) -> tuple[tuple[str, ...], dict[str, Any]]:
        self._labels[node.id] = node.label
        return (node.label,), {**node.properties, shape.MARK: self._namespace}

    def _link(self, link: Link) -> tuple[tuple[str, ...], dict[str, Any]]:
        try:
            group = (self._labels[link.source], link.type, self._labels[link.target])
        except KeyError as error:
            raise GraphError(f"a link to {error}, which is no node", where=link.key, mend="build again") from error
        properties = {**link.properties, shape.MARK: self._namespace}
        return group, {"source": link.source, "target": link.target, "set": properties}


def _sessions(driver: Driver, database: str | None) -> list[Session]:
    """The sessions of the writers; each sees what the others wrote, also where several servers keep it."""
    import neo4j

    known = neo4j.GraphDatabase.bookmark_manager()
    return [driver.session(database=database, bookmark_manager=known) for _ in range(_WRITERS)]


def _missing(session: Session) -> list[Constraint]:
    """The constraints and indexes that are not there yet."""
    there = {record["name"] for query in _SHOW for record in session.run(query)}
    return [one for one in constraints() if one.name not in there]


def _create(session: Session, wanted: list[Constraint]) -> None:
    if wanted:
        session.execute_write(_run_all, [one.cypher for one in wanted])


def _run_all(transaction: ManagedTransaction, queries: Iterable[str]) -> None:
    for query in queries:
        transaction.run(query).consume()


def _run(transaction: ManagedTransaction, /, cypher: str, **parameters: Any) -> None:
    transaction.run(cypher, parameters).consume()


def _silent(stage: str, done: int, total: int) -> None:
    """Progress for nobody."""
