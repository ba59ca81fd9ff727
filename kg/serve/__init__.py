"""A SPARQL endpoint over a graph: the real Oxigraph server, behind a door that only lets questions through."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from kg.graph import Graph
from kg.query.sparql import database
from kg.serve.backend import Backend
from kg.serve.door import Door, Limits

if TYPE_CHECKING:
    from types import FrameType

__all__ = ["Limits", "endpoint", "serve"]


@contextmanager
def endpoint(
    graph: Graph, *, host: str = "127.0.0.1", port: int = 0, timeout: float = 30.0, cors: bool = False
) -> Iterator[str]:
    """Serve ``graph`` while the context lasts; gives the address of the page, under which ``query`` answers.

    ``port`` 0 takes a free one. A query gets ``timeout`` seconds. With ``cors`` pages of other
    sites may ask.

    Raises `MissingExtraError` without the ``oxigraph`` program, `ServerError` when it does not
    start or the port is taken.
    """
    with _stored(graph) as place, Backend(place, timeout) as backend:
        door = Door(backend, host, port, Limits(timeout=timeout, cors=cors))
        with door.opened() as address:
            yield address


def serve(
    graph: Graph,
    *,
    host: str = "127.0.0.1",
    port: int = 7878,
    timeout: float = 30.0,
    cors: bool = False,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve ``graph`` until interrupted or terminated; ``ready`` is told the address once it answers."""

    def stop(_signal: int, _frame: FrameType | None) -> Any:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        with endpoint(graph, host=host, port=port, timeout=timeout, cors=cors) as address:
            if ready is not None:
                ready(address)
            while True:
                signal.pause()
    except KeyboardInterrupt:
        return
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _stored(graph: Graph) -> Iterator[Path]:
    """The graph's store on disk; in a temporary place when the graph has none."""
    place = database(graph)
    if place is not None:
        yield place
        return
    with TemporaryDirectory(prefix="kg-serve-") as folder:
        made = database(Graph(graph.tables, Path(folder)))
        assert made is not None  # the folder is new and ours
        yield made
