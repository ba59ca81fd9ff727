"""A progress bar with rate and time left, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from kg.report import Progress, silent


@contextmanager
def progress(quiet: bool) -> Iterator[Progress]:
    """What stages report to: a bar on standard error if that is a terminal, else nothing."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    from kg.cli.output import console

    rate = TextColumn("{task.fields[rate]}")
    bars = Bars(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn(),
        console=console(error=True), transient=True,
    )  # fmt: skip
    tasks: dict[str, TaskID] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            tasks[stage] = bars.add_task(stage, total=total or None, rate="")
        task = bars.tasks[bars.task_ids.index(tasks[stage])]
        speed = done / task.elapsed if task.elapsed else 0.0
        rate = f"{speed:,.{0 if speed >= 10 else 1}f}/s"
        bars.update(tasks[stage], completed=done, total=total or None, rate=rate)

    with bars:
        yield show
