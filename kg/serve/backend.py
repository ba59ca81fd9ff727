"""The Oxigraph server as a child process: read-only, on loopback, replaced when a query runs away.

Oxigraph's own time limit is looked at only between solutions, so a count over a large join never
meets it; what does not end in time is ended by starting the server anew.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sysconfig
import tempfile
import threading
import time
from pathlib import Path
from typing import IO

from kg.errors import MissingExtraError, ServerError

_START = 20.0  # seconds a start may take
_STOP = 5.0  # seconds an orderly end may take


class Backend:
    """A running server over the store at ``place``; use it as a context."""

    def __init__(self, place: Path, timeout: float) -> None:
        self._command = [
            program(),
            "serve-read-only",
            "--location",
            str(place),
            "--timeout-s",
            str(max(1, int(timeout))),
        ]
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0
        self.generation = 0

    def __enter__(self) -> Backend:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def renew(self, generation: int) -> None:
        """Start anew, unless that has happened since ``generation``."""
        with self._lock:
            if generation == self.generation:
                self._stop()
                self._start()

    def _start(self) -> None:
        self.port = _free_port()
        command = [*self._command, "--bind", f"127.0.0.1:{self.port}"]
        # A file, not a pipe: what nobody reads must not fill up and stop it.
        with tempfile.TemporaryFile() as said:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said)
            self.generation += 1
            self._await(self._process, said)

    def _await(self, process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
        """Return once the server answers."""
        deadline = time.monotonic() + _START
        while not _answers(self.port):
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                process.wait()
                said.seek(0)
                lines = said.read().decode(errors="replace").strip().splitlines()
                raise ServerError(
                    f"Oxigraph did not start: {lines[-1] if lines else 'no reason given'}",
                    where=f"127.0.0.1:{self.port}",
                    mend="remove stores/sparql in the graph's folder, and try again",
                )
            time.sleep(0.02)

    def _stop(self) -> None:
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def program() -> str:
    """Where the ``oxigraph`` program is: beside this Python, or on the path.

    Raises `MissingExtraError` when it is nowhere.
    """
    found = shutil.which("oxigraph", path=sysconfig.get_path("scripts")) or shutil.which("oxigraph")
    if found is None:
        raise MissingExtraError("serving needs the oxigraph program", mend="pip install 'kg[serve]'")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0
