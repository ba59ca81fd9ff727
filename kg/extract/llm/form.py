"""The form of a reply as JSON Schema, made from the graph's schema, and how a reply is held against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from kg.schema import load

NEEDED = frozenset({"entities", "name", "type", "role", "subject", "dataset", "value"})
_KINDS: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "number": (int, float),
    "integer": int,
    "null": type(None),
}


@cache
def form() -> dict[str, Any]:
    """The JSON Schema that a reply must keep: strict, every key required, empty values as null.

    >>> form()["properties"]["entities"]["items"]["properties"]["type"]["enum"][:2]
    ['Method', 'Model']
    """
    schema = load()
    types, roles = list(schema.entity_types), list(schema.roles)
    outcomes = list(schema.link_types[schema.roles["compares_with"]].properties["outcome"].values)
    text, maybe_text = {"type": "string"}, {"type": ["string", "null"]}
    number, whole = {"type": ["number", "null"]}, {"type": ["integer", "null"]}
    sentences = {"type": "array", "items": {"type": "integer"}}
    entity = _object(
        name=text,
        aliases={"type": "array", "items": text},
        type={"type": "string", "enum": types},
        also={"type": "array", "items": {"type": "string", "enum": types}},
        role={"type": "string", "enum": roles},
        also_roles={"type": "array", "items": {"type": "string", "enum": roles}},
        sentences=sentences,
        optional={"type": "boolean"},
        outcome={"type": ["string", "null"], "enum": [*outcomes, None]},
        count=whole,
        memory_gb=number,
        hours=number,
        parameters=number,
    )
    result = _object(
        subject=text,
        dataset=text,
        metric=maybe_text,
        value={"type": "number"},
        unit=maybe_text,
        sentence={"type": "integer"},
    )
    return _object(entities={"type": "array", "items": entity}, results={"type": "array", "items": result})


def faults(value: Any, shape: Mapping[str, Any], path: str = "reply") -> Iterator[str]:
    """Where a value breaks the form; keys that a reply may as well leave out count only when they are there.

    >>> list(faults({"entities": [{"name": 3, "type": "Method", "role": "uses"}]}, form()))
    ['reply.entities[0].name is not a string']
    """
    kinds = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
    if not any(_is(value, kind) for kind in kinds):
        yield f"{path} is not {_article(kinds[0])}"
    elif "enum" in shape and value not in shape["enum"]:
        yield f"{path} is none of {', '.join(str(one) for one in shape['enum'] if one is not None)}"
    elif isinstance(value, dict):
        for key, inner in shape["properties"].items():
            if key in value:
                yield from faults(value[key], inner, f"{path}.{key}")
            elif key in NEEDED:
                yield f"{path}.{key} is missing"
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from faults(item, shape["items"], f"{path}[{place}]")


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _KINDS[kind])


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
