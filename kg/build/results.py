"""Results: the numbers a paper reports for a named subject on a named dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.build.columns import TableColumns
from kg.build.proof import add_proof
from kg.build.uses import Use
from kg.model import Record
from kg.resolve import Thing, slug


def add_results(columns: TableColumns, source: str, record: Record, used: Sequence[Use]) -> None:
    """One row a result whose subject and dataset are things of the record; equal ones once."""
    things = _by_form(used)
    seen: set[str] = set()
    for result in record.results:
        subject, dataset = things.get(result.subject.casefold()), things.get(result.dataset.casefold())
        if subject is None or dataset is None:
            continue
        metric = things.get(result.metric.casefold()) if result.metric else None
        identifier = _id(source, subject, dataset, result.metric, f"{result.value:.12g}")
        if identifier in seen:
            continue
        seen.add(identifier)
        columns.results.add(
            id=identifier,
            paper=source,
            subject=subject.id,
            dataset=dataset.id,
            value=result.value,
            confidence=result.confidence,
            metric=metric.id if metric and metric.type == "Metric" else None,
            metric_name=result.metric,
            unit=result.unit,
        )
        add_proof(columns.evidence, "result", identifier, source, result.evidence)


def _by_form(used: Sequence[Use]) -> Mapping[str, Thing]:
    """Things by the forms the paper writes, names before aliases."""
    found: dict[str, Thing] = {}
    for use in used:
        for entity in use.entities:
            found.setdefault(entity.name.casefold(), use.thing)
    for use in used:
        for form in use.forms:
            found.setdefault(form.casefold(), use.thing)
    return found


def _id(source: str, subject: Thing, dataset: Thing, metric: str | None, value: str) -> str:
    parts = [source.removeprefix("paper/"), _tail(subject.id), _tail(dataset.id)]
    if metric:
        parts.append(slug(metric) or "metric")
    return "result/" + "/".join([*parts, value])


def _tail(identifier: str) -> str:
    return identifier.split("/", 1)[1]
