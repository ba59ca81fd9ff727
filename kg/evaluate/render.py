"""An evaluation as text: the whole table, calibration, confusions, and each error with its sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.evaluate.report import Counts, Report, Share


def render(report: Report, *, errors: bool = False) -> str:
    """The report as text; with ``errors`` each error and its sentence below."""
    parts = [*_table(report), "", *_shares(report), "", *_calibration(report), "", *_confusions(report)]
    if errors:
        parts += ["", *_errors(report)]
    return "\n".join(parts) + "\n"


def _table(report: Report) -> Iterator[str]:
    yield f"{report.records} papers, {report.absent} without a record"
    yield f"{'':14}{'precision':>10}{'recall':>8}{'F1':>8}{'gold':>7}"
    rows = [*report.types.items(), ("all four", report.micro)]
    for name, counts in (*rows, ("introduces", report.introduces), ("results", report.results)):
        yield _row(name, counts)


def _row(name: str, counts: Counts) -> str:
    return f"{name:14}{counts.precision:10.3f}{counts.recall:8.3f}{counts.f1:8.3f}{counts.gold:7d}"


def _shares(report: Report) -> Iterator[str]:
    yield f"{'link F1':14}{report.links_f1:10.3f}   (entity and role)"
    for name, share in (("roles", report.roles), ("outcomes", report.outcomes), ("quantities", report.quantity)):
        yield _share(name, share)
    for name, share in report.quantities.items():
        yield _share(f"  {name}", share)


def _share(name: str, share: Share) -> str:
    return f"{name:14}{share.value:10.3f}   {share.right} of {share.seen}"


def _calibration(report: Report) -> Iterator[str]:
    yield f"confidence of links (mean gap {report.calibration_error:.3f})"
    yield f"{'':14}{'confidence':>10}{'right':>8}{'links':>8}"
    for tenth, share in sorted(report.calibration.items()):
        mean = report.confidence_sums[tenth] / 1e6 / share.seen
        yield f"{tenth / 10:.1f} to {(tenth + 1) / 10:.1f}    {mean:10.3f}{share.value:8.3f}{share.seen:8d}"


def _confusions(report: Report) -> Iterator[str]:
    for title, confusions in (("roles", report.role_confusions), ("types", report.type_confusions)):
        yield f"commonest confusions of {title}"
        yield from _commonest(confusions)


def _commonest(confusions: Counter[tuple[str, str]], limit: int = 8) -> Iterator[str]:
    for (wanted, given), times in sorted(confusions.items(), key=lambda item: (-item[1], item[0]))[:limit]:
        yield f"{times:6d}  {given} for {wanted}"


def _errors(report: Report) -> Iterator[str]:
    for error in report.errors:
        detail = f" ({error.detail})" if error.detail else ""
        yield f"{error.paper}\t{error.kind}\t{error.type}\t{error.name}{detail}"
        if error.sentence:
            yield f"\t{error.sentence}"
