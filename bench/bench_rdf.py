#!/usr/bin/env python3
"""RDF in figures, beside rdflib in the same run: ``python bench/bench_rdf.py [--links 100000]``.

CPU seconds of this process where a ratio or a rate is given, since the machine may be shared; wall seconds for stores
and questions. One process a measurement, over tables read from disk, so that memory is that of the work alone.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import synthetic  # noqa: E402

from kg.graph import Graph  # noqa: E402

POINT = "SELECT ?name ?papers WHERE { method:method-7 skos:prefLabel ?name ; kg:papers ?papers }"
HOP = "SELECT ?paper WHERE { ?p kg:uses method:method-7 ; skos:prefLabel ?paper } LIMIT 100"


def main() -> None:
    """Run every measurement and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--links", type=int, default=100_000)
    parser.add_argument("--plain-links", type=int, default=1_000_000, help="links of the store without evidence")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(MEASURES[asked.one](asked.links)))
        return
    ntriples(asked.links)
    turtle()
    store("store", asked.links)
    store("plain store", asked.plain_links)
    forty(asked.links)


def alone(name: str, links: int) -> dict[str, Any]:
    """One measurement in a process of its own."""
    command = [sys.executable, __file__, "--one", name, "--links", str(links)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def ntriples(links: int) -> None:
    """Triples a second, and what a graph four times as large adds to the memory used beyond its tables."""
    small, large = alone("write", links // 4), alone("write", links)
    print(f"N-Triples: {large['triples']:,} triples, {rate(large):,.0f} a CPU second")
    print(
        f"  memory beyond the tables: {small['mb']:.0f} MB at {links // 4:,} links, {large['mb']:.0f} MB at {links:,}"
    )
    base = alone("rdflib-write", 2000)
    each = base["mb"] * 1e6 / base["triples"]
    print(f"  rdflib, through its graph: {rate(base):,.0f} a CPU second, {each:.0f} B a triple")
    print(f"  ratio {rate(large) / rate(base):.1f}", flush=True)


def turtle() -> None:
    """Writing Turtle from the tables, and rdflib writing the graph it already holds."""
    ours, theirs = alone("turtle", 2000), alone("rdflib-turtle", 2000)
    print(f"Turtle: {rate(ours):,.0f} triples a CPU second; rdflib {rate(theirs):,.0f}")
    print(f"  ratio {rate(ours) / rate(theirs):.1f}", flush=True)


def store(name: str, links: int) -> None:
    """Building the store on disk, and small questions to it."""
    found = alone(name, links)
    print(f"{name.capitalize()}: {links:,} links, {found['triples']:,} triples", end=" ")
    print(f"in {found['wall']:.1f} s wall, {found['cpu']:.1f} s CPU")
    print(f"  peak {found['all']:.0f} MB, {found['mb']:.0f} beyond the tables; {found['disk']:.0f} MB on disk")
    print(f"  point question {found['point']:.1f} ms, one hop {found['hop']:.1f} ms (median of 20)", flush=True)


def rate(found: dict[str, Any]) -> float:
    """Triples a CPU second."""
    return float(found["triples"] / found["cpu"])


def forty(links: int) -> None:
    """The ready questions by engine, the slowest first."""
    found = alone("forty", links)
    print(f"Forty questions at {found['links']:,} links, wall seconds (opening: {found['opening']}):")
    for number, times in sorted(found["times"].items(), key=lambda item: -max(item[1].values()))[:12]:
        shown = ", ".join(f"{engine} {seconds:.2f}" for engine, seconds in times.items())
        print(f"  {number:>2}: {shown}; best {min(times.values()):.2f}")
    print(f"  slowest best: {max(min(times.values()) for times in found['times'].values()):.2f} s")


def _write(links: int) -> dict[str, Any]:
    from kg.export.formats.ntriples import write

    return _written(_stored(links), write)


def _turtle(links: int) -> dict[str, Any]:
    from kg.export.formats.turtle import write

    return _written(_stored(links), write)


def _written(graph: Graph, write: Callable[[Graph, Path], None]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "graph"
        write(synthetic.graph(30, 60), Path(folder) / "warm")
        before, begun = _held_from_here(), time.process_time()
        write(graph, target)
        cpu, mb = time.process_time() - begun, _peak() - before
        return {"cpu": cpu, "mb": mb, "triples": _count(graph)}


def _rdflib_write(links: int) -> dict[str, Any]:
    import rdflib

    from kg.export.formats.ntriples import write

    graph = synthetic.graph(links // 3, links)
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "graph.nt"
        write(graph, lines)
        triples = list(rdflib.Graph().parse(lines, format="nt"))
        before, begun = _held_from_here(), time.process_time()
        held = rdflib.Graph()
        for triple in triples:
            held.add(triple)
        held.serialize(Path(folder) / "again.nt", format="nt", encoding="utf-8")
        return {"cpu": time.process_time() - begun, "mb": _peak() - before, "triples": len(triples)}


def _rdflib_turtle(links: int) -> dict[str, Any]:
    import rdflib

    from kg.export.formats.ntriples import write

    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "graph.nt"
        write(synthetic.graph(links // 3, links), lines)
        held = rdflib.Graph().parse(lines, format="nt")
        begun = time.process_time()
        held.serialize(Path(folder) / "graph.ttl", format="turtle")
        return {"cpu": time.process_time() - begun, "triples": len(held)}


def _store(links: int, evidence: bool = True) -> dict[str, Any]:
    from kg.query.sparql import database, sparql

    made = _stored(links, evidence)
    with tempfile.TemporaryDirectory() as folder:
        graph = Graph(made.tables, Path(folder))
        before, begun, cpu = _held_from_here(), time.perf_counter(), time.process_time()
        place = database(graph)
        wall, cpu, peak = time.perf_counter() - begun, time.process_time() - cpu, _peak()
        assert place is not None
        disk = sum(file.stat().st_size for file in place.iterdir()) / 1e6
        sparql(graph, POINT)
        small = {name: _median(partial(sparql, graph, query)) for name, query in (("point", POINT), ("hop", HOP))}
        return {
            "wall": wall,
            "cpu": cpu,
            "mb": peak - before,
            "all": peak,
            "disk": disk,
            "triples": _count(graph),
            **small,
        }


def _forty(links: int) -> dict[str, Any]:
    from kg.query.ask import ask, questions
    from tests.questions.corpus import corpus

    graph = corpus(links // 5)
    opening, walked = {}, None
    for engine, open_it in (
        ("cypher", lambda: graph.cypher("RETURN 1")),
        ("sparql", lambda: graph.sparql("ASK {}")),
        ("python", graph.networkx),
    ):
        begun = time.perf_counter()
        walked = open_it()
        opening[engine] = round(time.perf_counter() - begun, 1)
    times: dict[int, dict[str, float]] = {}
    for item in questions():
        taken = {engine: _took(partial(ask, item.number, graph, engine)) for engine in ("cypher", "sparql")}
        taken["python"] = _took(partial(item.python, walked))
        times[item.number] = taken
    return {"times": times, "opening": opening, "links": graph.links.num_rows}


MEASURES: dict[str, Callable[[int], dict[str, Any]]] = {
    "write": _write, "turtle": _turtle, "rdflib-write": _rdflib_write, "rdflib-turtle": _rdflib_turtle,
    "store": _store, "plain store": partial(_store, evidence=False), "forty": _forty,
}  # fmt: skip


def _stored(links: int, evidence: bool = True) -> Graph:
    """A graph read from disk; it is made in another process, which takes far more memory than reading it."""
    folder = Path(tempfile.gettempdir()) / f"kg-bench-{links}{'' if evidence else '-plain'}"
    if not folder.is_dir():
        make = f"import synthetic; synthetic.graph({links // 3}, {links}, evidence={evidence}).save({str(folder)!r})"
        subprocess.run(
            [sys.executable, "-c", make], check=True, env={**os.environ, "PYTHONPATH": ":".join(sys.path[:2])}
        )
    return Graph.load(folder)


def _count(graph: Graph) -> int:
    from kg.export.rdf import RdfOptions, portions

    return sum(portion.triples for portion in portions(graph, RdfOptions()))


def _took(run: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def _median(run: Callable[[], Any]) -> float:
    return sorted(_took(run) for _ in range(20))[10] * 1000


def _held_from_here() -> float:
    """The memory this process holds, in MB; what `_peak` says later is counted anew from here."""
    Path("/proc/self/clear_refs").write_text("5")
    return _peak()


def _peak() -> float:
    """The most memory this process has held, in MB."""
    said = Path("/proc/self/status").read_text()
    return int(said.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
