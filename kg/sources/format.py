"""What an input format is, and the page it reads; each module of `kg.sources.formats` defines one as ``FORMAT``."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

from kg.errors import InputError
from kg.model import Paper

HEAD = 1 << 16


def _ignore(_: object) -> None:
    """Take a message and do nothing with it."""


@dataclass(frozen=True, slots=True)
class Page:
    """One input, decoded: ``name`` is what origins show, ``where`` what messages show (a path).

    ``open`` gives its bytes anew each time. ``captured`` is the day the page was saved, where known.
    A format passes what is wrong with single records to ``report`` and goes on; what a user may
    want to know but need not mend goes to ``note``.
    """

    name: str
    where: str
    encoding: str
    open: Callable[[], BinaryIO]
    captured: date | None = None
    report: Callable[[InputError], None] = field(default=_ignore)
    note: Callable[[str], None] = field(default=_ignore)

    @classmethod
    def of(cls, text: str, name: str = "page.txt", captured: date | None = None) -> Page:
        """A page of ``text`` held in memory."""
        data = text.encode("utf-8", "surrogatepass")
        return cls(name, name, "utf-8", lambda: io.BytesIO(data), captured)

    def head(self) -> str:
        """The first `HEAD` characters, by which a format is recognised."""
        with self._text() as stream:
            return stream.read(HEAD).replace("\0", "")

    def lines(self) -> Iterator[tuple[int, str]]:
        """Each line with its 1-based number, without its end and without NUL characters."""
        with self._text() as stream:
            for number, line in enumerate(stream, 1):
                yield number, line.rstrip("\n").replace("\0", "")

    def text(self) -> str:
        """The whole text; line ends are ``\\n``."""
        with self._text() as stream:
            return stream.read().replace("\0", "")

    def _text(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(self.open(), encoding=self.encoding, errors="replace", newline=None)


@dataclass(frozen=True, slots=True)
class InputFormat:
    """A form in which papers come.

    ``sniff`` says from the head of a page how sure it is, from 0 (not mine) to 1; the surest format
    reads the page. ``looks_for`` ends the sentence "looked for …" when none is sure. ``read`` gives
    the papers in order; their ids are the source's own, an arXiv id, or empty (`kg.sources.identity` names them).
    """

    name: str
    description: str
    looks_for: str
    sniff: Callable[[str], float]
    read: Callable[[Page], Iterator[Paper]]
