"""Records from papers, in this process or over several, in order and with bounded memory.

What reads a paper is loaded only where papers are read: a process that leaves them to others never loads spaCy.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from kg.extract import VERSION
from kg.extract.profiles import MODULES, components
from kg.interrupts import uninterrupted
from kg.model import Paper, Record

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

    from spacy.language import Language

SHARD = 16
_AHEAD = 3


def stream(papers: Iterable[Paper], profile: str, workers: int, *, without: Sequence[str] = ()) -> Iterator[Record]:
    """The records of ``papers`` by a profile, some of its components left out.

    Unknown profiles and components are refused at once, not at the first record.
    """
    names = components(profile, without)
    return _alone(papers, names, profile) if workers <= 1 else _shared(papers, names, profile, workers)


def _alone(papers: Iterable[Paper], names: tuple[str, ...], profile: str) -> Iterator[Record]:
    from kg.extract.assembly import record
    from kg.extract.pipeline import run

    for document in run(_pipeline(names), papers):
        yield record(document, f"{profile}-{VERSION}", profile)


def _shared(papers: Iterable[Paper], names: tuple[str, ...], profile: str, workers: int) -> Iterator[Record]:
    """Shards over processes; a few shards are under way at a time, and are given out in order."""
    source = iter(papers)
    with ProcessPoolExecutor(workers, mp_context=_context(names), initializer=_silent) as pool:
        waiting: deque[Future[list[Record]]] = deque()
        while True:
            while len(waiting) < workers * _AHEAD and (shard := list(islice(source, SHARD))):
                # Stopped half-way through its start, a process would wake to find all it was given gone.
                with uninterrupted():
                    waiting.append(pool.submit(_shard, shard, names, profile))
            if not waiting:
                return
            yield from waiting.popleft().result()


def _context(names: Sequence[str]) -> BaseContext:
    """Processes forked from one that has loaded the components' modules, so that they are loaded once and not by each.

    Where there is no such server each process loads its own. It is no fork of this one, whose threads it would break.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["kg.extract.assembly", "kg.extract.pipeline", *(MODULES[name] for name in names)])
    return context


def _silent() -> None:
    """Let Ctrl-C, which reaches every process of a terminal, end this one without a word: the parent speaks."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _shard(papers: list[Paper], names: tuple[str, ...], profile: str) -> list[Record]:
    return list(_alone(papers, names, profile))


@cache
def _pipeline(names: tuple[str, ...]) -> Language:
    from kg.extract.pipeline import build

    return build(names)
