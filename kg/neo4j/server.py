"""A connection to a Neo4j server, and its failures in our words."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.errors import ServerError

if TYPE_CHECKING:
    from neo4j import Driver

OLDEST = (5, 0)
_CONNECT_SECONDS = 4.0
_RETRY_SECONDS = 20.0
_STARTING = "start it (docs/neo4j.md says how), or name another with --uri or NEO4J_URI"


@contextmanager
def connected(uri: str, user: str | None, password: str | None, database: str | None = None) -> Iterator[Driver]:
    """A driver whose server answers and is new enough; all its failures leave as `ServerError`."""
    if not re.match(r"(bolt|neo4j)(\+s|\+ssc)?://.", uri):
        raise ServerError("not a Neo4j URI", where=uri, mend="for example bolt://localhost:7687, neo4j+s://… for Aura")
    auth = (user or "neo4j", password) if password else None
    with explained(uri):
        driver = _driver(uri, auth)
        with driver:
            check_version(_version(driver, database, uri), uri)
            yield driver


def _driver(uri: str, auth: tuple[str, str] | None) -> Driver:
    import neo4j

    try:
        return neo4j.GraphDatabase.driver(
            uri,
            auth=auth,
            connection_timeout=_CONNECT_SECONDS,
            connection_acquisition_timeout=_CONNECT_SECONDS,
            max_transaction_retry_time=_RETRY_SECONDS,
            notifications_min_severity="OFF",
            user_agent="kg",
        )
    except ValueError as error:
        raise ServerError(f"not a Neo4j URI: {error}", where=uri, mend="for example bolt://localhost:7687") from error


def check_version(version: str, uri: str) -> None:
    """Refuse a server that lacks what we use.

    >>> check_version("4.4.40", "bolt://localhost")
    Traceback (most recent call last):
    ...
    kg.errors.ServerError: bolt://localhost: Neo4j 4.4.40 lacks range indexes, EXISTS subqueries (use 5.0 or newer)
    """
    found = re.match(r"(\d+)\.(\d+)", version)
    if found is not None and (int(found[1]), int(found[2])) < OLDEST:
        raise ServerError(
            f"Neo4j {version} lacks range indexes, EXISTS subqueries",
            where=uri,
            mend=f"use {OLDEST[0]}.{OLDEST[1]} or newer",
        )


@contextmanager
def explained(uri: str) -> Iterator[None]:
    """Turn failures of the driver and the server into `ServerError` with the URI and a mend."""
    from neo4j.exceptions import ConfigurationError, DriverError, Neo4jError

    try:
        yield
    except Neo4jError as error:
        raise _refused(error.code or "", error.message or str(error), uri) from error
    except ConfigurationError as error:
        raise ServerError(f"not a Neo4j URI: {error}", where=uri, mend="for example bolt://localhost:7687") from error
    except DriverError as error:
        raise _unreachable(error, uri) from error
    except OSError as error:
        raise ServerError(f"cannot be reached: {error}", where=uri, mend=_STARTING) from error


def _version(driver: Driver, database: str | None, uri: str) -> str:
    try:
        driver.verify_connectivity()
    except ValueError as error:  # the driver's word for a host or port that does not resolve
        raise ServerError(f"no Neo4j server answers: {error}", where=uri, mend=_STARTING) from error
    records, _, _ = driver.execute_query(
        "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0]",
        database_=database,
    )
    return str(records[0][0]) if records else ""


def _unreachable(error: BaseException, uri: str) -> ServerError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError) or "encrypt" in str(cause).lower():
            mend = "use bolt:// or neo4j:// for a server without TLS, or the +ssc form for a certificate of your own"
            return ServerError(f"no TLS connection: {cause}", where=uri, mend=mend)
        cause = cause.__cause__ or cause.__context__
    secure = re.match(r"(bolt|neo4j)\+s", uri)
    text = str(error).splitlines()[0] if str(error) else type(error).__name__
    if secure and "closed" in text:
        return ServerError(f"no TLS connection: {text}", where=uri, mend="use bolt:// for a server without TLS")
    return ServerError(f"no Neo4j server answers: {text}", where=uri, mend=_STARTING)


# The part of a status code that tells the case, what to say, what to do.
_REFUSALS = (
    (
        "Security.Unauthorized",
        "user or password refused",
        "set --user and --password, or NEO4J_USER and NEO4J_PASSWORD",
    ),
    ("AuthenticationRateLimit", "too many wrong passwords; the server waits", "try again in a few seconds"),
    ("CredentialsExpired", "the first password must be changed", "change it in Neo4j Browser or cypher-shell"),
    ("Security.Forbidden", "the user may not write here", "use a user with the role editor or admin"),
    ("ReadOnly", "the database is read-only", "make it writable, or name another with --database"),
    ("WriteOnReadOnlyAccess", "the database is read-only", "make it writable, or name another with --database"),
    ("DatabaseNotFound", "no such database", "Neo4j Community has one, called neo4j"),
    ("DatabaseUnavailable", "the database is not started", "wait, or START DATABASE"),
    ("Statement.SyntaxError", "this version does not know a statement we use", "use Neo4j 5.0 or newer"),
    ("Schema.", "a constraint or index cannot be made", "SHOW CONSTRAINTS and SHOW INDEXES say what is there"),
    ("OutOfMemory", "the server has too little memory for a transaction", "raise dbms.memory.transaction.total.max"),
    ("TransientError", "the server is busy and stayed so", "run it again; what was written stays, nothing is doubled"),
)


def _refused(code: str, message: str, uri: str) -> ServerError:
    first = message.splitlines()[0] if message else code
    for part, said, mend in _REFUSALS:
        if part in code:
            return ServerError(f"{said}: {first} [{code}]", where=uri, mend=mend)
    return ServerError(f"{first} [{code}]", where=uri, mend="run it again; what was written stays, nothing is doubled")
