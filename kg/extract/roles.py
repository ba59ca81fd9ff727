"""Roles: how the paper is linked to each thing, by the heads' scores and, where they are surer, by cues.

A cue the naming patterns left (``introduces``) decides. Else the scores of a head (neural or linear) are taken
within the roles the type allows; without a head, the words before the mentions.
"""

from __future__ import annotations

import re

from kg.extract.mention import Document, Mention, Thing, component

ALLOWED = {
    "Method": ("introduces", "uses", "compares_with", "mentions"),
    "Model": ("introduces", "uses", "compares_with", "mentions"),
    "Dataset": ("introduces", "evaluates_on", "trains_on", "uses", "mentions"),
    "Hardware": ("runs_on", "introduces", "mentions"),
    "Task": ("addresses", "mentions"),
    "Metric": ("measures", "introduces", "mentions"),
}
DEFAULT = {"Dataset": "evaluates_on", "Hardware": "runs_on", "Task": "addresses", "Metric": "measures"}
_TRAINED = re.compile(
    r"(?:\btrain\w*|fine-?tun\w*|pre-?train\w*|distill\w*)\s(?:\w+\s){0,4}(?:on|from|with"
    r"|using)\s(?:the\s)?(?:[\w.+-]+,?\s){0,4}$",
    re.I,
)
_AGAINST = re.compile(
    r"(?:outperform|surpass|exceed|beat|better than|over|than|compared (?:to|with)|versus|vs\.?|against"
    r"|baselines?|rival|competitive with"
    r"|comparable (?:to|with)|on par with|match)\w*\s(?:[^.;]{0,70})$",
    re.IGNORECASE,
)
# What follows the family's name in the name of a size or edition (``-7B``, `` 0.5b-instruct``).
_MEMBER = re.compile(
    r"[\s-]\d+(?:\.\d+)?[bmk]\b|[\s-](?:base|instruct|chat|large|small|tiny|mini|xl|pro|lite|thinking|it)\b"
)


# Below this score of the neural head a cue is not believed: the pattern caught another's name.
_CREDIBLE = 0.25


@component("roles")
def assign_roles(document: Document) -> None:
    """Give every thing its role, the component that decided it, and the mention that shows it best."""
    cues = sorted((m for m in document.mentions if m.cue == "introduces"), key=lambda m: m.start)
    for thing in document.things:
        if not _cue(document, thing, cues) and not _head(thing):
            _words(document, thing)
    _members(document.things)


def _members(things: list[Thing]) -> None:
    """A size or edition of a model the paper introduces is introduced with it."""
    own = [t for t in things if t.role == "introduces" and t.type in ("Model", "Method")]
    for thing in things:
        if thing.type == "Model" and thing.role in ("uses", "mentions", "compares_with"):
            name = thing.name.casefold()
            for parent in own:
                stem = parent.name.casefold()
                if len(stem) > 2 and name.startswith(stem) and _MEMBER.match(name[len(stem) :]):
                    _decide(thing, "introduces", 0.85, "member", _shown(thing))


def _cue(document: Document, thing: Thing, cues: list[Mention]) -> bool:
    """A naming pattern's cue over one of the thing's mentions, trusted for the types it can apply to."""
    if thing.type == "Hardware":
        counted = [m for m in thing.mentions if m.facts.get("count") or m.facts.get("hours")]
        if counted:
            _decide(thing, "runs_on", 0.85, "hardware", counted[0])
        return bool(counted)
    if "introduces" not in ALLOWED[thing.type]:
        return False
    if thing.role_by == "neural" and thing.role_scores.get("introduces", 1.0) < _CREDIBLE:
        return False
    cued = [(m, cue) for m in thing.mentions for cue in cues if cue.start < m.end and m.start < cue.end]
    if not cued:
        return False
    mention, cue = min(cued, key=lambda pair: (document.in_title(pair[0]), pair[0].start))
    _decide(thing, "introduces", 0.95, cue.extractor, mention)
    return True


def _head(thing: Thing) -> bool:
    """The highest role of a head's scores among those the type allows."""
    allowed = [role for role in ALLOWED[thing.type] if role in thing.role_scores]
    if not allowed:
        return False
    role = max(allowed, key=lambda name: thing.role_scores[name])
    _decide(thing, role, thing.role_scores[role], thing.role_by or "head", thing.role_mention or _shown(thing))
    return True


def _words(document: Document, thing: Thing) -> None:
    """Cues in the words before a mention; else what the type mostly is."""
    for mention in thing.mentions:
        start, _ = document.sentence(mention.start)
        before = document.text[start : mention.start]
        if thing.type == "Dataset" and _TRAINED.search(before):
            _decide(thing, "trains_on", 0.7, "words", mention)
            return
        if thing.type in ("Method", "Model") and _AGAINST.search(before):
            _decide(thing, "compares_with", 0.7, "words", mention)
            return
    _decide(thing, DEFAULT.get(thing.type, "uses"), 0.6, "type", _shown(thing))


def _decide(thing: Thing, role: str, score: float, by: str, mention: Mention) -> None:
    thing.role, thing.role_score, thing.role_by, thing.role_mention = role, score, by, mention


def _shown(thing: Thing) -> Mention:
    """The mention to show for a role no pattern pointed at: the surest in the abstract."""
    return max(thing.mentions, key=lambda m: (m.score, -m.start))
