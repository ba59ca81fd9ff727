"""``kg build``: the main job."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kg.cli.command import command
from kg.cli.llm import extractor_options, language_model
from kg.cli.options import captured_option, inputs_argument, profile_option, quiet_option, workers_option


@command(
    "Make a graph",
    "kg build samples/daily-papers.txt",
    "kg build pages/ list.jsonl -o exports --workers 2",
    "kg build today.txt --add                      papers already in the graph stay",
    "kg build page.txt --captured 2025-11-20 --only turtle --only html",
    "kg build page.txt --extractor llm --llm url=http://localhost:8080/v1 --llm model=qwen3",
)
@inputs_argument()
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("exports"),
    show_default=True,
    envvar="KG_GRAPH",
    help="Where the graph goes (or KG_GRAPH); replaced as a whole when complete.",
)
@click.option("--add", is_flag=True, help="Keep the papers already there.")
@click.option(
    "--only",
    "formats",
    multiple=True,
    metavar="FORMAT",
    help="Write these exports only (see `kg formats`), now and when the graph is built again; usual: all usual ones.",
)
@workers_option()
@profile_option()
@extractor_options()
@captured_option()
@quiet_option()  # fmt: skip
def COMMAND(
    inputs: tuple[str, ...],
    folder: Path,
    add: bool,
    formats: tuple[str, ...],
    workers: int,
    profile: str,
    extractor: str,
    llm: tuple[str, ...],
    captured: datetime | None,
    quiet: bool,
) -> int:
    """Make a graph with all its exports from pages.

    PAGE is a listing page saved as text, JSON lines, a folder of them, or - for standard input. What
    cannot be read is named and the rest goes on. A second build reads only papers that are new.
    """
    from kg.cli.closing import print_report
    from kg.cli.output import say
    from kg.cli.progress import progress
    from kg.cli.troubles import Troubles
    from kg.pipeline import run

    troubles = Troubles(quiet)
    model = language_model(extractor, llm, troubles.error, folder)
    with progress(quiet) as show:
        built = run(
            inputs,
            captured=captured.date() if captured else None,
            profile=profile,
            workers=workers,
            extractor=model,
            folder=folder,
            formats=formats or None,
            add=add,
            progress=show,
            on_error=troubles.error,
            on_note=troubles.note,
        )
    print_report(built.report, quiet)
    page = folder / "graph.html"
    say(f"the graph is in {folder}/" + (f"; open {page}" if page.exists() else ""), quiet)
    return troubles.exit_code
