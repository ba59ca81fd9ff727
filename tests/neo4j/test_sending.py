"""Batches are sent in order over as many channels as there are, and one is made meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from kg.neo4j.sending import sent


def test_answers_come_in_the_order_of_the_items_whichever_is_answered_first() -> None:
    second = threading.Event()

    def send(channel: str, item: int) -> int:
        if item == 0:
            assert second.wait(10)
        if item == 1:
            second.set()
        return item * item

    assert list(sent(range(5), ["a", "b"], send)) == [(n, n * n) for n in range(5)]


def test_an_item_is_made_while_every_channel_is_busy() -> None:
    made = threading.Semaphore(0)

    def items() -> Iterator[int]:
        for number in range(4):
            made.release()
            yield number

    def send(channel: str, item: int) -> int:
        if item == 0:
            for _ in range(2):
                assert made.acquire(timeout=10)
        return item

    assert [item for item, _ in sent(items(), ["only"], send)] == [0, 1, 2, 3]


def test_a_channel_carries_one_item_at_a_time() -> None:
    busy = {"a": threading.Lock(), "b": threading.Lock()}

    def send(channel: str, item: int) -> str:
        assert busy[channel].acquire(blocking=False)
        time.sleep(0.002)
        busy[channel].release()
        return channel

    assert {channel for _, channel in sent(range(50), ["a", "b"], send)} == {"a", "b"}


def test_closing_waits_for_what_is_under_way_and_sends_no_more() -> None:
    ended: list[int] = []

    def send(channel: str, item: int) -> int:
        time.sleep(0.05 * item)
        ended.append(item)
        return item

    with closing(sent(range(100), ["a", "b"], send)) as answers:
        assert next(answers) == (0, 0)
    assert ended == [0, 1]


def test_a_failure_reaches_the_caller_and_ends_the_sending() -> None:
    tried: list[int] = []

    def send(channel: str, item: int) -> int:
        tried.append(item)
        if item == 1:
            raise OSError("gone")
        return item

    answers = sent(range(100), ["only"], send)
    assert next(answers) == (0, 0)
    with pytest.raises(OSError, match="gone"):
        list(answers)
    assert len(tried) <= 3
