"""Hostile content never runs and nothing is ever asked of the network, in a real browser."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest

from kg.graph import Graph
from kg.tables import SCHEMAS, Tables
from tests.export.html.conftest import Visit
from tests.export.html.graphs_for_pages import library
from tests.export.html.hostile_strings import STRINGS
from tests.graphs import of_strings, relation

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]
DEAD_DNS = "--host-resolver-rules=MAP * ~NOTFOUND"


def hostile_graph() -> Graph:
    """Every string as title, name, alias, evidence, organisation, id, address and code repository."""
    graph = of_strings([text.replace("\x00", "") for text in STRINGS])
    rows = {name: getattr(graph.tables, name).to_pylist() for name in SCHEMAS}
    renamed = {row["id"]: f"paper/{STRINGS[int(row['id'][7:])]}{row['id'][7:]}" for row in rows["papers"]}
    for row in rows["papers"]:
        row["url"] = row["arxiv_id"] = STRINGS[int(row["id"][7:])]
    for row in rows["entities"]:
        row["url"] = row["name"]
    for table, columns in (("papers", ("id",)), ("links", ("source",)), ("evidence", ("paper",))):
        for row in rows[table]:
            for column in columns:
                row[column] = renamed[row[column]]
    first, second = rows["entities"][0]["id"], rows["entities"][1]["id"]
    rows["relations"] = [relation(first, "BASED_ON", second, "paper/__proto__", rule="<script>alert(1)</script>")]
    return Graph(Tables.from_rows(**rows))


def test_there_are_enough_of_them() -> None:
    assert len(set(STRINGS)) >= 40


def test_hostile_content_is_text_wherever_it_stands(visit: Open) -> None:
    seen = visit(hostile_graph(), arguments=(DEAD_DNS,))
    page = seen.page
    elements = page.evaluate("() => document.querySelectorAll('script, img, iframe, svg script, object, embed').length")
    graph = hostile_graph()
    for row in [*graph.papers.to_pylist(), *graph.entities.to_pylist()]:
        page.evaluate("(id) => { location.hash = 'node=' + encodeURIComponent(id) }", row["id"])
        page.wait_for_timeout(15)
    addresses = page.evaluate("() => [...document.querySelectorAll('a[href]')].map((a) => a.protocol)")
    assert set(addresses) <= {"https:", "http:"}
    for setting in ("isolate=1", "view=year"):
        page.evaluate(
            "(text) => { location.hash = text }", f"{setting}&node={quote(graph.papers.to_pylist()[0]['id'])}"
        )
    for text in STRINGS[:44]:
        page.fill("#search", text[:200])
    page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    assert (
        page.evaluate("() => document.querySelectorAll('script, img, iframe, svg script, object, embed').length")
        == elements
    )
    assert page.evaluate("() => Object.keys(Object.prototype).length") == 0
    assert seen.troubles == []
    assert [address for address in seen.requests if not address.startswith("file:")] == []


def test_every_hostile_thing_can_be_read(visit: Open) -> None:
    seen = visit(hostile_graph())
    for wanted in ("__proto__", "constructor", "<svg onload=alert(1)>", "שלום עולם"):
        seen.page.keyboard.press("Escape")
        seen.find(wanted)
        assert wanted in seen.title
    assert seen.troubles == []


@pytest.mark.parametrize(
    "fragment",
    [
        "node=<img src=x onerror=alert(1)>",
        "node=__proto__",
        "node=constructor",
        "node=%",
        "node=%E0%A4%A",
        "%00",
        "node",
        "path=a\tb\tc",
        "compare=" + "x%09" * 900,
        "sure=NaN&from=1e99&to=-Infinity&hops=99&way=-3",
        "hide=__proto__ constructor",
        "without=toString",
        "theme=javascript:alert(1)",
        "view=<script>",
        "link=a%09b%09c",
        "q=" + "🦙" * 3000,
        "a=b=c&&&===",
        "isolate=1",
        "isolate=1&comparing=1&path=paper%2Fp1",
        "node=method%2Fpebble&path=method%2Fpebble%09method%2Fpebble",
    ],
)
def test_hostile_addresses_open_the_page(visit: Open, fragment: str) -> None:
    seen = visit(library(), fragment)
    assert seen.page.get_attribute("html", "data-failed") is None
    assert seen.drawn()[0] > 0
    assert seen.troubles == []


def test_inline_script_that_gets_in_all_the_same_is_refused(visit: Open) -> None:
    seen = visit(library())
    seen.page.evaluate(
        "() => { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hit=1\">') }"
    )
    seen.page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.hit=1'; document.body.append(s) }"
    )
    seen.page.wait_for_timeout(200)
    assert seen.page.evaluate("() => window.hit") is None
    refused = " ".join(seen.troubles)
    assert "Content Security Policy" in refused


def test_no_request_with_dns_dead(visit: Open) -> None:
    seen = visit(library(), arguments=(DEAD_DNS,))
    use(seen)
    assert [address for address in seen.requests if not address.startswith("file:")] == []
    assert len(seen.requests) == 1


@pytest.fixture
def silent_host() -> Iterator[tuple[int, list[bytes]]]:
    """A host that takes calls and never answers, and what the callers said."""
    calls: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        stop = threading.Event()

        def listen() -> None:
            held = []
            while not stop.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                held.append(connection)
                connection.settimeout(1)
                calls.append(connection.recv(4096))
            for connection in held:
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], calls
        stop.set()
        thread.join()


def test_no_request_to_a_host_that_never_answers(visit: Open, silent_host: tuple[int, list[bytes]]) -> None:
    port, calls = silent_host
    seen = visit(library(), arguments=(f"--host-resolver-rules=MAP * 127.0.0.1:{port}",))
    use(seen)
    assert [call for call in calls if b"google" not in call] == []  # Chromium itself calls home
    assert len(seen.requests) == 1


def use(seen: Visit) -> None:
    """Do a little of everything."""
    seen.find("Pebble")
    seen.page.click("#isolate")
    seen.page.click("#expand")
    seen.page.click("#view-year")
    seen.page.click("#theme")
    seen.page.click("#home")
    seen.page.wait_for_timeout(150)
