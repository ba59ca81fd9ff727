"""Replies kept on disk, so that no paper is paid for twice: one small file a paper, model and prompt.

A file holds the reply as the model gave it, without the paper's text, the key or the address; so what is kept
stays good when only the reading of replies changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.cache import key_of
from kg.errors import ExtractionError
from kg.files import replacing
from kg.model import Paper

FOLDER = "llm"
_FORM = 1


class Replies:
    """The replies of ``model`` to a ``prompt`` kept in ``folder`` (nowhere when it is ``None``)."""

    def __init__(self, folder: Path | None, model: str, prompt: str) -> None:
        self._folder = folder
        self._told_by = hashlib.sha256(f"{model}\0{prompt}".encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def get(self, paper: Paper) -> dict[str, Any] | None:
        """The kept reply about a paper; what is damaged counts as not there."""
        if self._folder is None:
            return None
        try:
            kept = json.loads(self._path(self._folder, paper).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        reply = kept.get("reply") if isinstance(kept, dict) and kept.get("form") == _FORM else None
        return reply if isinstance(reply, dict) else None

    def put(self, paper: Paper, reply: dict[str, Any]) -> None:
        """Keep a reply. Raises `ExtractionError` when it cannot be written."""
        if self._folder is None:
            return
        try:
            with replacing(self._path(self._folder, paper)) as file:
                json.dump({"form": _FORM, "reply": reply}, file)
        except OSError as error:
            why = f"a reply cannot be kept: {error.strerror or error}"
            raise ExtractionError(why, where=str(self._folder), mend="another folder: --llm cache=FOLDER") from error

    def _path(self, folder: Path, paper: Paper) -> Path:
        return folder / f"{_name(paper)}-{self._told_by}.json"


def forget(folder: Path, papers: Iterable[Paper]) -> None:
    """Remove every reply about these papers, whichever model gave it."""
    for paper in papers:
        for path in folder.glob(f"{_name(paper)}-*.json"):
            path.unlink(missing_ok=True)


def _name(paper: Paper) -> str:
    return key_of(paper, FOLDER, "text")[:32]
