"""Write files and folders beside their place and rename them into it.

What a killed process leaves behind (hidden, named after its process) is swept away by the next write.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Literal, overload

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@overload
def replacing(path: Path, *, binary: Literal[False] = ...) -> AbstractContextManager[IO[str]]: ...
@overload
def replacing(path: Path, *, binary: Literal[True]) -> AbstractContextManager[IO[bytes]]: ...
@contextmanager
def replacing(path: Path, *, binary: bool = False) -> Iterator[Any]:
    """Open a new file beside ``path`` (UTF-8, ``\\n``) that takes its place on success, and is removed on failure."""
    _prepare(path)
    handle, name = tempfile.mkstemp(prefix=_prefix(path), dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        if binary:
            with temporary.open("wb") as raw:
                yield raw
        else:
            with temporary.open("w", encoding="utf-8", newline="\n") as text:
                yield text
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """An empty folder beside ``path`` that takes its place on success, and is removed on failure."""
    _prepare(path)
    temporary = Path(tempfile.mkdtemp(prefix=_prefix(path), dir=path.parent))
    temporary.chmod(0o755)
    try:
        yield temporary
        if not _exchange(temporary, path):
            if path.exists():
                path.rename(_old(path))
            temporary.rename(path)
            shutil.rmtree(_old(path), ignore_errors=True)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _exchange(first: Path, second: Path) -> bool:
    """Let two folders change names in one step (Linux); ``False`` where that cannot be."""
    if sys.platform != "linux" or not second.exists():
        return False
    library = ctypes.CDLL(None)
    if not hasattr(library, "renameat2"):
        return False
    names = (os.fsencode(first), os.fsencode(second))
    return int(library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)) == 0


def recover(path: Path) -> None:
    """Put an old folder back if a replacement died between setting it aside and moving the new one in."""
    old = _old(path)
    if old.exists() and not path.exists():
        with suppress(FileNotFoundError, FileExistsError):
            old.rename(path)


def _prepare(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    recover(path)
    if _old(path).exists():
        shutil.rmtree(_old(path), ignore_errors=True)
    for left in path.parent.glob(f".{_escaped(path.name)}.tmp-*"):
        if not _is_alive(left.name):
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


def _prefix(path: Path) -> str:
    return f".{path.name}.tmp-{os.getpid()}-"


def _old(path: Path) -> Path:
    return path.parent / f".{path.name}.old"


def _escaped(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)


def _is_alive(name: str) -> bool:
    """Whether the process that a temporary name speaks of still runs (or cannot be asked)."""
    number = name.rsplit(".tmp-", 1)[1].split("-")[0]
    if not number.isdigit():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
