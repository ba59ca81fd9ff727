"""Work on a stream by several threads, with the outcomes in order and a bounded number under way."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import islice
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")
_AHEAD = 4


def in_order(given: Iterable[Given], work: Callable[[Given], Made], threads: int) -> Iterator[tuple[Given, Made]]:
    """Each item with what ``work`` made of it; an exception of ``work`` is raised in its turn.

    The threads are daemons, not those of `concurrent.futures`: those keep a process from ending, and a question
    to a server may last minutes after Ctrl-C.

    >>> list(in_order("abc", str.upper, 2))
    [('a', 'A'), ('b', 'B'), ('c', 'C')]
    """
    source = iter(given)
    todo: queue.SimpleQueue[tuple[Given, Future[Made]] | None] = queue.SimpleQueue()
    waiting: deque[tuple[Given, Future[Made]]] = deque()
    for _ in range(threads):
        threading.Thread(target=_run, args=(todo, work), daemon=True).start()
    try:
        while True:
            for item in islice(source, threads * _AHEAD - len(waiting)):
                waiting.append((item, Future()))
                todo.put(waiting[-1])
            if not waiting:
                return
            item, made = waiting.popleft()
            yield item, made.result()
    finally:
        for _, made in waiting:
            made.cancel()
        for _ in range(threads):
            todo.put(None)


def _run(todo: queue.SimpleQueue[tuple[Given, Future[Made]] | None], work: Callable[[Given], Made]) -> None:
    while (task := todo.get()) is not None:
        item, made = task
        if not made.set_running_or_notify_cancel():
            continue
        try:
            made.set_result(work(item))
        except BaseException as error:  # noqa: BLE001 - handed on whole to whoever waits for the outcome
            made.set_exception(error)
