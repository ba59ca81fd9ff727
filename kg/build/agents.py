"""Who and what stands behind a paper: authors, the organisation, code repositories, as entities with their links."""

from __future__ import annotations

import re
from collections import defaultdict

from kg.build.columns import TableColumns
from kg.build.links import link_key
from kg.build.proof import add_proof
from kg.model import Record
from kg.resolve import node_id

_REPOSITORY = re.compile(
    r"(?:https?://)?(?:www\.)?(?P<host>[\w.-]+\.[a-z]{2,})/(?P<path>[\w.-]+/[\w.-]+?)(?:\.git)?(?:[/?#].*)?",
    re.IGNORECASE,
)


class Agents:
    """Collects authors, organisations and repositories over all papers; `finish` adds them as entities."""

    def __init__(self, columns: TableColumns) -> None:
        self._columns = columns
        self._names: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._papers: dict[str, int] = defaultdict(int)
        self._urls: dict[str, str] = {}
        self._source = ""
        self._keys: set[str] = set()

    def add(self, record: Record, source: str) -> None:
        """The links of one paper."""
        paper = record.paper
        for author in dict.fromkeys(paper.authors):
            self._link(source, "WRITTEN_BY", "Author", author)
        if paper.organization:
            self._link(source, "PUBLISHED_BY", "Organization", paper.organization)
        for piece in record.repositories:
            place = repository(piece.text)
            if place is None:
                continue
            name, url = place
            key = self._link(source, "HAS_CODE", "Repository", name, piece.confidence)
            if key:
                self._urls.setdefault(node_id("Repository", name), url)
                add_proof(self._columns.evidence, "link", key, source, [piece])

    def finish(self) -> None:
        """Add one entity for each, named as most readable of its spellings (the first in order)."""
        for (kind, identifier), names in sorted(self._names.items()):
            name, *aliases = sorted(names)
            self._columns.entities.add(
                id=identifier,
                type=kind,
                name=name,
                aliases=aliases,
                papers=self._papers[identifier],
                url=self._urls.get(identifier),
            )

    def _link(self, source: str, kind: str, target_type: str, name: str, confidence: float = 1.0) -> str | None:
        """Add a link unless the paper has it already; its key if added."""
        target = node_id(target_type, name)
        key = link_key(source, kind, target)
        if source != self._source:
            self._source = source
            self._keys.clear()
        if key in self._keys:
            return None
        self._keys.add(key)
        self._names[target_type, target].add(name)
        self._papers[target] += 1
        self._columns.links.add(key=key, source=source, type=kind, target=target, confidence=confidence, optional=False)
        return key


def repository(text: str) -> tuple[str, str] | None:
    """Name and URL of a repository from what a paper writes; none when it names none.

    >>> repository("https://github.com/example/tinytune.git")
    ('example/tinytune', 'https://github.com/example/tinytune')
    """
    match = _REPOSITORY.fullmatch(text.strip().rstrip(".,;:)"))
    if match is None:
        return None
    host, path = match["host"].lower(), match["path"].rstrip(".")
    name = path if host == "github.com" else f"{host}/{path}"
    return name, f"https://{host}/{path}"
