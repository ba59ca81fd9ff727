"""``kg eval``: how good extraction is."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.command import command
from kg.cli.options import profile_option, workers_option


@command(
    "Look inside",
    "kg eval --gold dev.jsonl",
    "kg eval --gold dev.jsonl --profile fast --errors",
    "kg eval --gold dev.jsonl --without lexicon",
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
@profile_option()  # fmt: skip
def COMMAND(gold: Path, errors: bool, without: tuple[str, ...], form: str, workers: int, profile: str) -> None:
    """Score extraction against annotated papers.

    Printed are precision, recall, F1 and support of each type, roles, outcomes, quantities and results, how far
    confidences can be trusted, and the commonest confusions.
    """
    from kg.cli.output import as_json
    from kg.evaluate import evaluate
    from kg.evaluate.render import render

    report = evaluate(gold, profile, without=without, workers=workers)
    if form == "text":
        click.echo(render(report, errors=errors), nl=False)
        return
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
