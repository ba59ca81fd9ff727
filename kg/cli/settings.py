"""``--set NAME=VALUE`` given to the keyword options that a format's ``write`` takes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any

import click

_YES, _NO = ("yes", "true", "on", "1"), ("no", "false", "off", "0")


def settings_for(write: Callable[..., Any], settings: Iterable[str]) -> dict[str, Any]:
    """The settings as keyword arguments of ``write``, each of the kind its annotation says.

    Raises `click.UsageError` for a name that ``write`` does not take or a value of the wrong kind.

    >>> def write(graph, target, *, hops: int = 1, evidence: bool = True): ...
    >>> settings_for(write, ["hops=2", "evidence=no"])
    {'hops': 2, 'evidence': False}
    """
    parameters = inspect.signature(write).parameters.values()
    known = {p.name: str(p.annotation) for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY}
    found: dict[str, Any] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        name = name.strip().replace("-", "_")
        if not equals or name not in known:
            listed = ", ".join(known) or "none"
            raise click.UsageError(f"{setting!r} is no option of this format (known: {listed}; write NAME=VALUE)")
        found[name] = _value(name, value, known[name], found.get(name))
    return found


def _value(name: str, value: str, annotation: str, before: Any) -> Any:
    if "bool" in annotation:
        if value.lower() not in (*_YES, *_NO):
            raise click.UsageError(f"{name} is yes or no, not {value!r}")
        return value.lower() in _YES
    if "Sequence" in annotation or "tuple" in annotation or "list" in annotation or "Iterable" in annotation:
        return (*(before or ()), *value.split(","))
    for kind, needle in ((int, "int"), (float, "float")):
        if needle in annotation:
            try:
                return kind(value)
            except ValueError as error:
                raise click.UsageError(f"{name} is a number, not {value!r}") from error
    return value
