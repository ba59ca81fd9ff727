"""Relations between things, each said by one paper: what the thing it introduces was built on, trained on, set against.

How sure a relation is follows from how its subject was found (`CONFIDENCE`), times the confidence of the link it
rests on. A paper that introduces several things says it of that one which the evidence's own sentence names, else
of the one in its title, else of none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.build.columns import TableColumns
from kg.build.proof import add_proof
from kg.build.uses import Use
from kg.model import Evidence, Paper
from kg.resolve import Identities
from kg.schema import Schema

CONFIDENCE = {"only": 0.9, "sentence": 0.85, "title": 0.7, "built on": 0.8, "part of": 0.7, "naming": 0.95}

_BY_ROLE = {
    "trains_on": "TRAINED_ON",
    "evaluates_on": "EVALUATED_ON",
    "runs_on": "RUNS_ON",
    "compares_with": "COMPARED_WITH",
}
_SUBJECTS = frozenset({"Method", "Model"})
_BUILT = re.compile(
    r"\b(?:based (?:up)?on|buil(?:t|ds|ding) (?:up)?on|on top of|fine-?tun\w+|initiali[sz]ed (?:from|with)|"
    r"extend(?:s|ing|ed)?|extension of|start(?:s|ing)? from|distill(?:s|ed|ing)? from|derived from|"
    r"continu\w+ (?:pre-?)?train\w*|"
    r"adapt(?:s|ed|ing)|backbone|variant of|upon)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:consist(?:s|ing)? of|compris(?:es|ing|ed of)|composed of|made up of|contain(?:s|ing)|includ(?:es|ing)|"
    r"(?:combines|integrates|incorporates|features)|with (?:two|three|four|five|several|its) (?:\w+ ){0,2}"
    r"(?:components|modules|stages|parts|splits|subsets))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A relation as one paper says it."""

    subject: Use
    kind: str
    target: Use
    rule: str
    confidence: float
    evidence: tuple[Evidence, ...]
    outcome: str | None = None


def add_relations(columns: TableColumns, source: str, paper: Paper, used: Sequence[Use], schema: Schema) -> None:
    """The relations one paper says, one row for each subject, type and object."""
    seen: set[str] = set()
    for said in _all(paper, used):
        link = schema.link_types[said.kind]
        if said.target.thing.type not in link.ranges or said.subject.thing.id == said.target.thing.id:
            continue
        key = f"{said.subject.thing.id}|{said.kind}|{said.target.thing.id}|{source}"
        if key in seen:
            continue
        seen.add(key)
        columns.relations.add(
            key=key,
            source=said.subject.thing.id,
            type=said.kind,
            target=said.target.thing.id,
            confidence=round(said.confidence, 4),
            paper=source,
            rule=said.rule,
            outcome=said.outcome,
        )
        add_proof(columns.evidence, "relation", key, source, said.evidence)


def add_variants(columns: TableColumns, identities: Identities) -> None:
    """``VARIANT_OF`` by the naming rules, said by no paper."""
    for variant in identities.variants:
        columns.relations.add(
            key=f"{variant.source}|VARIANT_OF|{variant.target}",
            source=variant.source,
            type="VARIANT_OF",
            target=variant.target,
            confidence=CONFIDENCE["naming"],
            rule=variant.rule,
        )


def _all(paper: Paper, used: Sequence[Use]) -> Iterator[_Said]:
    own = [use for use in used if use.role == "introduces"]
    subjects = [use for use in own if use.thing.type in _SUBJECTS and not use.entity.optional]
    for use in used:
        if use.role in _BY_ROLE:
            yield from _by_role(paper, subjects, use)
        if "uses" in use.roles and use.role != "introduces":
            yield from _built_on(subjects, use)
    yield from _parts(own)


def _by_role(paper: Paper, subjects: Sequence[Use], target: Use) -> Iterator[_Said]:
    for subject, how in _subjects_of(paper, subjects, target):
        confidence = CONFIDENCE[how] * target.entity.confidence
        outcome = target.entity.outcome if target.role == "compares_with" else None
        yield _Said(
            subject, _BY_ROLE[target.role], target, f"introduced: {how}", confidence, tuple(target.evidence), outcome
        )


def _subjects_of(paper: Paper, subjects: Sequence[Use], target: Use) -> list[tuple[Use, str]]:
    if len(subjects) == 1:
        return [(subjects[0], "only")]
    near = [use for use in subjects if any(_names(piece.sentence, use) for piece in target.evidence)]
    if near:
        return [(use, "sentence") for use in near]
    return [(use, "title") for use in subjects if _names(paper.title, use)][:1]


def _built_on(subjects: Sequence[Use], target: Use) -> Iterator[_Said]:
    """Only where a sentence of evidence has a cue of building, and names the subject when there are several."""
    if target.thing.type not in _SUBJECTS:
        return
    pieces = tuple(piece for piece in target.evidence if _cued(piece))
    for subject in subjects:
        spoken = [piece for piece in pieces if len(subjects) == 1 or _names(piece.sentence, subject)]
        if spoken and target.thing.type == "Model":
            confidence = CONFIDENCE["built on"] * target.entity.confidence
            yield _Said(subject, "BASED_ON", target, "built on", confidence, tuple(spoken))


def _cued(piece: Evidence) -> bool:
    """A cue within the sentence and before the name, or right after it (*a Llama backbone*)."""
    at = piece.start - piece.sentence_start
    end = at + piece.end - piece.start
    before, after = piece.sentence[max(0, at - 80) : at], piece.sentence[end : end + 25]
    return bool(_BUILT.search(before) or re.match(r"[\s\w-]{0,12}\b(?:backbone|as (?:the|our) base)\b", after))


def _parts(own: Sequence[Use]) -> Iterator[_Said]:
    """*X, consisting of A and B* where the paper introduces all of them."""
    for part in own:
        for piece in part.evidence:
            cue = _WHOLE.search(piece.sentence)
            at = piece.start - piece.sentence_start
            if cue is None or at < cue.end():
                continue
            before = piece.sentence[: cue.start()]
            for whole in own:
                both = whole.thing.type == part.thing.type == "Model"  # sizes of a family are variants, not parts
                if whole is not part and not both and _names(before, whole) and not _names(before, part):
                    confidence = CONFIDENCE["part of"] * part.entity.confidence
                    yield _Said(part, "PART_OF", whole, "part of", confidence, (piece,))
                    break


def _names(text: str, use: Use) -> bool:
    """Whether a text holds one of the forms as a word of its own."""
    return any(len(form) > 1 and re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) for form in use.forms)
