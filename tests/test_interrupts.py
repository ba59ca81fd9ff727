"""Ctrl-C is put off while something must be done whole, and comes right after."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kg.interrupts import heeded, uninterrupted


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Ctrl-C interrupts here as in a terminal, also where the tests were started in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_it_comes_when_what_is_inside_is_done() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), uninterrupted():
        os.kill(os.getpid(), signal.SIGINT)
        done.append("inside")
    assert done == ["inside"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="signals to threads")
def test_it_waits_also_when_another_thread_takes_it() -> None:
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    done = []
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    before = signal.set_wakeup_fd(writer)
    try:
        with pytest.raises(KeyboardInterrupt), uninterrupted():
            signal.pthread_kill(other.ident or 0, signal.SIGINT)
            assert os.read(reader, 1) == bytes([signal.SIGINT])  # the other thread has taken it
            for number in range(10_000):
                done.append(number)
    finally:
        signal.set_wakeup_fd(before)
        stop.set()
        other.join()
        os.close(reader)
        os.close(writer)
    assert len(done) == 10_000


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signal masks")
def test_a_process_started_inside_is_born_deaf_to_it() -> None:
    script = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()))"
    with uninterrupted():
        said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "True"


SPAWNED = """
import multiprocessing, signal
from kg.interrupts import uninterrupted

def tell():
    print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()), flush=True)

if __name__ == "__main__":
    process = multiprocessing.get_context("spawn").Process(target=tell)
    with uninterrupted():
        process.start()
    process.join()
    print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()), flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signal masks")
def test_the_first_process_that_python_starts_inside_is_born_deaf_to_it(tmp_path: Path, root: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SPAWNED, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(root)}
    said = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, env=env).stdout
    assert said.split() == ["True", "False"]


def test_what_others_swallow_comes_after_them() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), heeded():
        with suppress(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)
        done.append("inside")
    assert done == ["inside"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_nobody_swallows_comes_at_once() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), heeded():
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(5)
        done.append("too late")
    assert not done


def test_without_ctrl_c_nothing_comes() -> None:
    with heeded(), uninterrupted():
        pass
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
