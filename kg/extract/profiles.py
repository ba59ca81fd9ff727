"""Which components make up a profile, and where each lives: the one place that says so."""

from __future__ import annotations

from collections.abc import Sequence

from kg.errors import ExtractionError

MODULES = {
    "sentences": "kg.extract.sentences",
    "acronyms": "kg.extract.acronyms",
    "hardware": "kg.extract.hardware",
    "lexicon": "kg.extract.lexicon",
    "patterns": "kg.extract.patterns",
    "sizes": "kg.extract.sizes",
    "linear_tagger": "kg.extract.linear.tagger",
    "neural_tagger": "kg.extract.neural.tagger",
    "vetoes": "kg.extract.vetoes",
    "grouping": "kg.extract.grouping",
    "types": "kg.extract.types",
    "linear_heads": "kg.extract.linear.heads",
    "neural_heads": "kg.extract.neural.heads",
    "standing": "kg.extract.standing",
    "roles": "kg.extract.roles",
    "quantities": "kg.extract.quantities",
    "outcomes": "kg.extract.outcomes",
    "results": "kg.extract.results",
    "repositories": "kg.extract.repositories",
}
_READING = ("sentences", "acronyms", "hardware", "lexicon", "patterns", "sizes")
_GROUPING = ("vetoes", "grouping")
_DECIDING = ("roles", "quantities", "outcomes", "results", "repositories")

PROFILES: dict[str, tuple[str, ...]] = {
    "default": (*_READING, "neural_tagger", *_GROUPING, "types", "neural_heads", "standing", *_DECIDING),
    "fast": (*_READING, "linear_tagger", *_GROUPING, "linear_heads", *_DECIDING),
}


def components(profile: str, without: Sequence[str] = ()) -> tuple[str, ...]:
    """The components of a profile, in order, some left out.

    Raises `ExtractionError` naming the known ones when there is no such profile or component.
    """
    if profile not in PROFILES:
        known = ", ".join(sorted(PROFILES))
        raise ExtractionError(f"no profile {profile!r}", where="extraction", mend=f"known: {known}")
    unknown = [name for name in without if name not in PROFILES[profile]]
    if unknown:
        known = ", ".join(PROFILES[profile])
        raise ExtractionError(f"no component {unknown[0]!r} in {profile}", where="extraction", mend=f"it has: {known}")
    return tuple(name for name in PROFILES[profile] if name not in without)
