"""How fast extraction is: `python bench/bench_extract.py [PAPERS] [--profile NAME]…`, in CPU seconds of one core.

Papers are made up (deterministic) with the length and the density of names of real abstracts. The baseline in the same
run is spaCy's own blank tokenizer over the same text. Each is measured in a process of its own, warm, with its peak
memory.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import time
from collections.abc import Callable

from kg.errors import KgError
from kg.model import Paper

SENTENCES = (
    "Large models have made steady progress on {task}, yet they remain slow and costly to adapt in practice.",
    "We introduce {own}, a framework for {task} that learns from few examples and needs no further supervision.",
    "Unlike {method}, which keeps every intermediate state, {own} prunes what later steps will never look at.",
    "We train {model} with {method} on {data} and evaluate it on {data} and {data} under the same budget.",
    "On {data}, {own} reaches {n}.{n}% accuracy, outperforming {model} by {n} points while using half the memory.",
    "All runs took {n} hours on {n} A100 GPUs, and inference fits on a single RTX 4090.",
    "Ablations show that {method} matters most, and that the gain grows with the length of the input sequence.",
    "Our findings suggest that careful selection of training data is as useful as a larger number of parameters.",
    "Code and models are available at https://github.com/example/{own}.",
)
POOLS = {
    "task": ("question answering", "image segmentation", "speech recognition", "program synthesis"),
    "method": ("LoRA", "DPO", "GRPO", "speculative decoding", "knowledge distillation", "FlashAttention"),
    "model": ("Llama-3.1-8B", "Qwen2.5-7B-Instruct", "GPT-4o", "ResNet-50", "CLIP ViT-L/14"),
    "data": ("ImageNet", "GSM8K", "MMLU", "COCO", "HumanEval", "LibriSpeech"),
}


def papers(count: int, *, seed: int = 0) -> list[Paper]:
    """Made-up papers of nine sentences each."""
    draw = random.Random(seed)
    return [_paper(number, draw) for number in range(count)]


def _paper(number: int, draw: random.Random) -> Paper:
    own = "".join(draw.choice("BDFGKLMNPRST") + draw.choice("aeiou") + draw.choice("lnrx") for _ in range(2))
    text = " ".join(SENTENCES)
    for slot, pool in POOLS.items():
        while f"{{{slot}}}" in text:
            text = text.replace(f"{{{slot}}}", draw.choice(pool), 1)
    while "{n}" in text:
        text = text.replace("{n}", str(draw.randint(2, 90)), 1)
    return Paper(f"bench-{number}", f"{own}: Learning from Little", text.replace("{own}", own))


def tokenizer(warm: list[Paper], measured: list[Paper]) -> float:
    """CPU seconds of spaCy's blank tokenizer."""
    import spacy

    nlp = spacy.blank("en")

    def read(some: list[Paper]) -> int:
        return sum(len(nlp.make_doc(f"{paper.title}\n\n{paper.abstract}")) for paper in some)

    return _timed(read, warm, measured)


def profile(name: str, warm: list[Paper], measured: list[Paper]) -> float:
    """CPU seconds of a profile."""
    from kg.extract import extract

    return _timed(lambda some: sum(1 for _ in extract(some, profile=name)), warm, measured)


def _timed(read: Callable[[list[Paper]], int], warm: list[Paper], measured: list[Paper]) -> float:
    read(warm)
    begin = time.process_time()
    read(measured)
    return time.process_time() - begin


def measure(name: str, count: int) -> tuple[float, float] | str:
    """CPU seconds and peak megabytes of the baseline (``""``) or of a profile; the reason where it cannot run."""
    warm, measured = papers(60, seed=1), papers(count)
    try:
        seconds = profile(name, warm, measured) if name else tokenizer(warm, measured)
    except (KgError, OSError) as error:
        return f"cannot run: {error}"
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", type=int, nargs="?", default=200)
    parser.add_argument("--profile", action="append", help="measure only these profiles")
    args = parser.parse_args()
    words = sum(len(paper.abstract.split()) for paper in papers(args.papers)) / args.papers
    print(f"{args.papers} papers of {words:.0f} words, one core")
    print(f"{'':28}{'papers/s':>10}{'CPU ms/paper':>14}{'times base':>12}{'peak MB':>9}")
    base = 0.0
    context = multiprocessing.get_context("spawn")
    for name in ("", *(args.profile or ("fast", "default"))):
        with context.Pool(1) as pool:
            found = pool.apply(measure, (name, args.papers))
        label = name or "spaCy blank tokenizer"
        if isinstance(found, str):
            print(f"{label:28}{found}")
            continue
        seconds, megabytes = found
        base = base or seconds
        each = 1000 * seconds / args.papers
        print(f"{label:28}{args.papers / seconds:10.0f}{each:14.2f}{seconds / base:12.1f}{megabytes:9.0f}")


if __name__ == "__main__":
    main()
