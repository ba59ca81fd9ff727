"""The main job: read, extract, resolve, assemble, and put the graph with its exports in a folder."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cache import CACHE, Cache, decoded, key_of
from kg.errors import GraphError, InputError, UnknownNameError
from kg.model import Paper, Record
from kg.report import Progress, Report, silent

if TYPE_CHECKING:
    from kg.beside import Helper
    from kg.extract import Extractor
    from kg.graph import Graph
    from kg.tables import Tables

# Below so many papers a further process costs more to start than it saves.
A_WORKERS_WORTH = 32
A_HELPER_WORTH = 64


@dataclass(frozen=True, slots=True)
class Built:
    """A graph and the report of its making."""

    graph: Graph
    report: Report


def build(
    inputs: Iterable[str | Path],
    *,
    captured: date | None = None,
    profile: str = "default",
    workers: int = 1,
    extractor: Extractor | None = None,
    folder: str | Path | None = None,
    formats: Sequence[str] | None = None,
    add: bool = False,
    progress: Progress | None = None,
    on_error: Callable[[InputError], None] | None = None,
) -> Graph:
    """Make a graph from listing pages, lists of papers, or folders of them.

    ``captured`` is the day the pages were saved, for dates printed without a year; ``profile`` one of
    `kg.extract`'s; an ``extractor`` (`kg.extract.llm.LLM`) reads in its stead. With more than one of ``workers``
    further processes help where there is enough to do (a script then needs ``if __name__ == "__main__":``); what
    comes out is the same.

    With ``folder`` the graph is put there with its exports (``formats``; by default those chosen when it was last
    built, else all usual ones): the whole folder is replaced at once when everything is complete, and papers that
    were read before are not read again. With ``add`` the papers already there stay.

    Input that cannot be read goes to ``on_error`` and the rest goes on; without it the first `InputError`
    is raised. Raises `InputError` when no paper was found, `GraphError` when ``folder`` is not a graph's.

    >>> import kg
    >>> graph = kg.build(["samples/daily-papers.txt"])  # doctest: +SKIP
    """
    return run(
        inputs,
        captured=captured,
        profile=profile,
        workers=workers,
        extractor=extractor,
        folder=folder,
        formats=formats,
        add=add,
        progress=progress,
        on_error=on_error,
    ).graph


def run(
    inputs: Iterable[str | Path],
    *,
    captured: date | None = None,
    profile: str = "default",
    workers: int = 1,
    extractor: Extractor | None = None,
    folder: str | Path | None = None,
    formats: Sequence[str] | None = None,
    add: bool = False,
    progress: Progress | None = None,
    on_error: Callable[[InputError], None] | None = None,
    on_note: Callable[[str], None] | None = None,
) -> Built:
    """`build`, with the report of what each stage did."""
    from kg.publish import check
    from kg.sources import read_papers
    from kg.sources.identity import merged

    report = Report()
    place = Path(folder) if folder is not None else None
    if place is not None:
        check(place)
    with report.stage("read") as stage:
        papers = read_papers(inputs, captured=captured, on_error=on_error, on_note=on_note)
        report.pages = dict(Counter(origin.page for paper in papers for origin in paper.origins))
        read, pages = sum(report.pages.values()), len(report.pages)
        if add:
            papers = merged([*_unnamed(Cache(place).papers()), *papers])
        stage.gave = f"{_many(len(papers), 'paper')} ({read:,} on {_many(pages, 'page')})"
    if not papers:
        raise InputError("no papers in what was given", mend="give listing pages or JSON lines: see `kg formats`")
    show = progress or silent
    with report.stage("extract") as stage:
        keyed, new = _records(papers, profile, workers, extractor, Cache(place), show)
        reused = f" ({len(papers) - new:,} kept from before)" if new < len(papers) else ""
        named = sum(len(record.entities) for _, record in keyed)
        asked = f"; {extractor.summary()}" if extractor is not None else ""
        stage.gave = f"{_many(len(papers), 'record')}{reused}, {_many(named, 'thing')} named{asked}"
    return _made(papers, keyed, report, place, formats, show, workers)


def remove(
    folder: str | Path,
    names: Iterable[str],
    *,
    profile: str = "default",
    formats: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> Built:
    """Take papers out of the graph in ``folder``, its exports, its stores and its kept records.

    ``names`` are ids or titles. Raises `UnknownNameError` when there is no such paper.
    """
    report = Report()
    place = Path(folder)
    with report.stage("read") as stage:
        papers = Cache(place).papers()
        if not papers:
            raise GraphError("no records of a build here", where=str(place), mend=f"kg build PAGE… -o {place}")
        gone = {_named(name, papers, place) for name in names}
        left = [paper for paper in papers if paper.id not in gone]
        if not left:
            raise GraphError("nothing would be left", where=str(place), mend="delete the folder instead")
        stage.gave = f"{_many(len(left), 'paper')} stay, {_many(len(gone), 'paper')} removed"
    from kg.extract.llm.replies import FOLDER, forget

    show = progress or silent
    with report.stage("extract") as stage:
        keyed, new = _records(left, profile, 1, None, Cache(place), show, stay=True)
        stage.gave = f"{_many(len(left), 'record')} ({len(left) - new:,} kept from before)"
    forget(place / CACHE / FOLDER, (paper for paper in papers if paper.id in gone))
    return _made(left, keyed, report, place, formats, show)


def keep(
    tables: Tables, folder: str | Path, *, formats: Sequence[str] | None = None, progress: Progress | None = None
) -> Built:
    """Put tables that come from elsewhere (Neo4j, RDF) into ``folder`` with exports and stores."""
    from kg.publish import publish

    report = Report()
    return Built(publish(tables, (), Path(folder), formats, report, progress or silent), report)


def _made(
    papers: list[Paper],
    keyed: list[tuple[str, Record]],
    report: Report,
    folder: Path | None,
    formats: Sequence[str] | None,
    progress: Progress,
    workers: int = 1,
) -> Built:
    from kg.graph import Graph
    from kg.publish import publish

    if folder is None:
        return Built(Graph(_assembled(papers, keyed, report)), report)
    # Started before it is needed: it loads what it writes with while the tables are made.
    with _helper(workers, papers) as helper:
        tables = _assembled(papers, keyed, report)
        return Built(publish(tables, keyed, folder, formats, report, progress, helper), report)


def _helper(workers: int, papers: list[Paper]) -> AbstractContextManager[Helper | None]:
    """A second process for exports, where more than one is allowed and there is enough to do."""
    from kg.beside import Helper
    from kg.projections import every_task

    return Helper(every_task) if workers > 1 and len(papers) >= A_HELPER_WORTH else nullcontext()


def _assembled(papers: list[Paper], keyed: list[tuple[str, Record]], report: Report) -> Tables:
    from kg.build import assemble
    from kg.resolve import resolve

    records = [record for _, record in keyed]
    with report.stage("resolve") as stage:
        identities = resolve(records)
    with report.stage("assemble") as assembled:
        tables = assemble(papers, records, identities)
        stage.gave = f"{_many(tables.entities.num_rows, 'thing')}, {_many(tables.merges.num_rows, 'form')} merged"
        links = tables.links.num_rows + tables.relations.num_rows
        assembled.gave = f"{_many(links, 'link')}, {_many(tables.results.num_rows, 'result')}"
    return tables


def _records(
    papers: list[Paper],
    profile: str,
    workers: int,
    extractor: Extractor | None,
    cache: Cache,
    progress: Progress,
    *,
    stay: bool = False,
) -> tuple[list[tuple[str, Record]], int]:
    """The record of each paper with its key, kept or extracted; and how many were extracted.

    With ``stay`` records that an extractor made stay as they are, for it is not there to make them again.
    """
    from kg import __version__
    from kg.extract import VERSION

    kept = cache.read()
    version = f"{VERSION} of kg {__version__}"
    foreign = _by_extractors(kept) if stay else {}
    name = extractor.name if extractor is not None else profile
    keys = [foreign.get(paper.id) or key_of(paper, name, version) for paper in papers]
    known = {
        key: record
        for key, paper in zip(keys, papers, strict=True)
        if key in kept and (record := decoded(kept[key], paper)) is not None
    }
    missing = [(key, paper) for key, paper in zip(keys, papers, strict=True) if key not in known]
    new = _extracted([paper for _, paper in missing], profile, workers, extractor)
    unread: set[str] = set()
    for done, ((key, paper), record) in enumerate(zip(missing, new, strict=True), 1):
        if record is None:
            unread.add(key)
        else:
            cache.add(key, record)
        known[key] = record or Record(paper)
        progress("extract", done, len(missing))
    cache.flush()
    if extractor and len(unread) == len(papers):
        extractor.check()
    keyed = [(key, replace(known[key], paper=paper)) for key, paper in zip(keys, papers, strict=True)]
    # Under a key that no build asks for, so that the next one tries again.
    return [(f"unread {key}" if key in unread else key, record) for key, record in keyed], len(missing)


def _extracted(papers: list[Paper], profile: str, workers: int, extractor: Extractor | None) -> Iterable[Record | None]:
    from kg.extract import extract

    if extractor:
        return extractor.extract(papers)
    if not papers:
        return ()  # what extracts need not even be loaded
    return extract(papers, profile=profile, workers=min(workers, max(1, len(papers) // A_WORKERS_WORTH)))


def _by_extractors(kept: Mapping[str, str]) -> dict[str, str]:
    """The keys, by paper, of kept records that no profile made."""
    from kg.extract.profiles import PROFILES

    made = ((key, json.loads(text)) for key, text in kept.items())
    return {data["id"]: key for key, data in made if data.get("extractor", "").partition("-")[0] not in PROFILES}


def _unnamed(papers: Iterable[Paper]) -> list[Paper]:
    """Papers without the ids an earlier build made of their titles: adding then gives what a whole build would."""
    from kg.sources.identity import slug

    return [replace(paper, id="") if paper.id.startswith(slug(paper.title)) else paper for paper in papers]


def _named(name: str, papers: Iterable[Paper], place: Path) -> str:
    """The id of the paper called ``name``."""
    from kg.sources.identity import title_key

    wanted = name.removeprefix("paper/")
    ids = {paper.id for paper in papers}
    if wanted in ids:
        return wanted
    titled = [paper.id for paper in papers if title_key(paper.title) == title_key(name)]
    if len(titled) == 1:
        return titled[0]
    if titled:
        mend = f"give an id: {', '.join(titled)}"
        raise UnknownNameError(f"{len(titled)} papers are called {name!r}", where=str(place), mend=mend)
    near = get_close_matches(name, [*ids, *(paper.title for paper in papers)], n=3, cutoff=0.5)
    mend = f"near: {', '.join(map(repr, near))}" if near else "give an id or a whole title"
    raise UnknownNameError(f"no paper {name!r}", where=str(place), mend=mend)


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
