"""Turn machine-learning paper listings into a graph people can ask.

>>> import kg
>>> graph = kg.build(["samples/daily-papers.txt"])  # doctest: +SKIP
>>> graph.cypher("MATCH (p:Paper)-[:RUNS_ON]->(h:Hardware) RETURN p.name, h.name")  # doctest: +SKIP

The public names stand in ``__all__``; each is loaded when it is first used, so that ``import kg`` is light.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import (
        ExportError,
        ExtractionError,
        FormatError,
        GraphError,
        InputError,
        KgError,
        MissingExtraError,
        QueryError,
        RecordError,
        SchemaError,
        ServerError,
        UnknownNameError,
    )
    from kg.extract import extract
    from kg.graph import Graph
    from kg.model import Entity, Evidence, Link, Node, Origin, Paper, Record, Result
    from kg.pipeline import build, remove
    from kg.query.rows import Rows
    from kg.sources import read_papers
    from kg.tables import Tables

__all__ = [
    "Entity",
    "Evidence",
    "ExportError",
    "ExtractionError",
    "FormatError",
    "Graph",
    "GraphError",
    "InputError",
    "KgError",
    "Link",
    "MissingExtraError",
    "Node",
    "Origin",
    "Paper",
    "QueryError",
    "Record",
    "RecordError",
    "Result",
    "Rows",
    "SchemaError",
    "ServerError",
    "Tables",
    "UnknownNameError",
    "__version__",
    "build",
    "extract",
    "read_papers",
    "remove",
]

_HOMES = {
    "kg.extract": ("extract",),
    "kg.graph": ("Graph",),
    "kg.model": ("Entity", "Evidence", "Link", "Node", "Origin", "Paper", "Record", "Result"),
    "kg.pipeline": ("build", "remove"),
    "kg.query.rows": ("Rows",),
    "kg.sources": ("read_papers",),
    "kg.tables": ("Tables",),
}

_FUNCTIONS = {name: home for home, names in _HOMES.items() for name in names}


class _Room(ModuleType):
    """A sub-package whose name is also a function's: ``kg.build`` is the room and ``kg.build(…)`` the job."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        name = self.__name__.rpartition(".")[2]
        return getattr(import_module(_FUNCTIONS[name]), name)(*args, **options)


class _Package(ModuleType):
    """This package: importing a sub-package puts it under its name here, where it must stay callable."""

    def __setattr__(self, name: str, value: Any) -> None:
        if type(value) is ModuleType and name in _FUNCTIONS:
            value.__class__ = _Room
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("kg")
    home = _FUNCTIONS.get(name) or ("kg.errors" if name in __all__ else None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
