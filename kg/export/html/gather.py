"""From the property-graph view to columns: what a page can draw and tell, as arrays and short lists.

Nodes and links are numbered in the order of `kg.view`; evidence is capped per link, with the
count of what was left out, and its offsets are turned into those JavaScript counts in (UTF-16).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from kg import view
from kg.model import Link, Node
from kg.tables import Tables
from kg.text import display

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

NODE_FACTS = ("aliases", "also", "authors", "organization", "arxiv_id", "paper_id", "url", "parameters", "memory_gb")
RESULT_FACTS = ("value", "unit", "metric_name")
LINK_FACTS = ("outcome", "count", "memory_gb", "hours", "parameters", "optional", "also_roles", "paper", "rule")
_TITLE = 1


@dataclass(slots=True)
class Gathered:
    """The graph in columns; ``source`` and ``target`` are numbers of nodes, types are names of the schema."""

    ids: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)  # "2025-01-02", or "" where there is none
    facts: list[dict[str, Any]] = field(default_factory=list)
    source: list[int] = field(default_factory=list)
    target: list[int] = field(default_factory=list)
    link_types: list[str] = field(default_factory=list)
    confidence: list[int] = field(default_factory=list)  # in per cent
    link_facts: list[dict[str, Any]] = field(default_factory=list)
    evidence: list[list[list[int]]] = field(default_factory=list)  # [sentence, start, end, in title, per cent]
    hidden: list[int] = field(default_factory=list)  # pieces of evidence beyond the cap
    sentences: list[str] = field(default_factory=list)

    def ends(self) -> tuple[Ints, Ints]:
        """Both ends of every link, as arrays."""
        return np.asarray(self.source, dtype=np.int64), np.asarray(self.target, dtype=np.int64)


def gather(tables: Tables, *, evidence_cap: int = 3) -> Gathered:
    """Read the whole view of ``tables``; links to nodes that are not there are left out."""
    found = Gathered()
    number: dict[str, int] = {}
    for node in view.nodes(tables):
        number[node.id] = len(found.ids)
        _add_node(found, node)
    sentences: dict[str, int] = {}
    for link in view.links(tables):
        if link.source in number and link.target in number:
            found.source.append(number[link.source])
            found.target.append(number[link.target])
            _add_link(found, link, sentences, evidence_cap)
    return found


def keep(found: Gathered, nodes: npt.NDArray[np.bool_]) -> Gathered:
    """The part of ``found`` on the given nodes, numbered anew, with the links among them and their sentences."""
    order = np.flatnonzero(nodes).tolist()
    source, target = found.ends()
    chosen = np.flatnonzero(nodes[source] & nodes[target]).tolist() if len(source) else []
    renumber = (np.cumsum(nodes) - 1).tolist()
    sentences: dict[int, int] = {}
    return Gathered(
        ids=_pick(found.ids, order),
        names=_pick(found.names, order),
        types=_pick(found.types, order),
        dates=_pick(found.dates, order),
        facts=_pick(found.facts, order),
        source=[renumber[found.source[i]] for i in chosen],
        target=[renumber[found.target[i]] for i in chosen],
        link_types=_pick(found.link_types, chosen),
        confidence=_pick(found.confidence, chosen),
        link_facts=_pick(found.link_facts, chosen),
        evidence=[
            [[sentences.setdefault(piece[0], len(sentences)), *piece[1:]] for piece in found.evidence[i]]
            for i in chosen
        ],
        hidden=_pick(found.hidden, chosen),
        sentences=_pick(found.sentences, list(sentences)),
    )


def _pick(column: Sequence[Any], order: Sequence[int]) -> list[Any]:
    return [column[i] for i in order]


def _add_node(found: Gathered, node: Node) -> None:
    properties = node.properties
    found.ids.append(node.id)
    found.names.append(str(properties.get("name") or node.id))
    found.types.append(node.label)
    found.dates.append(str(properties.get("published", "")))
    wanted = RESULT_FACTS if node.label == "Result" else NODE_FACTS
    found.facts.append(_facts(properties, wanted))


def _add_link(found: Gathered, link: Link, sentences: dict[str, int], cap: int) -> None:
    properties = link.properties
    found.link_types.append(link.type)
    found.confidence.append(_percent(properties.get("confidence", 1.0)))
    found.link_facts.append(_facts(properties, LINK_FACTS))
    said = properties.get("evidence_sentence", ())
    pieces = []
    for i in range(min(cap, len(said))):
        begin = properties["evidence_sentence_start"][i]
        span = properties["evidence_start"][i] - begin, properties["evidence_end"][i] - begin
        where = _TITLE if properties["evidence_field"][i] == "title" else 0
        sure = _percent(properties["evidence_confidence"][i])
        known = sentences.get(said[i])
        if known is None:
            known = sentences[said[i]] = len(sentences)
            found.sentences.append(display(said[i]))
        start, end = _shown_span(said[i], found.sentences[known], *span)
        pieces.append([known, start, end, where, sure])
    found.evidence.append(pieces)
    found.hidden.append(max(0, len(said) - cap))


def _facts(properties: Mapping[str, Any], wanted: Sequence[str]) -> dict[str, Any]:
    """The wanted properties that say something; numbers JSON cannot hold are left out."""
    picked = ((name, properties.get(name)) for name in wanted)
    return {name: value for name, value in picked if value and not (isinstance(value, float) and _is_odd(value))}


def _is_odd(value: float) -> bool:
    return not math.isfinite(value)


def _percent(value: float) -> int:
    return round(100 * min(1.0, max(0.0, value))) if math.isfinite(value) else 0


def _shown_span(stored: str, shown: str, start: int, end: int) -> tuple[int, int]:
    """Where a mention of the stored sentence stands in the shown one, as JavaScript counts; nowhere is (0, 0)."""
    if stored != shown:
        mention = display(stored[start:end])
        guess = len(display(stored[:start]))
        places = [at for at in (shown.find(mention, max(0, guess - 3)), shown.find(mention)) if at >= 0]
        if not mention or not places:
            return 0, 0
        start, end = places[0], places[0] + len(mention)
    return _utf16(shown, start), _utf16(shown, end)


def _utf16(text: str, offset: int) -> int:
    """An offset in characters as JavaScript counts it, within the text."""
    offset = min(max(offset, 0), len(text))
    return offset if text.isascii() else len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
