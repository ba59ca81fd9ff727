"""A second process that makes some of a saved graph's exports and stores while this one makes the others.

Which process makes what depends on which is free; what comes out does not, for each reads the same tables.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ExportError, KgError
from kg.interrupts import heeded, uninterrupted
from kg.report import Stage

if TYPE_CHECKING:
    from kg.graph import Graph

Task = Callable[["Graph"], str]
"""Makes one export or store of a graph in its folder, and says what came of it."""


class Helper:
    """The second process; it is there inside ``with``, and is ended there whatever it is doing."""

    def __init__(self, tasks: Callable[[], Mapping[str, Task]]) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, tasks), daemon=True)
        # A terminal sends Ctrl-C to every process; this one is ended by the first.
        with uninterrupted():
            self._process.start()
        theirs.close()

    def make(self, folder: Path, name: str) -> Stage:
        """Make the export or store called ``name`` of the graph in ``folder``.

        Raises what making it raised, `ExportError` when the process has ended.
        """
        try:
            self._ours.send((folder, name))
            answer: Stage | KgError | OSError = self._ours.recv()
        except (EOFError, BrokenPipeError, ConnectionResetError):
            raise ExportError("the process that was to write it has ended", where=name, mend="--workers 1") from None
        if isinstance(answer, Stage):
            return answer
        raise answer

    def end(self) -> None:
        """End the process at once; whoever waits for it in `make` is told."""
        self._process.terminate()
        self._process.join()

    def __enter__(self) -> Helper:
        return self

    def __exit__(self, *error: object) -> None:
        self.end()
        self._ours.close()


def make(name: str, task: Task, graph: Graph) -> Stage:
    """Make one export or store, timed."""
    started = time.monotonic()
    gave = task(graph)
    return Stage(name, time.monotonic() - started, gave)


def make_all(
    graph: Graph, tasks: Mapping[str, Task], helper: Helper | None, told: Callable[[int], None]
) -> list[Stage]:
    """Make all of ``tasks`` of a saved graph, with a ``helper`` if there is one; ``told`` how many are done.

    Raises the first error of either process, when both have stopped.
    """
    waiting = deque(tasks)
    done: dict[str, Stage] = {}

    def take(by: Callable[[str], Stage], told: Callable[[int], None] | None = None) -> None:
        try:
            while waiting:
                name = waiting.popleft()
                done[name] = by(name)
                if told is not None:
                    told(len(done))
        except IndexError:
            return  # the other one took the last
        finally:
            waiting.clear()

    def here(name: str) -> Stage:
        with heeded():
            return make(name, tasks[name], graph)

    place = graph.folder
    if helper is None or place is None:
        take(here, told)
        return [done[name] for name in tasks]
    with ThreadPoolExecutor(1) as thread:
        others = thread.submit(take, lambda name: helper.make(place, name))
        try:
            take(here, told)
            others.result()
        finally:
            if not others.done():
                helper.end()
    return [done[name] for name in tasks]


def _serve(connection: Connection, known: Callable[[], Mapping[str, Task]]) -> None:
    """Make what is asked for until the other end is closed; the modules are loaded before the first is."""
    from kg.graph import Graph

    # The blocked mask is a thread's own: one that a library starts may take Ctrl-C for the whole process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tasks = known()
    graph: Graph | None = None
    try:
        while True:
            folder, name = connection.recv()
            try:
                if graph is None or graph.folder != folder:
                    graph = Graph.load(folder)
                connection.send(make(name, tasks[name], graph))
            except (KgError, OSError) as error:
                connection.send(error)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
