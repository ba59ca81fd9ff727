"""Records kept from build to build, so that only new papers are read again.

In a graph's folder ``.cache/records.parquet`` holds the records the graph was made of, each under
the digest of its paper's text, the extractor's version and the profile. While a build extracts,
what is done so far goes to ``.cache/partial-*.parquet``, so that a killed build goes on from there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import RecordError
from kg.files import replacing
from kg.model import Paper, Record

if TYPE_CHECKING:
    import pyarrow as pa

CACHE = ".cache"
_WHOLE = "records.parquet"
_PART = 1000


def key_of(paper: Paper, profile: str, version: str) -> str:
    """What a paper's record is kept under: equal only where extraction would give the same."""
    parts = (version, profile, paper.title, paper.abstract)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


class Cache:
    """The records kept in ``folder`` (nowhere when it is ``None``)."""

    def __init__(self, folder: Path | None) -> None:
        self._place = folder / CACHE if folder is not None else None
        self._waiting: dict[str, Record] = {}
        self._parts = 0

    def read(self) -> dict[str, str]:
        """All that is kept, as JSON by key; what is damaged or of another form counts as not there."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        kept: dict[str, str] = {}
        for path in sorted(self._place.glob("*.parquet")) if self._place is not None else ():
            try:
                table = pq.read_table(path, columns=["key", "record"])
            except (pa.ArrowException, OSError, ValueError):
                continue
            kept.update(zip(table["key"].to_pylist(), table["record"].to_pylist(), strict=True))
        return kept

    def papers(self) -> list[Paper]:
        """The papers whose records are kept as a whole, in order."""
        from kg.extract.record import from_json

        return [from_json(json.loads(text)).paper for text in self._whole()]

    def add(self, key: str, record: Record) -> None:
        """Keep one more record; a thousand at a time they are written."""
        self._waiting[key] = record
        if len(self._waiting) >= _PART:
            self.flush()

    def flush(self) -> None:
        """Write what waits, for a build that may yet be killed."""
        if self._place is None or not self._waiting:
            return
        self._parts += 1
        first = next(iter(self._waiting))
        _write(self._place / f"partial-{self._parts:05}-{first[:12]}.parquet", self._waiting)
        self._waiting = {}

    def _whole(self) -> list[str]:
        import pyarrow.parquet as pq

        if self._place is None or not (self._place / _WHOLE).exists():
            return []
        records: list[str] = pq.read_table(self._place / _WHOLE, columns=["record"])["record"].to_pylist()
        return records


def decoded(text: str, paper: Paper) -> Record | None:
    """The kept record of ``paper``, with what is known of the paper today; ``None`` when it cannot be read."""
    from kg.extract.record import from_json

    try:
        return replace(from_json(json.loads(text)), paper=paper)
    except (RecordError, json.JSONDecodeError):
        return None


def write_whole(folder: Path, records: Iterable[tuple[str, Record]]) -> None:
    """Keep exactly ``records`` in ``folder``."""
    _write(folder / CACHE / _WHOLE, dict(records))


def _write(path: Path, records: Mapping[str, Record]) -> None:
    import pyarrow.parquet as pq

    with replacing(path, binary=True) as sink:
        pq.write_table(_table(records), sink, compression="zstd")


def _table(records: Mapping[str, Record]) -> pa.Table:
    import pyarrow as pa

    from kg.extract.record import to_json

    texts = [json.dumps(to_json(record), ensure_ascii=False) for record in records.values()]
    schema = pa.schema([("key", pa.string()), ("record", pa.string())])
    return pa.table({"key": list(records), "record": texts}, schema=schema)
