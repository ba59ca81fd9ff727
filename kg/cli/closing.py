"""The table that closes a build: what each stage gave and how long it took."""

from __future__ import annotations

import sys

from kg.cli.output import console, table
from kg.report import Report

_PAGES_SHOWN = 8


def print_report(report: Report, quiet: bool) -> None:
    """Print the stages, and the papers of each page, on standard error."""
    if quiet:
        return
    out = console(error=True)
    pages = list(report.pages.items())
    if len(pages) > 1:
        shown = pages if len(pages) <= _PAGES_SHOWN else pages[: _PAGES_SHOWN - 1]
        rest = pages[len(shown) :]
        rows: list[tuple[str, int]] = [*shown]
        if rest:
            rows.append((f"{len(rest):,} more", sum(count for _, count in rest)))
        out.print(table(("page", "papers"), rows))
    stages = [(stage.name, stage.gave, f"{stage.seconds:.2f} s") for stage in report.stages]
    out.print(table(("stage", "what came out", "time"), [*stages, ("", "in all", f"{report.seconds:.2f} s")]))
    sys.stderr.flush()
