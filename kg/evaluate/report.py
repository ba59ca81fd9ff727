"""What an evaluation found: counts, and the measures made of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Counts:
    """Hits, misses and spurious ones of one kind.

    >>> one = Counts(hit=3, missed=1, spurious=2)
    >>> one.precision, one.recall, round(one.f1, 3), one.gold
    (0.6, 0.75, 0.667, 4)
    """

    hit: int = 0
    missed: int = 0
    spurious: int = 0

    @property
    def precision(self) -> float:
        """Share of what was given that is right."""
        return _ratio(self.hit, self.hit + self.spurious)

    @property
    def recall(self) -> float:
        """Share of what should be given that was."""
        return _ratio(self.hit, self.hit + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _ratio(2 * self.precision * self.recall, self.precision + self.recall)

    @property
    def gold(self) -> int:
        """How many there are in the gold."""
        return self.hit + self.missed

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hit + other.hit, self.missed + other.missed, self.spurious + other.spurious)


@dataclass(slots=True)
class Share:
    """So many right of so many seen."""

    right: int = 0
    seen: int = 0

    def add(self, right: bool) -> None:
        """Count one more."""
        self.right += right
        self.seen += 1

    @property
    def value(self) -> float:
        """The share that is right."""
        return _ratio(self.right, self.seen)


@dataclass(frozen=True, slots=True)
class Error:
    """One thing that went wrong, with the sentence where it stands."""

    paper: str
    kind: str
    type: str
    name: str
    detail: str
    sentence: str


@dataclass(slots=True)
class Report:
    """All measures of one evaluation. ``calibration`` holds, by tenth of confidence, how many links are right."""

    records: int = 0
    absent: int = 0
    types: dict[str, Counts] = field(default_factory=dict)
    introduces: Counts = field(default_factory=Counts)
    results: Counts = field(default_factory=Counts)
    roles: Share = field(default_factory=Share)
    outcomes: Share = field(default_factory=Share)
    quantities: dict[str, Share] = field(default_factory=dict)
    calibration: dict[int, Share] = field(default_factory=dict)
    confidence_sums: Counter[int] = field(default_factory=Counter)
    role_confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    type_confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    errors: list[Error] = field(default_factory=list)

    @property
    def micro(self) -> Counts:
        """The four scored types together."""
        from kg.evaluate.rules import SCORED

        return sum((self.types.get(kind, Counts()) for kind in SCORED), Counts())

    @property
    def quantity(self) -> Share:
        """All quantities together."""
        shares = self.quantities.values()
        return Share(sum(s.right for s in shares), sum(s.seen for s in shares))

    @property
    def links_f1(self) -> float:
        """F1 of links: entity and role both right."""
        whole = self.micro
        wrong = whole.hit - self.roles.right
        return Counts(self.roles.right, wrong + whole.missed, wrong + whole.spurious).f1

    @property
    def calibration_error(self) -> float:
        """Mean distance between a link's confidence and how often such links are right."""
        seen = sum(share.seen for share in self.calibration.values())
        gaps = (abs(self.confidence_sums[tenth] / 1e6 - share.right) for tenth, share in self.calibration.items())
        return _ratio(sum(gaps), seen)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
