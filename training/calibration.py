"""``python -m training.calibration``: learn how far the links of a profile can be trusted (kg/extract/calibration.py).

    python -m training.calibration --gold ../shared/gold/train.jsonl --profile fast --hold 0/4 \\
        --tagger /tmp/tagger.npz --heads /tmp/heads.npz

Runs the profile over the papers that its taggers have not seen (every Nth, beginning at K) and fits whether a link
(entity and role) is right by the scorer's rules. ``--tagger`` and ``--heads`` name linear weights trained without
those papers. The rows of other profiles stay as they are.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.evaluate.gold import papers, read
from kg.evaluate.rules import annotated_roles, pair_up
from kg.extract.assembly import record
from kg.extract.calibration import features
from kg.extract.linear import heads, tagger
from kg.extract.mention import Document
from kg.extract.pipeline import build, run
from kg.extract.profiles import components
from training.standing import fit

DATA = Path("kg/extract/data/calibration.tsv")
HEADER = "# How far links can be trusted (kg/extract/calibration.py), learned by training/calibration.py.\n"
COLUMNS = "# profile\tfeature (none: the constant)\tweight\n"


def main() -> None:
    args = _arguments()
    left, parts = (int(number) for number in args.hold.split("/"))
    annotated = read(args.gold)[left::parts]
    nlp = build(components(args.profile))
    if args.tagger:
        nlp.get_pipe("linear_tagger").weights = tagger.load(args.tagger)
    if args.heads:
        nlp.get_pipe("linear_heads").weights = heads.load(args.heads)
    documents = run(nlp, papers(annotated))
    seen = [one for gold, document in zip(annotated, documents, strict=True) for one in judged(gold, document)]
    weights = fit(seen)
    write(args.out, args.profile, weights)
    print(f"{len(seen)} links, {sum(right for _, right in seen)} right; {len(weights)} weights")


def write(path: Path, profile: str, weights: dict[str, float]) -> None:
    """Put the weights of a profile in the place of those it had; the rows of other profiles stay."""
    kept = [line for line in _lines(path) if not line.startswith(("#", f"{profile}\t"))]
    rows = [f"{profile}\t{name}\t{value:.4f}" for name, value in sorted(weights.items())]
    path.write_text(HEADER + COLUMNS + "".join(f"{line}\n" for line in sorted([*kept, *rows])), encoding="utf-8")


def judged(gold: Any, document: Document) -> Iterator[tuple[dict[str, float], bool]]:
    """Features of each link that is right or wrong by the scorer's rules; those it holds neutral are left out."""
    entities = record(document, "").entities
    things = {id(e): t for e, t in zip(entities, (t for t in document.things if t.mentions), strict=True)}
    hits, _, spurious = pair_up(gold, entities)
    verdicts = [(e, e.role in annotated_roles(g)) for g, e in hits if not g.get("optional")]
    verdicts += [(e, False) for e in spurious]
    for entity, right in verdicts:
        yield {name: value for name, value in features(things[id(entity)]) if name}, right


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.calibration", description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="a file of annotated papers")
    parser.add_argument("--profile", default="fast")
    parser.add_argument("--hold", default="0/1", metavar="K/N", help="use every Nth paper only, beginning at K")
    parser.add_argument("--tagger", type=Path, help="weights of the linear tagger, trained without those papers")
    parser.add_argument("--heads", type=Path, help="weights of the linear heads, trained without those papers")
    parser.add_argument("--out", type=Path, default=DATA)
    return parser.parse_args()


if __name__ == "__main__":
    main()
