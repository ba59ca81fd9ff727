"""Push speed on a real server, beside the plain ways and the server's own import:  python bench/bench_neo4j.py [SHARE]

One run on one server (`scripts/neo4j/server.py`, or ``NEO4J_URI``): 100,000 nodes and 300,000 links (times SHARE)
pushed into an empty database, pushed again, then a sample of the same links by one ``session.run`` each and by an
``UNWIND`` without labels, and all of it by ``neo4j-admin database import full``. Rates are items a second of wall time;
CPU seconds tell what they would be on an idle machine.
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
LINK = (
    "UNWIND $rows AS row MATCH (a {id: row.source}) MATCH (b {id: row.target}) "
    "MERGE (a)-[r:PLAIN {key: row.set.key}]->(b) SET r += row.set"
)


def main(share: float) -> None:
    graph = synthetic.graph(int(NODES * share), int(LINKS * share))
    items = sum(1 for _ in shape.nodes(graph.tables)) + graph.links.num_rows
    print(f"{items:,} items, each link with a sentence as evidence")
    server = _script().temporary()
    server.jvm = ("-Xmx2g",)
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        graph.save(folder)
        try:
            with timed("bulk import (no constraints)", items, None) as report:
                neo4j_csv.write(graph, Path(folder) / "neo4j")
                report("CSV written")
                _import(server, Path(folder) / "neo4j")
            _forget(server)
            server.start()
            rate = _pushes(folder, items, server.uri, server.process.pid)
            with neo4j.GraphDatabase.driver(server.uri, notifications_min_severity="OFF") as driver:
                _plain(graph, driver, server.process.pid, rate)
            server.stop()
            _forget(server)
            server.start()
            synthetic.graph(int(NODES * share), int(LINKS * share), evidence=False).save(folder)
            print("the same links without evidence:")
            _pushes(folder, items, server.uri, server.process.pid)
        finally:
            server.remove()


def _pushes(folder: str, items: int, uri: str, pid: int) -> float:
    """Push twice, each from a process of its own, whose memory is then what a push takes."""
    rate = 0.0
    for name in ("first push", "second push"):
        with timed(name, items, pid):
            started = time.monotonic()
            subprocess.run([sys.executable, __file__, "--push", folder, uri], check=True)
            rate = rate or items / (time.monotonic() - started)
    print(f"    wanted at the first: {WANTED:,} items/s, less than 500 MB")
    return rate


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


def _forget(server: Any) -> None:
    import shutil

    shutil.rmtree(server.home / "data")
    (server.home / "data").mkdir()


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
