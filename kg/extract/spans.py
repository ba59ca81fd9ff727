"""What a number can belong to: where things stand in the text, the paper's own system, and its only dataset."""

from __future__ import annotations

from typing import NamedTuple

from kg.extract.mention import Document, Thing


class Span(NamedTuple):
    """A place of a thing, in offsets of the document's text."""

    start: int
    end: int
    thing: Thing


def spans(document: Document, types: tuple[str, ...]) -> list[Span]:
    """Where the things of some types stand, in order; of those that begin together the longest first."""
    found = [Span(m.start, m.end, t) for t in document.things if t.type in types for m in t.mentions]
    return sorted(found, key=lambda s: (s.start, -s.end))


def own_system(document: Document) -> Thing | None:
    """The paper's own system: the introduced method or model named first (the title's head before all)."""
    own = [t for t in document.things if t.role == "introduces" and t.type in ("Method", "Model")]
    headed = any(
        t.role == "introduces" and t.type == "Dataset" and any(m.start == 0 for m in t.mentions)
        for t in document.things
    )
    own = [t for t in own if not headed or any(document.in_title(m) for m in t.mentions)]
    if not own:
        return None
    return min(
        own,
        key=lambda t: (
            -int(any(m.start == 0 for m in t.mentions)),
            t.optional,
            min((m.start for m in t.mentions if m.start >= 0), default=0),
        ),
    )


def is_proper(thing: Thing) -> bool:
    """Whether a thing has a name rather than a description."""
    return any(c.isupper() or c.isdigit() for c in thing.name)


def only_dataset(document: Document) -> Thing | None:
    """The one dataset of the paper, or the one it introduces."""
    known = [t for t in document.things if t.type == "Dataset" and not t.optional and is_proper(t)]
    known = [t for t in known if t.role in ("introduces", "evaluates_on")]
    own = [t for t in known if t.role == "introduces"]
    if len(known) == 1:
        return known[0]
    return own[0] if len(own) == 1 else None
