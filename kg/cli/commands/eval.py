"""``kg eval``: how good extraction is."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.command import command
from kg.cli.llm import extractor_options, language_model
from kg.cli.options import profile_option, workers_option


@command(
    "Look inside",
    "kg eval --gold dev.jsonl",
    "kg eval --gold dev.jsonl --profile fast --errors",
    "kg eval --gold dev.jsonl --without lexicon",
    "kg eval --gold dev.jsonl --extractor llm --llm url=http://localhost:8080/v1 --llm model=qwen3",
)
@click.option(
    "--gold",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="Annotated papers, one JSON object a line, by the guidelines.",
)
@click.option("--errors", is_flag=True, help="List each error with its sentence.")
@click.option("--without", multiple=True, metavar="COMPONENT", help="Leave a component of the profile out (ablation).")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the report is printed.",
)
@workers_option()
@profile_option()
@extractor_options()  # fmt: skip
def COMMAND(
    gold: Path,
    errors: bool,
    without: tuple[str, ...],
    form: str,
    workers: int,
    profile: str,
    extractor: str,
    llm: tuple[str, ...],
) -> int:
    """Score extraction against annotated papers.

    Printed are precision, recall, F1 and support of each type, roles, outcomes, quantities and results, how far
    confidences can be trusted, and the commonest confusions.
    """
    from kg.cli.output import as_json, say
    from kg.cli.troubles import Troubles
    from kg.evaluate import evaluate
    from kg.evaluate.render import render

    troubles = Troubles(quiet=False)
    model = language_model(extractor, llm, troubles.error)
    report = evaluate(gold, profile, without=without, workers=workers, extractor=model)
    if model is not None:
        say(f"kg: {model.summary()}")
    if form == "text":
        click.echo(render(report, errors=errors), nl=False)
        return troubles.exit_code
    measures = {
        name: {"precision": found.precision, "recall": found.recall, "f1": found.f1, "gold": found.gold}
        for name, found in (*report.types.items(), ("all four", report.micro), ("introduces", report.introduces),
                            ("results", report.results))
    }  # fmt: skip
    shares = {"roles": report.roles, "outcomes": report.outcomes, "quantities": report.quantity}
    summary = {
        "records": report.records,
        "absent": report.absent,
        "measures": measures,
        "link_f1": report.links_f1,
        **{name: share.value for name, share in shares.items()},
        "calibration_error": report.calibration_error,
    }
    click.echo(as_json({**summary, "errors": [asdict(error) for error in report.errors]} if errors else summary))
    return troubles.exit_code
