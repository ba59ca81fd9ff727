"""The manifest of a saved graph: version, digest of the tables, counts, sources, a checksum of each table's file.

If exports were chosen (``kg build --only``), it says which, so that the next build of the folder writes the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from hashlib import blake2b
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.files import replacing
from kg.tables import Tables

NAME = "manifest.json"
VERSION = 1
_EXPORTS = "exports"


def write(folder: Path, tables: Tables, digest: str, table_folder: Path) -> None:
    """Write the manifest of ``tables``, whose files lie in ``table_folder``, into ``folder``.

    What was chosen for the folder before stays chosen.
    """
    content: dict[str, Any] = {
        "version": VERSION,
        "digest": digest,
        "counts": {item.name: getattr(tables, item.name).num_rows for item in fields(tables)},
        "sources": sources(tables),
        "files": checksums(table_folder),
    }
    _put(folder, content, choice(folder))


def choose(folder: Path, exports: Sequence[str] | None) -> None:
    """Remember which exports were asked for, for later builds of the graph in ``folder``; none for the usual ones."""
    content = read(folder)
    if content is not None:
        _put(folder, content, exports)


def choice(folder: Path) -> list[str] | None:
    """The exports that were asked for when the graph in ``folder`` was built; none for the usual ones."""
    try:
        exports = (read(folder) or {}).get(_EXPORTS)
    except GraphError:
        return None
    return [str(name) for name in exports] if isinstance(exports, list) else None


def _put(folder: Path, content: Mapping[str, Any], exports: Sequence[str] | None) -> None:
    kept = {name: value for name, value in content.items() if name != _EXPORTS}
    if exports is not None:
        kept[_EXPORTS] = list(exports)
    with replacing(folder / NAME) as file:
        file.write(json.dumps(kept, ensure_ascii=False, indent=2) + "\n")


def read(folder: Path) -> Mapping[str, Any] | None:
    """The manifest in ``folder``; none where there is none.

    Raises `GraphError` when it cannot be read or is of another version.
    """
    path = folder / NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        version = content["version"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GraphError(f"not a readable manifest: {error}", where=str(path), mend="run `kg build` again") from error
    if version != VERSION:
        raise GraphError(
            f"a graph of version {version}, not {VERSION}", where=str(path), mend="run `kg build` again with this kg"
        )
    manifest: Mapping[str, Any] = content
    return manifest


def sources(tables: Tables) -> list[str]:
    """The pages that papers were read from, sorted, without line numbers."""
    pages = tables.papers["pages"].combine_chunks().flatten().unique().to_pylist()
    return sorted({_page(page) for page in pages})


def checksums(folder: Path) -> dict[str, str]:
    """BLAKE2b of every file in a folder."""
    return {path.name: _checksum(path) for path in sorted(folder.iterdir()) if path.is_file()}


def _checksum(path: Path) -> str:
    sha = blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            sha.update(block)
    return sha.hexdigest()


def _page(place: str) -> str:
    head, colon, line = place.rpartition(":")
    return head if colon and line.isdigit() else place
