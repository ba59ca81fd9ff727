"""From what a user names (files, folders, ``-``) to decoded pages."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import InputError
from kg.sources.decoding import encoding_of
from kg.sources.format import Page

STDIN = "-"
_MANIFEST = "manifest.json"
_GZIP = b"\x1f\x8b"


def pages(
    inputs: Iterable[str | Path],
    *,
    captured: date | None,
    on_error: Callable[[InputError], None],
    on_note: Callable[[str], None],
) -> Iterator[Page]:
    """One `Page` for each readable file, in the order given; folders are walked in order of name.

    What cannot be read goes to ``on_error`` and the rest goes on.
    """
    for given in inputs:
        try:
            named = list(_files(given))
        except InputError as error:
            on_error(error)
            continue
        for name, where, opener in named:
            try:
                yield Page(name, where, _encoding(opener, where), opener, captured, on_error, on_note)
            except InputError as error:
                on_error(error)


def _files(given: str | Path) -> Iterator[tuple[str, str, Callable[[], BinaryIO]]]:
    """Name, place and opener of each file behind ``given``."""
    if str(given) == STDIN:
        held = sys.stdin.buffer.read()
        yield STDIN, "standard input", lambda: _unpacked(io.BytesIO(held))
        return
    path = Path(given)
    if "://" in str(given):
        raise InputError("addresses are not fetched", where=str(given), mend="save the page as text and give the file")
    if not path.exists():
        raise InputError("no such file or folder", where=str(path), mend="check the path")
    if not path.is_dir():
        yield path.name, str(path), _opener(path)
        return
    if _is_graph(path):
        raise InputError(
            "the folder holds a graph, not pages", where=str(path), mend="give listing pages or JSON lines"
        )
    found = [p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path))]
    # What an earlier build put into the folder is no input.
    graphs = {p.parent for p in found if p.name == _MANIFEST and _is_graph(p.parent)}
    files = sorted(p for p in found if graphs.isdisjoint(p.parents))
    if not files:
        raise InputError("the folder holds no files", where=str(path), mend="give listing pages or JSON lines")
    for file in files:
        yield file.relative_to(path).as_posix(), str(file), _opener(file)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _is_graph(folder: Path) -> bool:
    return (folder / _MANIFEST).is_file() and (folder / "tables").is_dir()


def _opener(path: Path) -> Callable[[], BinaryIO]:
    """What opens ``path`` again and again; a pipe can be read once only, so it is held."""
    if path.is_file():
        return lambda: _unpacked(_open(path))
    with _open(path) as pipe:
        held = pipe.read()
    return lambda: _unpacked(io.BytesIO(held))


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), mend="check its permissions") from error


def _unpacked(stream: BinaryIO) -> BinaryIO:
    """``stream`` from its beginning, through gzip when it is packed."""
    packed = stream.read(2) == _GZIP
    stream.seek(0)
    return cast(BinaryIO, _Unpacking(stream)) if packed else stream


class _Unpacking(gzip.GzipFile):
    """A packed stream read unpacked, which closes what it reads from."""

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__(fileobj=packed)
        self._packed = packed

    def close(self) -> None:
        """Close both."""
        super().close()
        self._packed.close()


def _encoding(opener: Callable[[], BinaryIO], where: str) -> str:
    try:
        with opener() as stream:
            if not stream.read(1):
                raise InputError("the file is empty", where=where, mend="save the page again")
        with opener() as stream:
            return encoding_of(stream, where)
    except (OSError, EOFError) as error:
        raise InputError(f"cannot be read: {error}", where=where, mend="check the file") from error
