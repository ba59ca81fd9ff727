"""Links from a paper to the things of its record."""

from __future__ import annotations

from typing import Any

from kg.build.columns import TableColumns
from kg.build.proof import add_proof
from kg.build.uses import Use
from kg.schema import Schema


def link_key(source: str, kind: str, target: str) -> str:
    """The key of a link from a paper to a thing.

    >>> link_key("paper/2403.00001", "USES", "method/lora")
    'paper/2403.00001|USES|method/lora'
    """
    return f"{source}|{kind}|{target}"


def link_type(role: str, target_type: str, schema: Schema) -> str:
    """The link type of a role towards a thing of a type: the role's own where the schema allows it, else a general one.

    A paper may take for data what the corpus knows as a model; the stated role then stays in ``also_roles``.

    >>> from kg.schema import load
    >>> link_type("evaluates_on", "Dataset", load()), link_type("evaluates_on", "Model", load())
    ('EVALUATES_ON', 'USES')
    """
    kind = schema.roles.get(role)
    if kind is not None and target_type in schema.link_types[kind].ranges:
        return kind
    return schema.roles["mentions" if role in ("mentions", "addresses", "measures") else "uses"]


def add_links(columns: TableColumns, source: str, used: list[Use], schema: Schema) -> None:
    """One link a thing, with its quantities and evidence."""
    for use in used:
        kind = link_type(use.role, use.thing.type, schema)
        key = link_key(source, kind, use.thing.id)
        stated = {use.role} if schema.roles.get(use.role) == kind else set()
        columns.links.add(
            key=key,
            source=source,
            type=kind,
            target=use.thing.id,
            confidence=max(entity.confidence for entity in use.entities),
            optional=all(entity.optional for entity in use.entities),
            also_roles=sorted(use.roles - stated),
            outcome=_first(use, "outcome"),
            count=_first(use, "count"),
            memory_gb=_first(use, "memory_gb"),
            hours=_first(use, "hours"),
            parameters=_first(use, "parameters"),
        )
        add_proof(columns.evidence, "link", key, source, use.evidence)


def _first(use: Use, name: str) -> Any:
    """The value of the strongest entity that has one."""
    return next((value for entity in use.entities if (value := getattr(entity, name)) is not None), None)
