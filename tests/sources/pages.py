"""Listing pages for tests: papers made up, and the ways a browser's *save as text* lays them out."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

BANNER = "Get trending papers in your email inbox!"
HEAD = ["new", BANNER, "Subscribe", "Daily Papers", "byAK and the research community", "Nov 20"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True)
class Made:
    """A made-up paper as a page would show it."""

    title: str
    abstract: str
    authors: int | None = None
    organization: tuple[str, str] | None = None
    published: date | None = None
    comments: int | None = None

    def meta(self, year: int) -> list[str]:
        if self.published is None:
            return []
        who = " ".join(self.organization) if self.organization else f"  • {self.authors} authors"
        day = f"{MONTHS[self.published.month - 1]} {self.published.day}"
        day += f", {self.published.year}" if self.published.year != year else ""
        return [who, "·", day + (f" {self.comments}" if self.comments else "")]


def blank(papers: list[Made], year: int = 2025) -> str:
    """Blank lines between all, metadata in blocks."""
    blocks = [*HEAD]
    for paper in papers:
        blocks += [part for part in (paper.title, paper.abstract, "\n".join(paper.meta(year))) if part]
    return "\n\n".join(blocks) + "\n"


def compact(papers: list[Made], year: int = 2025) -> str:
    """No blank lines, and the first title glued to the button above it."""
    lines = ["Get trending papers in your email inbox once a day!", BANNER]
    for paper in papers:
        lines += [paper.title, *([paper.abstract] if paper.abstract else []), *paper.meta(year)]
    lines[2] = "Subscribe" + lines[2]
    return "\n".join(lines)


def paired(papers: list[Made], year: int = 2025) -> str:
    """A blank line after each paper only."""
    blocks = ["\n".join([paper.title, paper.abstract, *paper.meta(year)]) for paper in papers]
    return "\n".join(HEAD) + "\n\n" + "\n\n".join(blocks)


def wrapped(papers: list[Made], year: int = 2025) -> str:
    """Abstracts broken at 80 columns."""
    blocks = [*HEAD]
    for paper in papers:
        blocks += [paper.title, textwrap.fill(paper.abstract, 80, break_long_words=False, break_on_hyphens=False)]
        blocks += ["\n".join(paper.meta(year))] if paper.published else []
    return "\n\n".join(blocks)


LAYOUTS = (blank, compact, paired, wrapped)

_WORDS = (
    *("sparse", "attention", "routing", "for", "small", "language", "models", "under", "tight", "memory", "budgets"),
    *("with", "learned", "gates", "and", "frozen", "experts", "across", "long", "documents", "via", "contrastive"),
    *("pretraining", "of", "graph", "encoders", "on", "noisy", "web", "data"),
)
_NAMES = ("QuiltNet", "Pebble-7B", "GSM8K", "LoRA", "A100", "TinyTune", "BERT", "U-Net", "T5", "BLEU")
_OPENINGS = ("We show that", "Our method keeps", "This paper studies", "Experiments on", "In contrast to", "With")


@st.composite
def titles(draw: st.DrawFn) -> str:
    """Titles as people write them, with or without a coined head."""
    words = draw(st.lists(st.sampled_from(_WORDS), min_size=3, max_size=12))
    body = " ".join(words).title() if draw(st.booleans()) else " ".join(words).capitalize()
    head = draw(st.sampled_from(("", "QuiltNet: ", "miniQ: ", "S-2: ", "RAT! ")))
    return head + body + draw(st.sampled_from(("", "", "", "?", "!")))


@st.composite
def abstracts(draw: st.DrawFn) -> str:
    """Four to nine sentences of prose."""
    sentences = []
    for _ in range(draw(st.integers(4, 9))):
        words = draw(st.lists(st.sampled_from((*_WORDS, *_NAMES)), min_size=8, max_size=25))
        sentences.append(f"{draw(st.sampled_from(_OPENINGS))} {' '.join(words)}.")
    return " ".join(sentences)


@st.composite
def made(draw: st.DrawFn, *, meta: bool | None = None) -> Made:
    """One paper; ``meta`` says whether it has metadata (at random by default)."""
    title, abstract = draw(titles()), draw(abstracts())
    if not (draw(st.booleans()) if meta is None else meta):
        return Made(title, abstract)
    who = draw(st.one_of(st.integers(1, 300), st.sampled_from((("google", "Google"), ("acme-ai", "Acme AI")))))
    day = draw(st.dates(date(2015, 1, 1), date(2025, 11, 20)))
    authors, organization = (who, None) if isinstance(who, int) else (None, who)
    return Made(title, abstract, authors, organization, day, draw(st.one_of(st.none(), st.integers(1, 99))))


def pages(*, meta: bool | None = None) -> st.SearchStrategy[list[Made]]:
    """The papers of a page; titles differ."""
    return st.lists(made(meta=meta), min_size=1, max_size=12, unique_by=lambda paper: paper.title.casefold())
