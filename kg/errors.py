"""Every error `kg` raises on purpose, in one tree.

::

    KgError
    ├── InputError            a file, page or record that cannot be read
    │   ├── FormatError       the content is in no known format
    │   └── RecordError       one record of an otherwise good file is broken
    ├── SchemaError           the ontology or the shapes are inconsistent
    ├── ExtractionError       an extractor cannot run (weights, endpoint, profile)
    ├── GraphError            a graph folder is missing, damaged or of another version
    │   └── UnknownNameError  a name asked for is not in the graph
    ├── ExportError           an export cannot be written
    ├── QueryError            a Cypher or SPARQL query that cannot be answered
    ├── ServerError           a server (Neo4j, Oxigraph, an LLM endpoint) failed or refused
    └── MissingExtraError     an optional dependency is not installed

Each carries what happened, where, and what to do about it.
"""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors of this package.

    ``message`` says what was wrong and with which value; ``where`` names the file, line or
    record; ``mend`` says what the user can do next. ``str()`` joins the three.

    >>> str(KgError("no title", where="page.txt:3", mend="add one"))
    'page.txt:3: no title (add one)'
    """

    exit_code = 1

    def __init__(self, message: str, *, where: str | None = None, mend: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        mend = f" ({self.mend})" if self.mend else ""
        return f"{place}{self.message}{mend}"


class InputError(KgError):
    """A file, page or record that cannot be read."""

    exit_code = 3


class FormatError(InputError):
    """Content in no known format."""


class RecordError(InputError):
    """One broken record of an otherwise good file; the others go on."""


class SchemaError(KgError):
    """An ontology or shapes file that contradicts itself or the code."""


class ExtractionError(KgError):
    """An extractor that cannot run: missing weights, endpoint or profile."""


class GraphError(KgError):
    """A graph folder that is missing, damaged or of another version."""

    exit_code = 4


class UnknownNameError(GraphError):
    """A name asked for that the graph does not hold; ``mend`` suggests near ones."""


class ExportError(KgError):
    """An export that cannot be written."""


class QueryError(KgError):
    """A query that cannot be answered; ``where`` holds the place in the query."""

    exit_code = 5


class ServerError(KgError):
    """A server that failed, refused or is not there; ``where`` holds its URI."""

    exit_code = 6


class MissingExtraError(KgError):
    """An optional dependency that is not installed; ``mend`` holds the install command."""

    exit_code = 7
