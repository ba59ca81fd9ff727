"""From papers to records: which names are things, of which type, in which role, with the evidence for each.

``extract(papers)`` yields a `kg.model.Record` a paper, in order. Profiles (`kg.extract.profiles`): ``default``
with the neural tagger, ``fast`` with rules, lexicon and a linear tagger. ``explain(paper)`` shows every candidate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.extract.explain import Explanation
    from kg.model import Paper, Record

VERSION = "1"

__all__ = ["VERSION", "explain", "extract", "profiles"]


def extract(papers: Iterable[Paper], *, profile: str = "default", workers: int = 1) -> Iterator[Record]:
    """The records of ``papers``, in their order; with ``workers`` > 1 by as many processes.

    The result does not depend on ``workers``. Papers are read as they are needed, so memory stays bounded.
    Raises `kg.errors.ExtractionError` when there is no such profile.
    """
    from kg.extract.workers import stream

    return stream(papers, profile, workers)


def explain(paper: Paper, *, profile: str = "default") -> Explanation:
    """Every candidate of a paper: what proposed it, what typed it, what gave its role, or why it was rejected."""
    from kg.extract.explain import explanation

    return explanation(paper, profile)


def profiles() -> list[str]:
    """The names of the profiles.

    >>> profiles()
    ['default', 'fast']
    """
    from kg.extract.profiles import PROFILES

    return sorted(PROFILES)
