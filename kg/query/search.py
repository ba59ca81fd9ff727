"""Find things and papers by parts of their names, best first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kg.query.facts import Ref

if TYPE_CHECKING:
    from kg.graph import Graph


@dataclass(frozen=True, slots=True)
class Hit:
    """A node whose name, or the alias ``matched``, holds what was looked for; ``papers`` speak of it."""

    ref: Ref
    matched: str
    papers: int


def search(graph: Graph, text: str, *, kind: str | None = None, limit: int = 20) -> list[Hit]:
    """Nodes whose name or alias holds every word of ``text``, in any case.

    Whole names come before beginnings, beginnings of words and parts of words, then what most papers speak of.
    ``kind`` keeps one type of node.
    """
    words = text.lower().split()
    if not words:
        return []
    ranked: dict[str, tuple[tuple[int, int, int, str], Hit]] = {}
    for ref, form, papers in _candidates(graph, words):
        if kind is not None and ref.type != kind:
            continue
        rank = (_closeness(form.lower(), " ".join(words)), -papers, len(form), ref.id)
        if ref.id not in ranked or rank < ranked[ref.id][0]:
            ranked[ref.id] = (rank, Hit(ref, form, papers))
    return [hit for _, hit in sorted(ranked.values(), key=lambda pair: pair[0])[:limit]]


def _candidates(graph: Graph, words: list[str]) -> list[tuple[Ref, str, int]]:
    entities, papers = graph.tables.entities, graph.tables.papers
    named = entities.filter(_holds(entities["name"], words)).select(["id", "type", "name", "papers"]).to_pylist()
    found = [(Ref(row["id"], row["type"], row["name"]), row["name"], row["papers"]) for row in named]
    lists = entities["aliases"].combine_chunks()
    aliases = lists.flatten()
    hit = pc.fill_null(_holds(aliases, words), False)
    rows = entities.select(["id", "type", "name", "papers"]).take(pc.list_parent_indices(lists).filter(hit)).to_pylist()
    for row, alias in zip(rows, aliases.filter(hit).to_pylist(), strict=True):
        found.append((Ref(row["id"], row["type"], row["name"]), alias, row["papers"]))
    for row in papers.filter(_holds(papers["name"], words)).select(["id", "name"]).to_pylist():
        found.append((Ref(row["id"], "Paper", row["name"]), row["name"], 1))
    return found


def _holds(column: pa.ChunkedArray | pa.Array, words: list[str]) -> pa.ChunkedArray | pa.Array:
    lower = pc.utf8_lower(column)
    mask = pc.match_substring(lower, words[0])
    for word in words[1:]:
        mask = pc.and_(mask, pc.match_substring(lower, word))
    return mask


def _closeness(form: str, wanted: str) -> int:
    """0 the whole name, 1 its beginning, 2 the beginning of a word, 3 elsewhere."""
    if form == wanted:
        return 0
    if form.startswith(wanted):
        return 1
    at = form.find(wanted)
    return 2 if at > 0 and not form[at - 1].isalnum() else 3
