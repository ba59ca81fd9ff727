"""The nouns of the project, passed from stage to stage.

``sources`` gives `Paper`; ``extract`` turns a `Paper` into a `Record` of `Entity` and `Result`,
each standing on `Evidence`; ``build`` lays them out as a `kg.Graph` of typed tables
(`kg.tables`), whose view as a property graph is made of `Node` and `Link` (`kg.projection`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

TextField = Literal["title", "abstract"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a paper was read: the ``page`` (file name or URL) and the 1-based ``line`` in it."""

    page: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as read from a source.

    ``title`` and ``abstract`` are the text as stored in the source (lines of one paragraph joined),
    into which all offsets point; `kg.text.display` cleans residues of markup for show.
    ``id`` is the arXiv id where the source gives it, else a readable slug of the title.
    """

    id: str
    title: str
    abstract: str
    published: date | None = None
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    organization: str | None = None
    comment_count: int | None = None
    arxiv_id: str | None = None
    url: str | None = None
    origins: tuple[Origin, ...] = ()

    def text(self, name: TextField) -> str:
        """The stored text of one field."""
        return self.title if name == "title" else self.abstract


@dataclass(frozen=True, slots=True)
class Evidence:
    """The place in a paper's stored text that says so.

    ``start`` and ``end`` are character offsets of ``text`` in ``field``; ``sentence`` is the
    sentence around it, beginning at ``sentence_start``. ``extractor`` names the component that
    read it; ``confidence`` lies in [0, 1].
    """

    field: TextField
    start: int
    end: int
    text: str
    sentence: str
    sentence_start: int
    extractor: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing one paper speaks of, in the role it has there (`gold` record form, plus evidence).

    ``memory_gb`` is that of one device, ``hours`` a duration or device-hours as written,
    ``parameters`` a plain number. The first piece of ``evidence`` is the one that best shows the role.
    """

    name: str
    type: str
    role: str
    aliases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    also_roles: tuple[str, ...] = ()
    optional: bool = False
    outcome: str | None = None
    count: int | None = None
    memory_gb: float | None = None
    hours: float | None = None
    parameters: int | None = None
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()

    def with_(self, **changes: Any) -> Entity:
        """A copy with some fields changed."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Result:
    """A number a paper reports for a named ``subject`` on a named ``dataset`` (names of entities of the record)."""

    subject: str
    dataset: str
    value: float
    metric: str | None = None
    unit: str | None = None
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What one paper adds to the graph: its entities, results and code repositories."""

    paper: Paper
    entities: tuple[Entity, ...] = ()
    results: tuple[Result, ...] = ()
    repositories: tuple[Evidence, ...] = ()
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the property-graph view: ``label`` is a node type of the schema."""

    id: str
    label: str
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the property-graph view: ``type`` is a link type of the schema, ``key`` is unique in the graph."""

    key: str
    source: str
    target: str
    type: str
    properties: Mapping[str, Any] = field(default_factory=dict)
