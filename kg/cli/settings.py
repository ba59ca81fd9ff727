"""Options of export formats: what the keyword arguments of a format's ``write`` are, on the command line.

``write(graph, target, *, hops: int = 1, evidence: bool = True)`` takes ``--hops 2`` and ``--no-evidence``;
so a format's options are written down once, in its module.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

_Write = Callable[..., Any]
_LISTS = ("Sequence", "tuple", "list", "Iterable")


def split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The names that come first, and the options after them.

    >>> split(["html", "turtle", "--focus", "LoRA"])
    (['html', 'turtle'], ['--focus', 'LoRA'])
    """
    first = next((place for place, word in enumerate(arguments) if word.startswith("-")), len(arguments))
    return list(arguments[:first]), list(arguments[first:])


def options_of(write: _Write) -> dict[str, str]:
    """The options that ``write`` takes, each with its annotation."""
    parameters = inspect.signature(write).parameters.values()
    return {p.name: str(p.annotation) for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY}


def settings(writers: Mapping[str, _Write], words: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The keyword arguments for each writer that ``words`` (``--name value``) give.

    Each option goes to the formats that take it. Raises `click.UsageError` for one that none takes,
    or a value of the wrong kind.

    >>> def write(graph, target, *, hops: int = 1, evidence: bool = True): ...
    >>> settings({"html": write}, ["--hops", "2", "--no-evidence"])
    {'html': {'hops': 2, 'evidence': False}}
    """
    known = {name: options_of(write) for name, write in writers.items()}
    found: dict[str, dict[str, Any]] = {name: {} for name in writers}
    left = list(words)
    while left:
        word = left.pop(0)
        option, equals, value = word.removeprefix("--").partition("=")
        option, denied = _name(option, known)
        takers = {name: options[option] for name, options in known.items() if option in options}
        if not word.startswith("--") or not takers:
            listed = ", ".join(sorted({f"--{one.replace('_', '-')}" for options in known.values() for one in options}))
            raise click.UsageError(f"{word!r} is no option of {', '.join(writers)} (known: {listed or 'none'})")
        flag = all("bool" in kind for kind in takers.values())
        if not (denied or equals or flag):
            if not left:
                raise click.UsageError(f"{word} needs a value")
            value = left.pop(0)
        for name, kind in takers.items():
            before = found[name].get(option, ())
            found[name][option] = _value(word, value, kind, before, denied=denied, flag=flag and not equals)
    return found


def _name(option: str, known: Mapping[str, Mapping[str, str]]) -> tuple[str, bool]:
    """The option meant, and whether it is denied (``--no-evidence``)."""
    name = option.replace("-", "_")
    plain = name.removeprefix("no_")
    denied = plain != name and not any(name in options for options in known.values())
    return (plain, True) if denied else (name, False)


def _value(word: str, value: str, kind: str, before: Any, *, denied: bool, flag: bool) -> Any:
    if "bool" in kind:
        if not (denied or flag) and value.lower() not in ("yes", "true", "no", "false"):
            raise click.UsageError(f"{word} is yes or no, not {value!r}")
        return not denied and (flag or value.lower() in ("yes", "true"))
    if denied:
        if "int" not in kind and "float" not in kind:
            raise click.UsageError(f"{word} cannot be denied")
        return 0
    if any(name in kind for name in _LISTS):
        return (*before, *value.split(","))
    for number, name in ((int, "int"), (float, "float")):
        if name in kind:
            try:
                return number(value)
            except ValueError as error:
                raise click.UsageError(f"{word} is a number, not {value!r}") from error
    return value
