"""``kg extract``: the records alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

import click

from kg.cli.command import command
from kg.cli.llm import extractor_options, language_model
from kg.cli.options import captured_option, inputs_argument, profile_option, quiet_option, workers_option


@command(
    "Make a graph",
    "kg extract page.txt | head -1",
    "kg extract pages/ -o records.jsonl --profile fast",
    "kg extract dev.jsonl > predicted.jsonl",
    "kg extract page.txt --explain",
    "kg extract page.txt --extractor llm --llm url=http://localhost:8080/v1 --llm model=qwen3",
)
@inputs_argument()
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file instead of standard output.",
)
@click.option("--explain", is_flag=True, help="Not the records but every candidate: who proposed it, what it became.")
@workers_option()
@profile_option()
@extractor_options()
@captured_option()
@quiet_option()  # fmt: skip
def COMMAND(
    inputs: tuple[str, ...],
    target: Path | None,
    explain: bool,
    workers: int,
    profile: str,
    extractor: str,
    llm: tuple[str, ...],
    captured: datetime | None,
    quiet: bool,
) -> int:
    """Print what each paper speaks of, one JSON object a line.

    The records have the form of the annotation guidelines, with the evidence for each entity and result.
    """
    from kg.cli.output import say
    from kg.cli.progress import progress
    from kg.cli.troubles import Troubles
    from kg.extract import explain as told
    from kg.extract import extract
    from kg.extract.record import to_json
    from kg.sources import read_papers

    troubles = Troubles(quiet)
    model = language_model(extractor, llm, troubles.error)
    if explain and model is not None:
        raise click.UsageError("--explain shows what kg's own extractor considers, not what a model does")
    day = captured.date() if captured else None
    papers = read_papers(inputs, captured=day, on_error=troubles.error, on_note=troubles.note)
    if explain:
        found = (f"{told(paper, profile=profile)}\n" for paper in papers)
    else:
        records = model.extract(papers) if model else extract(papers, profile=profile, workers=workers)
        found = (json.dumps(to_json(record), ensure_ascii=False) + "\n" if record else "" for record in records)
    with _opened(target) as sink, progress(quiet or target is None) as show:
        for done, text in enumerate(found, 1):
            sink.write(text)
            show("extract", done, len(papers))
        if model is not None:
            # Inside: a file of earlier records is not replaced by an empty one.
            model.check()
    if model is not None:
        say(f"kg: {model.summary()}", quiet)
    return troubles.exit_code


@contextmanager
def _opened(target: Path | None) -> Iterator[IO[str]]:
    from kg.files import replacing

    if target is None:
        yield sys.stdout
        return
    with replacing(target) as file:
        yield file
