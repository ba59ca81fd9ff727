"""Queries and their parameters as given on the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

import click


def text_of(query: str) -> str:
    """The query itself, or standard input for ``-``."""
    if query != "-":
        return query
    return sys.stdin.read()


def parameters_of(given: Iterable[str]) -> dict[str, Any]:
    """``NAME=VALUE`` as a mapping; a value that is JSON (a number, a list, true) is that, else it is text.

    >>> parameters_of(["name=LoRA", "least=3", 'names=["a", "b"]'])
    {'name': 'LoRA', 'least': 3, 'names': ['a', 'b']}
    """
    found: dict[str, Any] = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(f"{item!r} is no parameter (write NAME=VALUE)")
        try:
            found[name.strip()] = json.loads(value)
        except json.JSONDecodeError:
            found[name.strip()] = value
    return found
