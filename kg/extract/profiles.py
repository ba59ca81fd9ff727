"""Which components make up a profile, and where each lives: the one place that says so."""

from __future__ import annotations

from kg.errors import ExtractionError

MODULES = {
    "sentences": "kg.extract.sentences",
    "acronyms": "kg.extract.acronyms",
    "hardware": "kg.extract.hardware",
    "lexicon": "kg.extract.lexicon",
    "patterns": "kg.extract.patterns",
    "linear_tagger": "kg.extract.linear.tagger",
    "grouping": "kg.extract.grouping",
    "roles": "kg.extract.roles",
    "quantities": "kg.extract.quantities",
    "outcomes": "kg.extract.outcomes",
    "results": "kg.extract.results",
    "repositories": "kg.extract.repositories",
}
_READING = ("sentences", "acronyms", "hardware", "lexicon", "patterns")
_DECIDING = ("grouping", "roles", "quantities", "outcomes", "results", "repositories")

PROFILES: dict[str, tuple[str, ...]] = {
    "fast": (*_READING, "linear_tagger", *_DECIDING),
    "default": (*_READING, "linear_tagger", *_DECIDING),
}


def components(profile: str) -> tuple[str, ...]:
    """The components of a profile, in order.

    Raises `ExtractionError` naming the known ones when there is no such profile.
    """
    if profile not in PROFILES:
        raise ExtractionError(
            f"no profile {profile!r}", where="extraction", mend=f"known: {', '.join(sorted(PROFILES))}"
        )
    return PROFILES[profile]
