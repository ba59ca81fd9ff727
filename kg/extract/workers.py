"""Records from papers, in this process or over several, in order and with bounded memory."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import islice

from spacy.language import Language

from kg.extract import VERSION
from kg.extract.assembly import record
from kg.extract.pipeline import build, run
from kg.extract.profiles import components
from kg.model import Paper, Record

SHARD = 16
_AHEAD = 3


def stream(papers: Iterable[Paper], profile: str, workers: int, *, without: Sequence[str] = ()) -> Iterator[Record]:
    """The records of ``papers`` by a profile, some of its components left out.

    Unknown profiles and components are refused at once, not at the first record.
    """
    names = components(profile, without)
    return _alone(papers, names, profile) if workers <= 1 else _shared(papers, names, profile, workers)


def _alone(papers: Iterable[Paper], names: tuple[str, ...], profile: str) -> Iterator[Record]:
    for document in run(_pipeline(names), papers):
        yield record(document, f"{profile}-{VERSION}", profile)


def _shared(papers: Iterable[Paper], names: tuple[str, ...], profile: str, workers: int) -> Iterator[Record]:
    """Shards over processes; a few shards are under way at a time, and are given out in order."""
    source = iter(papers)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting: deque[Future[list[Record]]] = deque()
        while True:
            while len(waiting) < workers * _AHEAD and (shard := list(islice(source, SHARD))):
                waiting.append(pool.submit(_shard, shard, names, profile))
            if not waiting:
                return
            yield from waiting.popleft().result()


def _shard(papers: list[Paper], names: tuple[str, ...], profile: str) -> list[Record]:
    return list(_alone(papers, names, profile))


@cache
def _pipeline(names: tuple[str, ...]) -> Language:
    return build(names)
