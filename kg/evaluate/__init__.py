"""How good extraction is, by the rules of the annotation guidelines: one call, one report.

``evaluate(gold, profile=…)`` extracts the papers of a gold file and scores the records; `kg.evaluate.render` prints it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.evaluate.report import Report
    from kg.extract import Extractor

__all__ = ["evaluate"]


def evaluate(
    gold: str | Path,
    profile: str = "default",
    *,
    without: Sequence[str] = (),
    workers: int = 1,
    extractor: Extractor | None = None,
) -> Report:
    """Extract the papers of a gold file by a profile, or by an ``extractor``, and score what comes out.

    Papers that the extractor fails on count as without a record. ``without`` names components to leave out (an
    ablation). Raises `kg.errors.InputError` when the file cannot be read, `kg.errors.ExtractionError` when there is
    no such profile or component.
    """
    from kg.evaluate.gold import papers, read
    from kg.evaluate.scoring import score
    from kg.extract.workers import stream

    records = read(Path(gold))
    if extractor is not None:
        found = [one for one in extractor.extract(papers(records)) if one is not None]
        extractor.check()
        return score(records, found)
    return score(records, list(stream(papers(records), profile, workers, without=without)))
