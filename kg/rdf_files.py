"""RDF files in any form, read statement by statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import FormatError

if TYPE_CHECKING:
    import pyoxigraph

# The names of pyoxigraph's formats, by the end of a file's name.
FORMATS: Mapping[str, str] = {
    ".nt": "N_TRIPLES", ".ttl": "TURTLE", ".nq": "N_QUADS", ".trig": "TRIG", ".jsonld": "JSON_LD", ".rdf": "RDF_XML",
}  # fmt: skip


def statements(path: Path) -> Iterator[pyoxigraph.Quad]:
    """All statements of an RDF file, its form told by the end of its name.

    Raises `FormatError` when the name tells no form, the file is not there or not in that form.
    """
    import pyoxigraph as ox

    kind = FORMATS.get(path.suffix)
    if kind is None:
        raise FormatError(f"no RDF by its name: {path.name}", where=str(path), mend=f"use {', '.join(FORMATS)}")
    try:
        yield from ox.parse(path=str(path), format=getattr(ox.RdfFormat, kind))
    except SyntaxError as error:
        raise FormatError(str(error), where=str(path)) from error
    except OSError as error:
        raise FormatError(error.strerror or str(error), where=str(path)) from error
