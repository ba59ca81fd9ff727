"""One annotated paper with every kind of entity, and records that hit and miss it in every way."""

from __future__ import annotations

from typing import Any

from kg.model import Entity, Evidence, Paper, Record, Result

TITLE = "TwigNet: Small Trees for Routing"
ABSTRACT = (
    "We present TwigNet, tested on LeafSet and on BarkBench. TwigNet beats RootNet by 2 points, reaching 81.5% on "
    "LeafSet, and was trained on 8 A100 GPUs for 3 hours. RootNet has 7B parameters. Pruning and SapLoss help."
)
GOLD: dict[str, Any] = {
    "id": "c1",
    "title": TITLE,
    "abstract": ABSTRACT,
    "entities": [
        {"name": "TwigNet", "type": "Model", "also": ["Method"], "role": "introduces"},
        {"name": "LeafSet", "type": "Dataset", "role": "evaluates_on", "also_roles": ["trains_on"]},
        {"name": "BarkBench", "type": "Dataset", "role": "evaluates_on"},
        {"name": "RootNet", "type": "Model", "role": "compares_with", "outcome": "better", "parameters": 7e9},
        {"name": "NVIDIA A100", "aliases": ["A100"], "type": "Hardware", "role": "runs_on", "count": 8, "hours": 3},
        {"name": "Pruning", "type": "Method", "role": "uses", "optional": True},
        {"name": "SapLoss", "type": "Method", "role": "introduces"},
        {"name": "routing", "type": "Task", "role": "addresses"},
    ],
    "results": [{"subject": "TwigNet", "dataset": "LeafSet", "value": 81.5, "metric": None, "unit": "%"}],
}
PAPER = Paper("c1", TITLE, ABSTRACT)


def seen(name: str) -> tuple[Evidence, ...]:
    """Evidence for a name at its first place in the abstract."""
    start = ABSTRACT.index(name)
    begin = ABSTRACT.rfind(". ", 0, start) + 2 if ". " in ABSTRACT[:start] else 0
    sentence = ABSTRACT[begin : ABSTRACT.index(". ", start) + 1]
    return (Evidence("abstract", start, start + len(name), name, sentence, begin, "test", 0.9),)


PERFECT = Record(
    PAPER,
    (
        Entity("TwigNet", "Model", "introduces", confidence=0.95),
        Entity("LeafSet", "Dataset", "evaluates_on", confidence=0.95),
        Entity("BarkBench", "Dataset", "evaluates_on", confidence=0.95),
        Entity("RootNet", "Model", "compares_with", outcome="better", parameters=7_000_000_000, confidence=0.95),
        Entity("NVIDIA A100", "Hardware", "runs_on", count=8, hours=3.0, confidence=0.95),
        Entity("SapLoss", "Method", "introduces", confidence=0.95),
        Entity("routing", "Task", "addresses", confidence=0.95),
    ),
    (Result("TwigNet", "LeafSet", 81.5, None, "%"),),
)
FLAWED = Record(
    PAPER,
    (
        Entity("TwigNet", "Method", "uses", confidence=0.85, evidence=seen("TwigNet")),  # second type, wrong role
        Entity("LeafSet", "Dataset", "trains_on", confidence=0.95),  # second role
        Entity("RootNet", "Model", "compares_with", outcome="worse", parameters=70, confidence=0.25),
        Entity("A100", "Hardware", "runs_on", count=4, confidence=0.05),
        Entity("BarkBench", "Model", "uses", confidence=0.0, evidence=seen("BarkBench")),  # wrong type
        Entity("Pruning", "Method", "introduces", confidence=0.5),  # a hit on an optional one
        Entity("Trees", "Method", "introduces", aliases=("Never Written",), confidence=1.0),  # spurious
        Entity("TwigNet", "Model", "introduces", confidence=0.5),  # a second reading of a thing already hit
        Entity("help", "Metric", "measures", confidence=0.5),
    ),
    (Result("TwigNet", "LeafSet", 2.0), Result("RootNet", "LeafSet", 0.0)),
)
RECORDS = {"perfect": [PERFECT], "flawed": [FLAWED], "absent": [], "empty": [Record(PAPER)]}
