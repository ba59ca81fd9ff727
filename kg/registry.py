"""Find the modules of one kind (input formats, extractors, exports) by name.

A kind is a sub-package whose modules each define one object under a fixed name; the module's
name (``_`` read as ``-``) is the object's name. Adding one is adding a module. Other
distributions add theirs by an entry point in the group named after the sub-package.
Nothing is imported before it is asked for.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import Any

from kg.errors import KgError


class Registry:
    """The objects called ``attribute`` in the modules of ``package``, by name.

    >>> Registry("kg.export.formats", "FORMAT").names()  # doctest: +SKIP
    ['cypher', 'gexf', 'graphml', ...]
    """

    def __init__(self, package: str, attribute: str) -> None:
        self.package = package
        self.attribute = attribute

    def names(self) -> list[str]:
        """All names, sorted; imports none of the modules."""
        return sorted({*self._modules(), *self._plugins()})

    def get(self, name: str) -> Any:
        """The object registered as ``name``.

        Raises `KgError` naming the known ones when there is none.
        """
        module = self._modules().get(name)
        if module is not None:
            return getattr(importlib.import_module(module), self.attribute)
        plugin = self._plugins().get(name)
        if plugin is not None:
            return plugin.load()
        raise KgError(f"unknown name {name!r}", where=self.package, mend=f"known: {', '.join(self.names())}")

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        for name in self.names():
            yield name, self.get(name)

    def _modules(self) -> dict[str, str]:
        package = importlib.import_module(self.package)
        return {
            info.name.replace("_", "-"): f"{self.package}.{info.name}"
            for info in pkgutil.iter_modules(package.__path__)
            if not info.name.startswith("_")
        }

    def _plugins(self) -> dict[str, Any]:
        return {point.name: point for point in entry_points(group=self.package)}
