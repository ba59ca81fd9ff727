"""From papers to records: which names are things, of which type, in which role, with the evidence for each.

``extract(papers)`` yields a `kg.model.Record` a paper, in order. Profiles (`kg.extract.profiles`): ``default``
with the neural tagger, ``fast`` with rules, lexicon and a linear tagger. ``explain(paper)`` shows every candidate.
`kg.extract.llm` asks a language model instead, for those who have one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from kg.extract.candidates import Explanation
    from kg.model import Paper, Record

VERSION = "6"

__all__ = ["VERSION", "Extractor", "explain", "extract", "profile_names"]


class Extractor(Protocol):
    """Another way from papers to records than the profiles, as `kg.build` takes it.

    ``name`` stands for all that its records depend on, beside the paper's text: they are kept under it.
    """

    name: str

    def extract(self, papers: Iterable[Paper]) -> Iterator[Record | None]:
        """The record of each paper, in order; ``None`` for one that could not be read and is to be tried again."""

    def check(self) -> None:
        """Raise a `kg.errors.KgError` when every paper failed: then there is nothing to go on with."""

    def summary(self) -> str:
        """What it did, in one line."""


def extract(papers: Iterable[Paper], *, profile: str = "default", workers: int = 1) -> Iterator[Record]:
    """The records of ``papers``, in their order; with ``workers`` > 1 by as many processes.

    The result does not depend on ``workers``. Papers are read as they are needed, so memory stays bounded.
    Raises `kg.errors.ExtractionError` when there is no such profile.
    """
    from kg.extract.workers import stream

    return stream(papers, profile, workers)


def explain(paper: Paper, *, profile: str = "default") -> Explanation:
    """Every candidate of a paper: what proposed it, what typed it, what gave its role, or why it was rejected."""
    from kg.extract.candidates import explanation

    return explanation(paper, profile)


def profile_names() -> list[str]:
    """The names of the profiles.

    >>> {"default", "fast"} <= set(profile_names())
    True
    """
    from kg.extract.profiles import PROFILES

    return sorted(PROFILES)
