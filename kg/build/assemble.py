"""Lay records and their identities out as the seven tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from kg.build.agents import Agents
from kg.build.columns import TableColumns
from kg.build.links import add_links
from kg.build.relations import add_relations, add_variants
from kg.build.results import add_results
from kg.build.uses import Use, uses
from kg.model import Paper, Record
from kg.resolve import Identities, node_id
from kg.resolve.elsewhere import exact_matches
from kg.schema import load
from kg.tables import Tables
from kg.text import display

_Value = TypeVar("_Value", int, float)


def assemble(papers: Iterable[Paper], records: Sequence[Record], identities: Identities) -> Tables:
    """The tables of a graph: every paper, every thing that a record speaks of, and all links with their evidence.

    ``records`` are those of ``papers``, ``identities`` what `kg.resolve.resolve` made of them.
    """
    schema = load()
    columns = TableColumns()
    agents = Agents(columns)
    tally = _Tally()
    for paper in papers:
        _add_paper(columns, paper)
    for record in records:
        source = paper_id(record.paper)
        used = uses(record, identities)
        tally.add(used)
        add_links(columns, source, used, schema)
        add_relations(columns, source, record.paper, used, schema)
        add_results(columns, source, record, used)
        agents.add(record, source)
    add_variants(columns, identities)
    _add_things(columns, identities, tally)
    agents.finish()
    for merge in identities.merges:
        by = merge.paper and node_id("Paper", merge.paper)
        columns.merges.add(entity=merge.entity, form=merge.form, rule=merge.rule, paper=by)
    return columns.tables()


def paper_id(paper: Paper) -> str:
    """The node id of a paper.

    >>> paper_id(Paper("2403.00001", "t", "a")), paper_id(Paper("acl:2024.x-1", "t", "a"))
    ('paper/2403.00001', 'paper/acl-2024.x-1')
    """
    return node_id("Paper", paper.id)


class _Tally:
    """How many papers speak of each thing, and the sizes they give it."""

    def __init__(self) -> None:
        self.papers: Counter[str] = Counter()
        self.parameters: dict[str, Counter[int]] = {}
        self.memory: dict[str, Counter[float]] = {}

    def add(self, used: Iterable[Use]) -> None:
        """Count one paper's uses."""
        for use in used:
            self.papers[use.thing.id] += 1
            for entity in use.entities:
                if entity.parameters is not None:
                    self.parameters.setdefault(use.thing.id, Counter())[entity.parameters] += 1
                if entity.memory_gb is not None:
                    self.memory.setdefault(use.thing.id, Counter())[entity.memory_gb] += 1


def _add_paper(columns: TableColumns, paper: Paper) -> None:
    columns.papers.add(
        id=paper_id(paper),
        paper_id=paper.id,
        name=display(paper.title),
        title=paper.title,
        abstract=paper.abstract,
        authors=list(paper.authors),
        pages=[origin.page if origin.line is None else f"{origin.page}:{origin.line}" for origin in paper.origins],
        published=paper.published,
        author_count=paper.author_count,
        organization=paper.organization,
        comment_count=paper.comment_count,
        arxiv_id=paper.arxiv_id,
        url=paper.url,
    )


def _add_things(columns: TableColumns, identities: Identities, tally: _Tally) -> None:
    for thing in identities.things.values():
        columns.entities.add(
            id=thing.id,
            type=thing.type,
            name=thing.name,
            aliases=list(thing.aliases),
            also=list(thing.also),
            papers=tally.papers[thing.id],
            exact_matches=list(exact_matches(thing)),
            parameters=_agreed(tally.parameters.get(thing.id)) if thing.type == "Model" else None,
            memory_gb=_agreed(tally.memory.get(thing.id)) if thing.type == "Hardware" else None,
        )


def _agreed(values: Counter[_Value] | None) -> _Value | None:
    """The value that all papers give; none when they differ (a family of sizes has none of its own)."""
    return next(iter(values)) if values and len(values) == 1 else None
