"""Why a paper's record is what it is: every candidate with what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.mention import Document, Mention, Thing
from kg.extract.pipeline import build, run
from kg.extract.profiles import components
from kg.model import Paper


@dataclass(frozen=True, slots=True)
class Candidate:
    """One stretch of text that some component took for a name.

    ``fate`` is ``kept`` or why it was left out; ``entity`` the entity it became, with its ``type`` and ``role`` and
    what decided them.
    """

    text: str
    field: str
    start: int
    end: int
    proposed_by: str
    proposed_type: str
    score: float
    fate: str
    entity: str | None = None
    type: str | None = None
    type_by: str | None = None
    role: str | None = None
    role_by: str | None = None
    role_score: float | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """All candidates of one paper, in the order of the text."""

    paper: Paper
    profile: str
    candidates: tuple[Candidate, ...]

    def __str__(self) -> str:
        lines = [f"{self.paper.id}  {self.paper.title}"]
        for one in self.candidates:
            place = f"{one.field}:{one.start}-{one.end}"
            lines.append(f"  {place:<20} {one.text!r} {one.proposed_type} {one.score:.2f} by {one.proposed_by}")
            if one.entity is None:
                lines.append(f"  {'':<20}   left out: {one.fate}")
            else:
                lines.append(
                    f"  {'':<20}   → {one.entity} ({one.type} by {one.type_by}), {one.role} by {one.role_by}"
                    f" {one.role_score or 0:.2f}"
                )
        return "\n".join(lines)


def explanation(paper: Paper, profile: str) -> Explanation:
    """The explanation of one paper's record by a profile."""
    (document,) = run(build(components(profile)), [paper])
    kept = {id(m): thing for thing in document.things for m in thing.mentions}
    why = {id(m): reason for m, reason in document.rejected}
    mentions = {id(m): m for m in [*document.mentions, *(m for m, _ in document.rejected)]}
    mentions.update({id(m): m for thing in document.things for m in thing.mentions})
    ordered = sorted(mentions.values(), key=lambda m: (m.start, m.end, m.extractor))
    found = tuple(_candidate(document, m, kept.get(id(m)), why.get(id(m))) for m in ordered)
    return Explanation(paper, profile, found)


def _candidate(document: Document, mention: Mention, thing: Thing | None, reason: str | None) -> Candidate:
    name, start, end = document.place(mention.start, mention.end)
    fate = "kept" if thing else reason or "a surer reading of the same words was taken"
    common = (mention.text, name, start, end, mention.extractor, mention.type, round(mention.score, 4), fate)
    if thing is None:
        return Candidate(*common)
    return Candidate(
        *common, thing.name, thing.type, _typed_by(thing), thing.role, thing.role_by, round(thing.role_score, 4)
    )


def _typed_by(thing: Thing) -> str:
    """Who gave a thing its type: the second thought that changed it, else the proposer surest of it."""
    surest = max(thing.mentions, key=lambda mention: mention.scores.get(thing.type, 0.0))
    return thing.type_by or surest.extractor
