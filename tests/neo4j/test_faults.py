"""What goes wrong between us and a server is said clearly, and mended by running again."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import neo4j
import pytest

from kg import Graph
from kg.errors import SchemaError, ServerError
from kg.neo4j import pull, push
from kg.neo4j.server import check_version
from kg.tables import Tables
from tests.graphs import HOSTILE, entity, hostile, link, paper, small

from . import servers
from .conftest import Place


def test_no_server_is_an_error_within_five_seconds_that_names_uri_and_mend() -> None:
    uri = f"bolt://127.0.0.1:{servers.script().free_port()}"
    started = time.monotonic()
    with pytest.raises(ServerError, match=rf"{uri}.*no Neo4j server answers.*NEO4J_URI"):
        push(small(), uri, "neo4j", "password")
    assert time.monotonic() - started < 5


def test_a_port_that_never_answers_is_an_error_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        with pytest.raises(ServerError, match="no Neo4j server answers"):
            push(small(), f"bolt://127.0.0.1:{silent.getsockname()[1]}")
        assert time.monotonic() - started < 6


@pytest.mark.parametrize(
    "uri", ["http://localhost:7474", "localhost:7687", "bolt://", "bolt://localhost:port", "bolt://no.such.host"]
)
def test_what_is_no_uri_of_neo4j_is_an_error(uri: str) -> None:
    with pytest.raises(ServerError):
        push(small(), uri)


@pytest.mark.parametrize("version", ["4.4.40", "3.5.35"])
def test_an_old_version_is_refused_by_what_it_lacks(version: str) -> None:
    with pytest.raises(ServerError, match=rf"Neo4j {version} lacks range indexes"):
        check_version(version, "bolt://localhost")


@pytest.mark.parametrize("version", ["5.0.0", "5.26.30", "2025.10.1", ""])
def test_a_newer_version_is_taken(version: str) -> None:
    check_version(version, "bolt://localhost")


@pytest.mark.neo4j
def test_a_wrong_password_is_said_so(access: servers.Access) -> None:
    if not access.password:
        pytest.skip("this server asks for no password")
    with pytest.raises(ServerError, match=r"password refused.*NEO4J_PASSWORD"):
        push(small(), access.uri, access.user, "wrong")


@pytest.mark.neo4j
def test_a_server_without_tls_is_said_so(access: servers.Access) -> None:
    secure = access.uri.replace("bolt://", "bolt+s://")
    if secure == access.uri:
        pytest.skip("this server speaks TLS")
    with pytest.raises(ServerError, match="TLS"):
        push(small(), secure, access.user, access.password)


@pytest.mark.neo4j
def test_an_unknown_database_is_said_so(place: Place) -> None:
    with pytest.raises(ServerError, match="nosuchdb"):
        place.push(small(), database="nosuchdb")


@pytest.mark.neo4j
@pytest.mark.parametrize("name", ["Paper`) DETACH DELETE (n", *HOSTILE])
def test_a_type_that_is_not_in_the_schema_never_reaches_the_server(place: Place, name: str) -> None:
    odd = [entity("method/odd", name, "odd")]
    links = [link("paper/p", name, "paper/p")]
    with pytest.raises(SchemaError, match="no such node or link type"):
        place.push(Graph(Tables.from_rows(entities=odd)))
    with pytest.raises(SchemaError, match="no such node or link type"):
        place.push(Graph(Tables.from_rows(papers=[paper("p", "P", "")], links=links)))


@pytest.mark.neo4j
def test_a_deadlock_with_another_writer_is_overcome(place: Place) -> None:
    place.push(small())
    newer = renamed(small())
    lock = "MATCH (m:Method {kg: $kg, id: $id}) SET m.locked = true"
    with place.driver.session() as session:
        other = session.begin_transaction()
        other.run(lock, kg=place.namespace, id="method/tinytune").consume()
        pushing = threading.Thread(target=place.push, args=(newer,))
        pushing.start()
        time.sleep(3)
        try:
            other.run(lock, kg=place.namespace, id="method/lora").consume()
            other.commit()
        except neo4j.exceptions.TransientError:
            other.close()
        pushing.join()
    assert place.rows("MATCH (m:Method {kg: $kg}) RETURN m.name ORDER BY m.name") == [("LoRA!",), ("TinyTune!",)]


def renamed(graph: Graph) -> Graph:
    rows = graph.entities.to_pylist()
    for row in rows:
        row["name"] += "!"
    return Graph(replace(graph.tables, entities=Tables.from_rows(entities=rows).entities))


@pytest.fixture(scope="module")
def fragile() -> Iterator[Any]:
    with servers.own(settings={"db.lock.acquisition.timeout": "1s"}) as server:
        yield server


@pytest.mark.neo4j
def test_a_server_killed_in_the_middle_is_completed_by_the_next_push(fragile: Any) -> None:
    fragile.start()

    def kill(stage: str, done: int, total: int) -> None:
        if stage == "links" and done > total // 2 and fragile.process is not None:
            fragile.kill()

    with pytest.raises(ServerError, match=fragile.uri):
        push(small(), fragile.uri, progress=kill)
    fragile.start()
    with pytest.raises(ServerError, match="not finished"):
        pull(fragile.uri)
    summary = push(small(), fragile.uri)
    assert 0 < summary.links.created < 18
    assert pull(fragile.uri).digest() == small().digest
    assert not push(small(), fragile.uri).changed


@pytest.mark.neo4j
def test_a_lock_that_times_out_is_tried_again(fragile: Any) -> None:
    if fragile.process is None:
        fragile.start()
    push(small(), fragile.uri)
    with neo4j.GraphDatabase.driver(fragile.uri) as driver, driver.session() as session:
        other = session.begin_transaction()
        other.run("MATCH (m:Method {id: 'method/lora'}) SET m.locked = true").consume()
        release = threading.Timer(3, other.rollback)
        release.start()
        push(renamed(small()), fragile.uri)
        release.join()
    assert pull(fragile.uri).digest() == renamed(small()).digest


@pytest.mark.neo4j
def test_a_read_only_database_is_said_so_and_can_be_pulled(fragile: Any) -> None:
    if fragile.process is None:
        fragile.start()
    push(hostile(), fragile.uri)
    fragile.stop()
    fragile.settings = {"server.databases.default_to_read_only": "true"}
    fragile.start()
    with pytest.raises(ServerError, match="read-only"):
        push(small(), fragile.uri)
    assert pull(fragile.uri).digest() == hostile().digest
