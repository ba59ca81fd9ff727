"""``python -m training.results --gold FOLDER --out FILE``: learn which number is whose result on what."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.evaluate.rules import normalise
from kg.extract import linkage
from kg.extract.linkage import Choice, Option
from kg.extract.mention import Document, Mention, Thing
from kg.extract.pipeline import build, run
from kg.extract.results import choices
from kg.model import Paper
from training import standing
from training.annotated import Annotated, gathered
from training.choosing import Group, fit

HEADER = """# Weights of what speaks for a number being a result, and for a dataset and a subject being its own
# (kg/extract/linkage.py), learned by training/results.py.
# part and feature\tweight
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.results", description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="folder of train.jsonl")
    parser.add_argument("--abstracts", type=Path, help="abstracts.jsonl.gz to join training/annotations with")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hold", metavar="K/N", help="leave out every Nth gold paper, beginning at K")
    args = parser.parse_args()
    papers = gathered(args.gold, args.abstracts, hold=args.hold)
    weights = learn(list(examples(papers)))
    kept = sorted((name, value) for name, value in weights.items() if abs(value) >= 0.02)
    args.out.write_text(HEADER + "".join(f"{name}\t{value:.3f}\n" for name, value in kept), encoding="utf-8")
    print(f"{len(papers)} papers; {len(kept)} weights")


Example = tuple[Choice, bool, set[Thing | None], set[Thing | None]]


def examples(papers: Iterable[Annotated]) -> Iterator[Example]:
    """Each number with its choices, whether it is a result, and the right datasets and subjects."""
    for paper, document in documents(papers):
        forms = {normalise(form): thing for thing in document.things for form in thing.forms()}
        results = [
            (float(one["value"]), forms.get(normalise(one["dataset"])), forms.get(normalise(one["subject"])))
            for one in paper.results
        ]
        for choice in choices(document):
            right = [one for one in results if abs(one[0] - choice.value.value) < 1e-6]
            known = {option.thing for option in choice.datasets}
            datasets = {dataset if dataset in known else None for _, dataset, _ in right}
            known = {option.thing for option in choice.subjects}
            subjects = {subject if subject in known else None for _, _, subject in right}
            yield choice, bool(right), datasets, subjects


def documents(papers: Iterable[Annotated]) -> Iterator[tuple[Annotated, Document]]:
    """Papers with the annotated entities as their things."""
    papers = list(papers)
    plain = [Paper(paper.id, paper.title, paper.abstract) for paper in papers]
    for paper, document in zip(papers, run(build(("sentences",)), plain), strict=True):
        document.things = [
            _thing(paper.text, entity, spans) for entity, spans in zip(paper.entities, paper.spans, strict=True)
        ]
        yield paper, document


def _thing(text: str, entity: dict[str, object], spans: list[tuple[int, int]]) -> Thing:
    kind, name = str(entity["type"]), str(entity["name"])
    mentions = [Mention(start, end, text[start:end], kind, 1.0, "read") for start, end in spans]
    aliases = [str(alias) for alias in entity.get("aliases") or ()]  # type: ignore[attr-defined]
    role, optional = str(entity.get("role") or ""), bool(entity.get("optional"))
    return Thing(name, kind, mentions, 1.0, aliases, role=role, optional=optional)


def learn(seen: Sequence[Example], folds: int = 4) -> dict[str, float]:
    """Weights of all three parts, and those that make their product a probability, from papers held out in turn."""
    weights = parts(seen)
    judged: list[tuple[dict[str, float], bool]] = []
    for fold in range(folds):
        held = seen[fold * len(seen) // folds : (fold + 1) * len(seen) // folds]
        kept = [*seen[: fold * len(seen) // folds], *seen[(fold + 1) * len(seen) // folds :]]
        judged += _judged(held, parts(kept))
    joint = standing.fit(judged)
    return {**weights, "joint ": joint[""], "joint odds": joint["odds"]}


def _judged(held: Sequence[Example], weights: dict[str, float]) -> Iterator[tuple[dict[str, float], bool]]:
    """The odds of each number held out, as far as its dataset and subject are named, and whether all is right."""
    linkage._weights = lambda: weights  # type: ignore[assignment]
    for choice, result, datasets, subjects in held:
        share, dataset, subject = choice.shares()
        if dataset is not None and subject is not None:
            yield {"odds": linkage.odds(share)}, result and dataset in datasets and subject in subjects


def parts(seen: Sequence[Example]) -> dict[str, float]:
    """Weights of what judges the value, the dataset and the subject."""
    values: list[Group] = [
        [(dict.fromkeys(choice.features, 1.0), right), ({}, not right)] for choice, right, _, _ in seen
    ]
    datasets = [_group(choice.datasets, right) for choice, result, right, _ in seen if result]
    subjects = [_group(choice.subjects, right) for choice, result, _, right in seen if result]
    weights: dict[str, float] = {}
    for part, groups in (("value", values), ("dataset", datasets), ("subject", subjects)):
        weights.update({f"{part} {name}": value for name, value in fit(groups).items()})
    return weights


def _group(options: Sequence[Option], right: set[Thing | None]) -> Group:
    return [(dict.fromkeys(option.features, 1.0), option.thing in right) for option in options]


if __name__ == "__main__":
    main()
