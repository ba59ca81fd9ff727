"""Which nodes a person means by a name: by id, name, alias, source id or spelling, in any case."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kg.errors import UnknownNameError
from kg.query.facts import Ref, refs
from kg.resolve import compare, slug

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.tables import Tables

_NEAR = 5
_LIKELY = 2_000


def find(graph: Graph, name: str) -> list[Ref]:
    """All nodes called ``name``, things with most papers first.

    The first of these that finds any decides: the id, the name, an alias, the spelling of the id,
    a name that the rules of identity take for the same (*A100* for *NVIDIA A100*).
    Raises `UnknownNameError` with near names when none does.
    """
    for wanted in dict.fromkeys((name, name.strip())):
        for ids in _ways(graph.tables, wanted):
            if ids:
                known = refs(graph.tables, ids)
                return [known[identifier] for identifier in dict.fromkeys(ids)]
    near = near_names(graph.tables, name.strip())
    mend = f"near it: {', '.join(near)}" if near else "look for it: kg search TEXT"
    raise UnknownNameError(f"nothing in the graph is called {name!r}", mend=mend)


def near_names(tables: Tables, name: str) -> list[str]:
    """Names and aliases that look like ``name``, best first."""
    folded = name.casefold()
    names = pa.chunked_array([*tables.entities["name"].chunks, *tables.papers["name"].chunks], pa.string())
    aliases = tables.entities["aliases"].combine_chunks().flatten()
    every = pa.chunked_array([*names.chunks, aliases], pa.string())
    longer = pc.less_equal(pc.utf8_length(every), len(name) + 4)
    shorter = pc.greater_equal(pc.utf8_length(every), len(name) - 4)
    close = pc.or_(pc.and_(longer, shorter), pc.match_substring(every, name, ignore_case=True))
    by_fold: dict[str, str] = {}
    for text in every.filter(close).unique().to_pylist():
        by_fold.setdefault(text.casefold(), text)
    likely = [text for text in by_fold if _shares_letters(text, folded)]
    found = difflib.get_close_matches(folded, likely, n=_NEAR, cutoff=0.6)
    holding = [text for text in by_fold if folded and folded in text]
    more = sorted(holding, key=len)[: _NEAR - len(found)]
    return [by_fold[text] for text in dict.fromkeys([*found, *more])]


def _shares_letters(a: str, b: str) -> bool:
    """A cheap bound before the dear comparison: at least half of the letters are common."""
    return 2 * len(set(a) & set(b)) >= len(set(b))


def _ways(tables: Tables, name: str) -> Iterator[list[str]]:
    entities, papers = tables.entities, tables.papers
    yield [*_ids(papers, pc.equal(papers["id"], name)), *_ids(entities, pc.equal(entities["id"], name)),
           *_ids(tables.results, pc.equal(tables.results["id"], name))]  # fmt: skip
    folded = name.lower()
    yield [
        *_ids(entities, pc.equal(pc.utf8_lower(entities["name"]), folded)),
        *_ids(papers, pc.equal(pc.utf8_lower(papers["name"]), folded)),
        *_ids(papers, pc.equal(pc.utf8_lower(papers["title"]), folded), pc.not_equal(papers["title"], papers["name"])),
        *_ids(papers, pc.equal(pc.utf8_lower(papers["paper_id"]), folded)),
        *_ids(papers, pc.equal(pc.utf8_lower(pc.fill_null(papers["arxiv_id"], "")), folded or " ")),
    ]
    lists = entities["aliases"].combine_chunks()
    rows = pc.list_parent_indices(lists).filter(pc.equal(pc.utf8_lower(lists.flatten()), folded)).unique()
    yield _by_papers(entities.take(rows))
    tail = slug(name)
    if tail:
        yield _by_papers(entities.filter(pc.match_substring_regex(entities["id"], f"^[a-z]+/{_quoted(tail)}$")))
    yield _spelled(entities, name)


def _spelled(entities: pa.Table, name: str) -> list[str]:
    """Things of which ``name`` is another spelling, among those that share its longest word."""
    word = max(re.findall(r"\w+", name), key=len, default="")
    if not word:
        return []
    likely = entities.filter(pc.match_substring(entities["name"], word, ignore_case=True)).slice(0, _LIKELY)
    pairs = zip(likely["name"].to_pylist(), likely["type"].to_pylist(), strict=True)
    rows = [at for at, (other, kind) in enumerate(pairs) if compare(name, other, kind) == "same"]
    return _by_papers(likely.take(pa.array(rows, pa.int64())))


def _ids(table: pa.Table, mask: pa.ChunkedArray, *more: pa.ChunkedArray) -> list[str]:
    for other in more:
        mask = pc.and_(mask, other)
    return _by_papers(table.filter(mask))


def _by_papers(table: pa.Table) -> list[str]:
    """Ids, those of things with most papers first, each once."""
    if "papers" in table.column_names:
        table = table.sort_by([("papers", "descending"), ("id", "ascending")])
    ids: list[str] = table["id"].to_pylist()
    return list(dict.fromkeys(ids))


def _quoted(text: str) -> str:
    """For Arrow's regular expressions (RE2), which know ``\\Q…\\E``."""
    return "\\Q" + text.replace("\\E", "") + "\\E"
