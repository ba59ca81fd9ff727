"""``python -m training.distil``: train the small network released, from annotated papers and from larger networks.

Each teacher (``network.pt`` of ``python -m training``) reads the annotated papers and as many others of
``--abstracts`` as asked for; their mean answers, softer than an annotator's, are learned beside the annotations.
Hinton, Vinyals, Dean: Distilling the Knowledge in a Neural Network, 2015.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from kg.extract.neural.decoding import decode
from kg.extract.neural.encoding import LIMIT, Encoded, Encoding
from kg.extract.neural.labels import TYPES
from kg.extract.neural.network import Reading
from training.__main__ import add_options, annotated, begin, train
from training.annotated import Annotated, others
from training.examples import Example, Target, collate, example
from training.losses import entity_vectors
from training.network import Network, load, save


def main() -> None:
    args = _arguments()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    encoding = Encoding.load(args.base / "tokenizer.json")
    teachers = [load(path).eval() for path in args.teacher]
    known = [(paper, True) for paper in annotated(args)]
    known += [(paper, False) for paper in others(args.abstracts, args.gold, args.more, args.seed)]
    examples = []
    for number, (paper, read) in enumerate(known):
        one = example(paper, encoding)
        one.annotated = read
        examples.append(taught(one, paper, encoding, teachers))
        if number % 500 == 0:
            print(f"taught {number} of {len(known)}", flush=True)
    network = load(args.start) if args.start else begin(args)
    args.out.mkdir(parents=True, exist_ok=True)
    train(network, examples, args)
    save(network, args.out / "network.pt")


@torch.no_grad()
def taught(one: Example, paper: Annotated, encoding: Encoding, teachers: list[Network]) -> Example:
    """The example with the teachers' answers: of every piece and, where nobody annotated, of every thing they find."""
    batch = collate([one])
    with torch.autocast("cpu", torch.bfloat16):
        read = [teacher(batch.ids, batch.features, batch.mask) for teacher in teachers]
    answers = torch.stack([tags.softmax(-1) for _, tags in read]).mean(0)[0]
    one.taught = answers.numpy().astype(np.float16)
    if one.annotated:
        return one
    encoded = encoding.encode(paper.text, paper.body)
    one.targets = found(answers.log().numpy()[1:-1], encoded, paper)
    if one.targets:
        pairs = [(0, target) for target in one.targets]
        vectors = [entity_vectors(hidden, pairs, None) for hidden, _ in read]
        views = [teacher.entity(rows) for teacher, rows in zip(teachers, vectors, strict=True)]
        for target, answer in zip(one.targets, torch.stack(views).mean(0), strict=True):
            target.taught = answer
    return one


def found(scores: np.ndarray, encoded: Encoded, paper: Annotated) -> list[Target]:
    """The things that tag scores find, a target for each spelling."""
    length = min(len(encoded), LIMIT - 2)
    pieces = Encoded(encoded.ids[:length], encoded.features[:length], encoded.starts[:length], encoded.ends[:length])
    things: dict[tuple[str, str], Target] = {}
    for stretch in decode(Reading(pieces, np.empty((length, 0), np.float32), scores[:length]), paper.text):
        first = int(np.searchsorted(pieces.ends, stretch.start, side="right"))
        last = int(np.searchsorted(pieces.starts, stretch.end, side="left"))
        key = (paper.text[stretch.start : stretch.end].casefold(), stretch.type)
        target = things.setdefault(key, Target([], [TYPES.index(stretch.type)], [], 0, False, False))
        target.spans.append((first + 1, last + 1))
        target.titled |= stretch.start < paper.body
    return list(things.values())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.distil", description=__doc__)
    add_options(parser)
    parser.add_argument("--teacher", type=Path, action="append", required=True, help="network.pt; may be given again")
    parser.add_argument("--more", type=int, default=4000, help="how many papers nobody annotated to learn from as well")
    return parser.parse_args()


if __name__ == "__main__":
    main()
