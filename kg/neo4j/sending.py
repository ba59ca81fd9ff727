"""Make the next batch while the server works on the last ones."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import TypeVar

Channel = TypeVar("Channel")
Item = TypeVar("Item")
Answer = TypeVar("Answer")


def sent(
    items: Iterable[Item], channels: Sequence[Channel], send: Callable[[Channel, Item], Answer]
) -> Generator[tuple[Item, Answer]]:
    """Items with the answer to each, in order; one is made while every channel waits for the answer to another.

    Nothing is sent any more once a channel has raised or this is closed; what is under way is waited for.

    >>> list(sent("ab", ["session"], lambda channel, item: item.upper()))
    [('a', 'A'), ('b', 'B')]
    """
    free: SimpleQueue[Channel] = SimpleQueue()
    for channel in channels:
        free.put(channel)

    def over_one(item: Item) -> Answer:
        channel = free.get()
        try:
            return send(channel, item)
        finally:
            free.put(channel)

    waiting: deque[tuple[Item, Future[Answer]]] = deque()
    with ThreadPoolExecutor(max_workers=len(channels), thread_name_prefix="kg-sending") as pool:
        for item in items:
            if len(waiting) == len(channels):
                before, answer = waiting.popleft()
                yield before, answer.result()
            waiting.append((item, pool.submit(over_one, item)))
        for before, answer in waiting:
            yield before, answer.result()
