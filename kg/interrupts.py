"""When Ctrl-C may come."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from types import FrameType


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Put Ctrl-C off until what is inside is done; processes started inside do not see it, unless they ask to.

    The mask alone is not enough: it is a thread's own, and a thread that some library has started may take the signal,
    whereupon Python interrupts the main one.

    >>> with uninterrupted():
    ...     signal.getsignal(signal.SIGINT) is signal.default_int_handler
    False
    """
    came: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        came.append(number)

    handler = signal.getsignal(signal.SIGINT)
    if handler is None or threading.current_thread() is not threading.main_thread():
        yield  # Python interrupts the main thread only, and not where another language handles the signal
        return
    signal.signal(signal.SIGINT, note)
    try:
        with _masked():
            yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if came:
            signal.raise_signal(signal.SIGINT)


@contextmanager
def heeded() -> Iterator[None]:
    """Handle Ctrl-C again after what is inside if it came there and somebody else's code swallowed `KeyboardInterrupt`.

    Arrow, for one, looks for a module at each conversion and takes whatever is raised meanwhile for its absence.

    >>> with heeded():
    ...     print("inside")
    inside
    """
    came: list[int] = []
    handler = signal.getsignal(signal.SIGINT)
    if not callable(handler) or threading.current_thread() is not threading.main_thread():
        yield
        return

    def note(number: int, frame: FrameType | None) -> None:
        came.append(number)
        handler(number, frame)

    signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
    if came:
        handler(came[0], None)


@contextmanager
def _masked() -> Iterator[None]:
    """Started inside, a process is born with Ctrl-C masked."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # It is started with the first process, and takes the mask off when it has been.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
