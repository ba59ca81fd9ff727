"""Listing pages saved as text: titles and abstracts one after another, with or without metadata.

Goes in: a *Daily Papers* page (or a search of it) as a browser saves it. Comes out: its papers in
order. Such pages differ in blank lines and metadata; `_listing_lines` tells lines apart and
`_listing_layout` groups them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import FormatError, RecordError
from kg.model import Origin, Paper
from kg.sources.dates import page_year, resolve
from kg.sources.format import InputFormat, Page
from kg.sources.formats._listing_layout import Entry, entries
from kg.sources.formats._listing_lines import Meta, Section, Text, sections

_RESEARCH = re.compile(
    r"\b(?:we|our|this (?:paper|work|study|report|survey|article)|propose[sd]?|method|models?|results|algorithm|"
    r"experiments|datasets?|benchmarks?)\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"\s*(?:[#<{\[|;/]|>>>|[-=]{3}|(?:import|from|def|class|function|const|var|return)\b.*[;:({=\w]$)")
_SENTENCES = re.compile(r"[a-z)%\d][.!?] [A-Z]")
_ABSTRACT_LEAST = 200


def sniff(head: str) -> float:
    """Surest with the site's banner or metadata; else by titles and abstracts that take turns throughout."""
    if head.lstrip()[:1] in ("{", "[", "<"):
        return 0.0
    found = list(sections(enumerate(head.split("\n"), 1)))
    if any(section.banner for section in found):
        return 1.0
    metas = [item for section in found for item in section.items if isinstance(item, Meta)]
    if any(meta.day and (meta.author_count or meta.organization) for meta in metas):
        return 0.9
    papers = [entry for section in found for entry in entries(section.items)]
    if any(section.headed for section in found) and papers:
        return 0.8
    return 0.5 if papers and _takes_turns(papers) else 0.0


def read(page: Page) -> Iterator[Paper]:
    """The papers of ``page`` in order."""
    none = True
    for section in sections(page.lines()):
        for paper in _papers(section, page):
            none = False
            yield paper
    if none:
        raise FormatError(
            "a listing page without papers", where=page.where, mend="save the page again once its list is there"
        )


def _papers(section: Section, page: Page) -> Iterator[Paper]:
    dates = [item.day for item in section.items if isinstance(item, Meta) and item.day]
    year = page_year([*dates, *([section.day] if section.day else [])], page.captured)
    undated = 0
    for entry in entries(section.items):
        if not entry.title:
            at = f"{page.where}:{entry.abstract[0].number}"
            page.report(RecordError("an abstract without a title", where=at, mend="was the page cut off above it?"))
            continue
        meta = entry.meta or Meta()
        published = resolve(meta.day, year, page.captured) if meta.day else None
        undated += meta.day is not None and published is None
        yield Paper(
            id="",
            title=_joined(entry.title),
            abstract=_joined(entry.abstract),
            published=published,
            author_count=meta.author_count,
            organization=meta.organization,
            comment_count=meta.day.comments if meta.day else None,
            origins=(Origin(page.name, entry.title[0].number),),
        )
    if undated:
        page.note(f"{page.where}: {undated} dates without a year left out (say when it was saved: --captured DATE)")


def _joined(lines: list[Text]) -> str:
    return " ".join(line.text for line in lines)


def _takes_turns(papers: list[Entry]) -> bool:
    """Whether a page without furniture still reads as titles and abstracts of research."""
    if any(not entry.title or _MARKUP.match(entry.title[0].text) for entry in papers):
        return False
    # The head may end inside the last paper.
    whole = papers[:-1] if len(papers) > 1 else papers
    abstracts = [_joined(entry.abstract) for entry in whole]
    long = sum(len(abstract) >= _ABSTRACT_LEAST for abstract in abstracts)
    prose = sum(bool(_SENTENCES.search(abstract)) for abstract in abstracts)
    research = sum(len({m.lower() for m in _RESEARCH.findall(abstract)}) >= 2 for abstract in abstracts)
    paragraphs = sum(line.after_blank for entry in papers for line in entry.abstract[1:])
    return min(long, prose) >= 0.8 * len(whole) and research >= 0.6 * len(whole) and paragraphs <= 0.1 * len(papers)


FORMAT = InputFormat(
    name="listing",
    description="Daily Papers listing page saved as text: titles, abstracts, dates, organisations",
    looks_for="a listing page (its banner, lines such as '• 4 authors', or titles and abstracts taking turns)",
    sniff=sniff,
    read=read,
)
