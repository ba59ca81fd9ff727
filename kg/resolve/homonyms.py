"""One name, several things: whose thing does each paper mean?

A paper that introduces a name means its own thing. Any other paper means the thing whose type, expansion,
spelling and text fit best, and which was introduced before it. A general term (not coined, or known, or
used far more than introduced) is one thing however many papers claim it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.model import Paper, Record
from kg.resolve import known, words
from kg.resolve.forms import parse
from kg.resolve.mentions import Mention, is_coined

_WORD = re.compile(r"[^\W\d_]{3,}")
_ARXIV = re.compile(r"(\d\d)(\d\d)\.\d{4,5}")
_GENERAL, _FAMOUS = 3, 10
_ALIKE = 0.6
_RELATED = 0.03
"""Two papers' cosine: of those that mean one thing at least 0.04, of two drawn at random 0.02 at the median."""
_COMPATIBLE = frozenset(
    frozenset(pair)
    for pair in (
        ("Method", "Model"),
        ("Method", "Dataset"),
        ("Model", "Dataset"),
        ("Method", "Task"),
        ("Method", "Metric"),
        ("Dataset", "Metric"),
        ("Model", "Metric"),
        ("Method", "Hardware"),
    )
)


@dataclass(slots=True)
class Sense:
    """A thing to be: its mentions, and the papers that introduce it."""

    mentions: list[Mention] = field(default_factory=list)
    introducers: list[Mention] = field(default_factory=list)


class Senses:
    """Divides the mentions that share a key into the things they mean; holds word statistics of the papers."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records
        self._vectors: dict[int, Mapping[str, float]] = {}

    def divide(self, group: Sequence[Mention]) -> list[Sense]:
        """The senses of one group, those with introducers first, by date."""
        group = sorted(group, key=self._age)
        claims = [mention for mention in group if mention.entity.role == "introduces"]
        others = [mention for mention in group if mention.entity.role != "introduces"]
        if not claims or self._is_general(claims, others):
            return _by_type(group)
        senses = self._claimed(claims)
        left: list[Mention] = []
        for mention in others:
            sense = self._best(mention, senses)
            (sense.mentions if sense else left).append(mention)
        return [*senses, *(_by_type(left) if left else [])]

    def age(self, sense: Sense) -> tuple[int, str, int]:
        """When a sense was introduced; those that no paper introduces come last."""
        return min(map(self._age, sense.introducers), default=(1 << 21, "", 0))

    def _is_general(self, claims: list[Mention], others: list[Mention]) -> bool:
        """Whether the name is a general term, which no claim makes a paper's own.

        A claim stands when the title begins with the name. Without such a one, what is known, what is not
        coined, and what is used far more than claimed is general.
        """
        first = claims[0].entity
        headed = any(_heads_title(mention, self._paper(mention)) for mention in claims)
        famous = known.is_known(parse(first.name, first.type).key, first.type)
        coined = any(is_coined(mention.entity.name) for mention in claims)
        if headed:
            return len(others) >= _FAMOUS * len(claims) and (famous or not coined)
        if famous or not coined:
            return len(claims) == 1 or famous or len(others) >= len(claims)
        return len(others) >= _GENERAL * len(claims)

    def _claimed(self, claims: list[Mention]) -> list[Sense]:
        senses: list[Sense] = []
        for mention in claims:
            for sense in senses:
                if any(self._is_same_work(mention, other) for other in sense.introducers):
                    break
            else:
                sense = Sense()
                senses.append(sense)
            sense.introducers.append(mention)
            sense.mentions.append(mention)
        return senses

    def _is_same_work(self, a: Mention, b: Mention) -> bool:
        """Two claims of one thing: twice in one record, shared authors, or texts that are nearly the same."""
        if a.record == b.record:
            return a.entity.type == b.entity.type
        first, second = self._paper(a), self._paper(b)
        if a.entity.type == b.entity.type and set(first.authors) & set(second.authors):
            return True
        return self._similarity(a, b) >= _ALIKE

    def _best(self, mention: Mention, senses: list[Sense]) -> Sense | None:
        scored = [
            (score, -number)
            for number, sense in enumerate(senses)
            if (score := self._score(mention, sense, alone=len(senses) == 1)) is not None
        ]
        return senses[-max(scored)[1]] if scored else None

    def _score(self, mention: Mention, sense: Sense, *, alone: bool) -> float | None:
        """How well a mention fits; none when it cannot be meant (introduced later, or of another kind of thing)."""
        claim = sense.introducers[0]
        here, there = mention.entity, claim.entity
        if claim.record == mention.record:
            return 10.0 if here.type == there.type else None
        if mention.long and claim.long and mention.long != claim.long and mention.key != claim.key:
            return None
        types, theirs = {here.type, *here.also}, {there.type, *there.also}
        same = bool(types & theirs)
        if not same and frozenset((here.type, there.type)) not in _COMPATIBLE:
            return None
        date, introduced = _month(self._paper(mention)), _month(self._paper(claim))
        if date and introduced and date < introduced - 1:
            return None
        likeness = 0.0
        if not alone or mention.by_acronym or _is_short(here.name):
            likeness = self._similarity(mention, claim)
            if likeness < _RELATED:
                return None
        return (1.0 if same else 0.5) + (0.2 if here.name == there.name else 0.0) + 3 * likeness

    def _paper(self, mention: Mention) -> Paper:
        return self._records[mention.record].paper

    def _age(self, mention: Mention) -> tuple[int, str, int]:
        paper = self._paper(mention)
        return (_month(paper) or 1 << 20, paper.id, mention.position)

    def _similarity(self, a: Mention, b: Mention) -> float:
        """Cosine of the two papers' words, the name itself left out."""
        own = {word for mention in (a, b) for word in _WORD.findall(mention.entity.name.casefold())}
        first, second = self._vector(a.record), self._vector(b.record)
        if len(first) > len(second):
            first, second = second, first
        return sum(weight * second.get(word, 0.0) for word, weight in first.items() if word not in own)

    def _vector(self, record: int) -> Mapping[str, float]:
        if record not in self._vectors:
            counts = _words(self._records[record].paper)
            raw = {word: (1 + math.log(count)) * self._rarity(word) for word, count in counts.items()}
            length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
            self._vectors[record] = {word: weight / length for word, weight in raw.items()}
        return self._vectors[record]

    def _rarity(self, word: str) -> float:
        frequency, total = self._frequencies
        return math.log((1 + total) / (1 + frequency.get(word, 0)))

    @cached_property
    def _frequencies(self) -> tuple[Counter[str], int]:
        """Document frequencies over an even sample of at most 4,000 papers."""
        step = max(1, len(self._records) // 4000)
        sample = self._records[::step]
        counts: Counter[str] = Counter()
        for record in sample:
            counts.update(set(_words(record.paper)))
        return counts, len(sample) + 1


def _by_type(group: Sequence[Mention]) -> list[Sense]:
    """One sense a type, small compatible ones joined to a larger type of the same name."""
    if len({mention.entity.type for mention in group}) == 1:
        return [Sense(list(group), [mention for mention in group if mention.entity.role == "introduces"])]
    counts = Counter(mention.entity.type for mention in group)
    order = sorted(counts, key=lambda kind: (-counts[kind], kind))
    home: dict[str, str] = {}
    known_types = known.types_of(group[0].key) & set(order)
    if len(known_types) == 1:
        (settled,) = known_types
        order.remove(settled)
        order.insert(0, settled)
        home.update(dict.fromkeys(order, settled))
    for kind in order if not home else ():
        linked = {other for mention in group if mention.entity.type == kind for other in mention.entity.also}
        for larger in (other for other in order if home.get(other) == other):
            few = counts[kind] * 3 <= counts[larger] and frozenset((kind, larger)) in _COMPATIBLE
            if few or larger in linked:
                home[kind] = larger
                break
        else:
            home[kind] = kind
    senses: dict[str, Sense] = {}
    for mention in group:
        sense = senses.setdefault(home[mention.entity.type], Sense())
        sense.mentions.append(mention)
        if mention.entity.role == "introduces":
            sense.introducers.append(mention)
    return [senses[kind] for kind in order if kind in senses]


def _is_short(name: str) -> bool:
    """A few capitals: what papers of other fields may use for something else."""
    return len(name) <= 5 and name.isupper()


def _heads_title(mention: Mention, paper: Paper) -> bool:
    """Whether the title begins with one of the forms, set off (*Wombat: …*, *WOMBAT - …*)."""
    head = re.split(r"[:,–—]| - ", paper.title, maxsplit=1)[0].casefold().strip(" \"'$")
    return head in {form.casefold() for form in (mention.entity.name, *mention.entity.aliases)}


def _words(paper: Paper) -> Counter[str]:
    text = f"{paper.title} {paper.title} {paper.abstract}".casefold()
    return Counter(word for word in _WORD.findall(text) if word not in words.STOPWORDS)


def _month(paper: Paper) -> int | None:
    """Months since year 0, by date or arXiv id; none when unknown."""
    if paper.published:
        return paper.published.year * 12 + paper.published.month
    match = _ARXIV.match(paper.arxiv_id or paper.id)
    return (2000 + int(match[1])) * 12 + int(match[2]) if match else None
