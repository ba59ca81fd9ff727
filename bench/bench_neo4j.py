"""Push speed on a real server, beside the plain ways and the server's own import:  python bench/bench_neo4j.py [SHARE]

One run on servers of `scripts/neo4j/server.py`: 100,000 nodes and 300,000 links (times SHARE) are pushed into the
empty database of a server just started, whose Java is still compiling itself, pushed again, then a sample of the same
links by one ``session.run`` each and by an ``UNWIND`` without labels; then the database is emptied and they are pushed
into it anew, as into a server that has been at work. Beside it a plain script in the same manner (labels, indexes,
``UNWIND``, ``MERGE``) that keeps three properties of a link, and all by ``neo4j-admin database import full``. Rates are
items a second of wall time; CPU seconds tell what they would be on an idle machine.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import neo4j

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "bench"))

import synthetic  # noqa: E402

from kg import Graph  # noqa: E402
from kg.export.formats import neo4j_csv  # noqa: E402
from kg.neo4j import push, shape  # noqa: E402

NODES, LINKS = 100_000, 300_000
WANTED = 18_000
ONE_BY_ONE = 1_500
WITHOUT_LABELS = 400
SCRIPT = (
    "UNWIND $rows AS row MATCH (a:{0} {{id: row.source}}) MATCH (b:{2} {{id: row.target}}) "
    "MERGE (a)-[r:{1} {{key: row.key}}]->(b) SET r += row.set"
)
LINK = (
    "UNWIND $rows AS row MATCH (a {id: row.source}) MATCH (b {id: row.target}) "
    "MERGE (a)-[r:PLAIN {key: row.set.key}]->(b) SET r += row.set"
)


def main(share: float) -> None:
    graph = synthetic.graph(int(NODES * share), int(LINKS * share))
    items = sum(1 for _ in shape.nodes(graph.tables)) + graph.links.num_rows
    print(f"{items:,} items, each link with a sentence as evidence")
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        graph.save(folder)
        with _server() as server, timed("bulk import (no constraints)", items, None) as report:
            neo4j_csv.write(graph, Path(folder) / "neo4j")
            report("CSV written")
            _import(server, Path(folder) / "neo4j")
        with _started() as server:
            _pushes(folder, items, server, graph)
        with _started() as server, timed("plain script, server just started", items, server.process.pid):
            _plain_script(graph, server.uri)
        synthetic.graph(int(NODES * share), int(LINKS * share), evidence=False).save(folder)
        print("the same links without evidence:")
        with _started() as server:
            _pushes(folder, items, server, None)


def _pushes(folder: str, items: int, server: Any, sample: Any) -> None:
    """Push into a server just started, again, and anew once it has been at work; other ways on a ``sample`` between."""
    rate = _push("first push, server just started", folder, items, server)
    _push("second push", folder, items, server)
    with neo4j.GraphDatabase.driver(server.uri, notifications_min_severity="OFF") as driver:
        if sample is not None:
            _plain(sample, driver, server.process.pid, rate)
        _empty(driver)
    _push("first push, server at work", folder, items, server)
    print(f"    wanted: {WANTED:,} items/s, less than 500 MB")


def _push(name: str, folder: str, items: int, server: Any) -> float:
    """Push from a process of its own, whose memory is then what a push takes; items a second."""
    with timed(name, items, server.process.pid):
        started = time.monotonic()
        subprocess.run([sys.executable, __file__, "--push", folder, server.uri], check=True)
        return items / (time.monotonic() - started)


def push_only(folder: str, uri: str) -> None:
    """What `kg push` does, with a line about memory and time."""
    summary = push(Graph.load(folder), uri)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(f"    {summary}")
    # `ru_maxrss` would count what the parent held when this process was made of it.
    peak = int(Path("/proc/self/status").read_text(encoding="utf-8").partition("VmHWM:")[2].split()[0]) / 1024
    print(f"    client: {peak:.0f} MB, {usage.ru_utime + usage.ru_stime:.1f} s of CPU")


def _plain(graph: Any, driver: neo4j.Driver, pid: int, rate: float) -> None:
    """The ways of peers, on a sample; they find both ends without a label, hence without an index."""
    rows = [
        {"source": link.source, "target": link.target, "set": dict(link.properties)}
        for link in itertools.islice(shape.links(graph.tables), ONE_BY_ONE)
    ]
    with driver.session() as session:
        for name, sample, run in (
            ("one session.run a link", rows, lambda: [session.run(_labelled(row), row=row).consume() for row in rows]),
            (
                "UNWIND without labels",
                rows[:WITHOUT_LABELS],
                lambda: session.run(LINK, rows=rows[:WITHOUT_LABELS]).consume(),
            ),
        ):
            started = time.monotonic()
            with timed(name, len(sample), pid):
                run()
            print(f"    a push is {rate / (len(sample) / (time.monotonic() - started)):.0f} times as fast")


def _plain_script(graph: Graph, uri: str) -> None:
    """What one would write by hand: an index a label, 5,000 rows at a time, merged; three properties a link."""
    labels: dict[str, str] = {}
    nodes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    links: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for node in shape.nodes(graph.tables):
        labels[node.id] = node.label
        nodes[node.label].append({"id": node.id, "name": node.properties["name"]})
    for link in shape.links(graph.tables):
        said = {name: link.properties[name] for name in ("confidence", "sentence")}
        row = {"source": link.source, "target": link.target, "key": link.key, "set": said}
        links[labels[link.source], link.type, labels[link.target]].append(row)
    with neo4j.GraphDatabase.driver(uri, notifications_min_severity="OFF") as driver, driver.session() as session:
        for label in nodes:
            session.run(f"CREATE CONSTRAINT FOR (n:{label}) REQUIRE n.id IS UNIQUE").consume()
        work = [(f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n += row", nodes[label]) for label in nodes]
        work += [(SCRIPT.format(*group), links[group]) for group in links]
        for cypher, rows in work:
            for at in range(0, len(rows), 5000):
                session.execute_write(_consumed, cypher, rows[at : at + 5000])


def _consumed(transaction: neo4j.ManagedTransaction, cypher: str, rows: list[dict[str, Any]]) -> None:
    transaction.run(cypher, rows=rows).consume()


def _empty(driver: neo4j.Driver) -> None:
    """Delete all that is there, with constraints and indexes."""
    with driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
        for name in [record[0] for record in session.run("SHOW CONSTRAINTS YIELD name")]:
            session.run(f"DROP CONSTRAINT {name}").consume()
        for name in [record[0] for record in session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'")]:
            session.run(f"DROP INDEX {name}").consume()


def _labelled(row: dict[str, Any]) -> str:
    target = row["target"].split("/")[0].capitalize()
    return (
        f"MATCH (a:Paper {{id: $row.source, kg: 'mlkg'}}) MATCH (b:{target} {{id: $row.target, kg: 'mlkg'}}) "
        "MERGE (a)-[r:PLAIN {key: $row.set.key}]->(b) SET r += $row.set"
    )


@contextmanager
def timed(name: str, items: int, pid: int | None) -> Iterator[Callable[[str], None]]:
    """Print rate, wall and CPU time of what is done inside."""
    started, own, other = time.monotonic(), time.process_time(), _cpu(pid)
    yield lambda step: print(f"    {step} after {time.monotonic() - started:.1f} s")
    wall, own, other = time.monotonic() - started, time.process_time() - own, _cpu(pid) - other
    print(f"{name}: {items / wall:,.0f} items/s ({wall:.1f} s; CPU: ours {own:.1f} s, the server's {other:.1f} s)")


def _cpu(pid: int | None) -> float:
    if pid is None:
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _import(server: Any, folder: Path) -> None:
    server.prepare()
    script = (folder / "import.sh").read_text(encoding="utf-8").replace('"$here', f'"{folder}')
    options = [line.strip(" \\").replace('"', "") for line in script.splitlines() if line.startswith("  --")]
    server.admin("database", "import", "full", "neo4j", *options)


@contextmanager
def _server() -> Iterator[Any]:
    """A server of its own, not started; it goes when done."""
    server = _script().temporary()
    server.jvm = ("-Xmx2g",)
    try:
        yield server
    finally:
        server.remove()


@contextmanager
def _started() -> Iterator[Any]:
    with _server() as server:
        yield server.start()


def _script() -> Any:
    spec = importlib.util.spec_from_file_location("kg_neo4j_server", ROOT / "scripts" / "neo4j" / "server.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    if sys.argv[1:2] == ["--push"]:
        push_only(*sys.argv[2:])
    else:
        main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
