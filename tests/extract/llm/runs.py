"""The extractor as a test runs it: one question at a time, no second tries, errors kept."""

from __future__ import annotations

from typing import Any

from kg.errors import KgError
from kg.extract.llm import LLM, Endpoint
from kg.model import Paper, Record

KEY = "sk-secret-0123456789"


class Run:
    """An extractor over a test's papers, with what it told of failures."""

    def __init__(self, url: str, **options: Any) -> None:
        self.errors: list[KgError] = []
        replies = options.pop("replies", None)
        settings = {"retries": 0, "timeout": 20.0, "concurrency": 1, "key": KEY, **options}
        self.llm = LLM(Endpoint(url, "tiny", **settings), replies=replies, on_error=self.errors.append)

    def __call__(self, papers: list[Paper]) -> list[Record | None]:
        return list(self.llm.extract(papers))

    @property
    def told(self) -> str:
        return "\n".join(map(str, self.errors))
