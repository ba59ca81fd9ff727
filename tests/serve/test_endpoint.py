"""The endpoint keeps to the SPARQL 1.1 Protocol, as curl and SPARQLWrapper see it, and lets only questions in."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg.errors import MissingExtraError, ServerError
from kg.graph import Graph
from kg.query.ask import questions
from kg.serve import backend, endpoint
from tests.graphs import small

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not here")
NAMES = "SELECT ?name WHERE { ?m a kg:Method ; skos:prefLabel ?name } ORDER BY ?name"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with endpoint(Graph(small().tables, tmp_path_factory.mktemp("served")), timeout=20) as address:
        yield address


def curl(*arguments: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and body."""
    said = subprocess.run(["curl", "-s", "-i", "-m", "60", *arguments], capture_output=True, text=True, check=True)
    head, _, body = said.stdout.partition("\n\n")
    status, *lines = head.splitlines()
    headers = dict(line.split(": ", 1) for line in lines)
    return int(status.split()[1]), headers, body


def asked(address: str, query: str, *more: str) -> tuple[int, dict[str, str], str]:
    return curl(f"{address}query", "--data-urlencode", f"query={query}", *more)


@pytest.mark.parametrize(
    "way",
    [
        ["--get", "--data-urlencode", f"query={NAMES}"],
        ["--data-urlencode", f"query={NAMES}"],
        ["-H", "Content-Type: application/sparql-query", "--data", NAMES],
        ["-H", "Content-Type: application/sparql-query; charset=utf-8", "--data", NAMES],
    ],
    ids=["get", "form", "direct", "charset"],
)
def test_a_query_is_answered_however_it_comes(way: list[str], address: str) -> None:
    status, headers, body = curl(f"{address}query", *way, "-H", "Accept: application/sparql-results+json")
    assert (status, headers["Content-Type"]) == (200, "application/sparql-results+json")
    assert [row["name"]["value"] for row in json.loads(body)["results"]["bindings"]] == ["LoRA", "TinyTune"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
        ("text/tab-separated-values", ox.QueryResultsFormat.TSV),
    ],
)
def test_rows_come_in_every_result_format(accept: str, kind: ox.QueryResultsFormat, address: str) -> None:
    status, headers, body = asked(address, NAMES, "-H", f"Accept: {accept}")
    assert status == 200
    assert headers["Content-Type"].startswith(accept)
    assert [row["name"].value for row in ox.parse_query_results(body, format=kind)] == ["LoRA", "TinyTune"]


def test_rows_come_as_csv(address: str) -> None:
    assert asked(address, NAMES, "-H", "Accept: text/csv")[2].split() == ["name", "LoRA", "TinyTune"]


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_triples_come_in_every_format(accept: str, address: str) -> None:
    status, headers, body = asked(address, "CONSTRUCT WHERE { ?p kg:uses ?m }", "-H", f"Accept: {accept}")
    assert status == 200
    kind = ox.RdfFormat.from_media_type(headers["Content-Type"])
    assert len(list(ox.parse(body, format=kind))) == 2


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml"])
def test_yes_or_no_comes_in_both_formats(accept: str, address: str) -> None:
    body = asked(address, "ASK { method:lora ?p ?o }", "-H", f"Accept: {accept}")[2]
    said = json.loads(body)["boolean"] if accept.endswith("json") else ElementTree.fromstring(body)[-1].text == "true"
    assert said is True


# SPARQLWrapper reads what it gets with rdflib, and sets its own headers.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("way", ["urlencoded", "postdirectly"])
def test_sparqlwrapper_gets_rows_yes_and_triples(method: str, way: str, address: str) -> None:
    from SPARQLWrapper import JSON, TURTLE, SPARQLWrapper

    client = SPARQLWrapper(f"{address}query")
    client.setMethod(method)
    if method == "POST":
        client.setRequestMethod(way)
    client.setReturnFormat(JSON)
    client.setQuery(NAMES)
    assert [row["name"]["value"] for row in client.queryAndConvert()["results"]["bindings"]] == ["LoRA", "TinyTune"]
    client.setQuery("ASK { method:lora a kg:Method }")
    assert client.queryAndConvert()["boolean"] is True
    client.setReturnFormat(TURTLE)
    client.setQuery("CONSTRUCT WHERE { ?p kg:uses ?m }")
    assert client.queryAndConvert().count(b"ontology#uses") == 2


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["--data-urlencode", "query=SELECT ?x WHER {}"], 400, "did you mean WHERE?"),
        (["--data-urlencode", "query=ASK { ?p kg:usess ?m }"], 400, "no such term"),
        (["--data-urlencode", "query=ASK { SERVICE <http://localhost/> {} }"], 400, "no other server"),
        (["--data-urlencode", "query=CLEAR ALL"], 400, "only read"),
        (["--data-urlencode", "update=CLEAR ALL"], 403, "only read"),
        (["-H", "Content-Type: application/sparql-update", "--data", "CLEAR ALL"], 415, "sparql-query"),
        (["--data", "q=1"], 400, "no query"),
        (["--data-urlencode", "query=ASK {}", "--data-urlencode", "query=ASK {}"], 400, "more than one"),
        (["--data-urlencode", "query=ASK {}", "-H", "Accept: image/png"], 406, "accept"),
        (["--data", "query=%FF"], 400, ""),
        (["-H", "Content-Type: application/sparql-query", "--data-binary", "\udcff"], 400, "UTF-8"),
        (["-X", "DELETE"], 405, "GET and POST"),
        (["-X", "PUT", "--data", "x"], 405, "GET and POST"),
        (["-X", "OPTIONS"], 403, "other sites"),
        (["-H", "Host: evil.example", "--data-urlencode", "query=ASK {}"], 421, "localhost"),
        (["-H", "Content-Length: 99999999", "--data", "query=ASK"], 413, "bytes"),
    ],
)
def test_what_is_no_question_is_refused_with_its_reason(
    arguments: list[str], status: int, says: str, address: str
) -> None:
    found, headers, body = curl(f"{address}query", *arguments)
    assert found == status
    assert says in body
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize(("path", "status"), [("update", 403), ("store", 403), ("elsewhere", 404)])
def test_there_is_no_other_door(path: str, status: int, address: str) -> None:
    assert curl(f"{address}{path}", "--data", "update=CLEAR ALL")[0] == status
    assert asked(address, "ASK { method:lora ?p ?o }")[2].count("true") == 1


def test_one_connection_carries_several_questions(address: str) -> None:
    said = subprocess.run(
        ["curl", "-sv", f"{address}query?query=ASK%7B%7D", f"{address}query?query=ASK%7B%7D"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout.count("true") == 2
    assert re.search(r"Re-?us", said.stderr)


def test_a_query_that_does_not_end_is_ended_and_the_next_is_answered(tmp_path: Path) -> None:
    with endpoint(Graph(small().tables, tmp_path), timeout=1) as address:
        begun = time.monotonic()
        status, _, body = asked(address, ENDLESS)
        assert (status, "1 seconds" in body) == (504, True)
        assert time.monotonic() - begun < 30
        assert "true" in asked(address, "ASK {}")[2]


def test_other_sites_may_ask_only_when_let(tmp_path: Path) -> None:
    with endpoint(Graph(small().tables, tmp_path), cors=True) as address:
        assert asked(address, "ASK {}")[1]["Access-Control-Allow-Origin"] == "*"
        status, headers, _ = curl(f"{address}query", "-X", "OPTIONS")
        assert (status, headers["Access-Control-Allow-Methods"]) == (204, "GET, POST")


def test_the_page_offers_every_question_and_needs_nothing_from_elsewhere(address: str) -> None:
    status, headers, body = curl(address)
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert body.count("<option") == len(questions())
    assert not re.search(r"(src|href)=", body)
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_graph_without_a_folder_is_served_too() -> None:
    with endpoint(small()) as address:
        assert "TinyTune" in asked(address, NAMES)[2]


def test_a_port_that_is_taken_is_said_to_be(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServerError, match=str(port)), endpoint(small(), port=port):
            pass


def test_without_the_program_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend.shutil, "which", lambda *_args, **_more: None)
    with pytest.raises(MissingExtraError, match=r"kg\[serve\]"), endpoint(small()):
        pass


def test_it_ends_cleanly_when_told_to(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    small().tables.write(tmp_path / "tables")
    code = "import sys; from kg.graph import Graph; from kg.serve import serve; "
    code += "serve(Graph.load(sys.argv[1]), port=0, ready=lambda address: print(address, flush=True))"
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        address = child.stdout.readline().strip()
        assert "true" in asked(address, "ASK {}")[2]
        os.kill(child.pid, signal.SIGTERM)
        assert child.wait(30) == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", urlsplit(address).port or 0)) != 0
