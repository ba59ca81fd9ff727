"""The working material of extraction: what the components of the pipeline read and write.

One paper is one spaCy ``Doc`` over ``title + "\\n\\n" + abstract``; its `Document` rides in
``doc.user_data`` and is reached by `of`. All offsets here are characters of that one text
(`Document.place` turns them into a field and its offsets). The line, in order::

    sentences, acronyms     fill Document.sentences and Document.acronyms
    tagger, linear tagger,  PROPOSE: each appends `Mention` s to Document.mentions and decides nothing;
    patterns, lexicon,      overlaps between proposers are welcome; several types may be scored
    hardware                in Mention.scores, and Mention.cue may hint a role
    grouping                DECIDES: mentions → `Thing` s in Document.things, one per thing, typed;
                            every mention left out goes to Document.reject(mention, why)
    neural heads            optional: set Thing.role_scores, optional_score, outcome_scores (dicts over labels)
    roles                   Thing.role, also_roles, optional (cues, where they are better, over the head's scores)
    quantities, outcomes    Thing.count, memory_gb, hours, parameters, outcome
    results                 Document.results
    assembly                `kg.extract.assembly.record`: Document → `kg.model.Record` with evidence

A plain component is a function ``Document → None`` registered with ``@component("name")``. One that
batches (a tagger) is a class with ``__call__(doc)`` and ``pipe(docs, batch_size)`` registered with
``@Language.factory``; it calls ``of(doc)``. What a component keeps for a later one (encoder vectors) goes to
``Document.state[component name]``. Which components run is said in one place: `kg.extract.profiles`.
"""

from __future__ import annotations

import bisect
import itertools
import operator
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Paper, TextField

SEPARATOR = "\n\n"
TYPES = ("Method", "Model", "Dataset", "Hardware", "Task", "Metric")
ROLES = (
    "introduces",
    "trains_on",
    "evaluates_on",
    "runs_on",
    "compares_with",
    "uses",
    "addresses",
    "measures",
    "mentions",
)
_KEY = "kg.document"


@dataclass(slots=True, eq=False)
class Mention:
    """A stretch of the text that a component takes for a name.

    ``scores`` are the component's weights by type (``type`` the highest), ``cue`` a role the
    proposing pattern implies (``introduces`` after *we present*), ``canonical`` the entity name where it is not
    the text itself (a fragment ``350M`` of ``MobileLLM-350M``), ``known`` the usual name of a thing the text may write
    otherwise (*AIME 2024* for *AIME24*), ``facts`` quantities read on the way.
    """

    start: int
    end: int
    text: str
    type: str
    score: float
    extractor: str
    scores: dict[str, float] = field(default_factory=dict)
    cue: str = ""
    canonical: str = ""
    facts: dict[str, float] = field(default_factory=dict)
    known: str = ""


@dataclass(slots=True, eq=False)
class Thing:
    """One candidate entity: its mentions, and what has been decided of it so far."""

    name: str
    type: str
    mentions: list[Mention]
    score: float
    aliases: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    type_scores: dict[str, float] = field(default_factory=dict)
    type_by: str = ""
    role: str = ""
    role_by: str = ""
    role_score: float = 0.0
    role_mention: Mention | None = None
    role_scores: dict[str, float] = field(default_factory=dict)
    also_roles: list[str] = field(default_factory=list)
    optional: bool = False
    optional_score: float = 0.0
    outcome: str | None = None
    outcome_scores: dict[str, float] = field(default_factory=dict)
    count: int | None = None
    memory_gb: float | None = None
    hours: float | None = None
    parameters: int | None = None

    def forms(self) -> list[str]:
        """The name and every other surface form, each once, in order."""
        return list(dict.fromkeys([self.name, *self.aliases, *(m.text for m in self.mentions)]))


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short form and its expansion as the text pairs them (offsets in the document's text)."""

    short: str
    short_start: int
    short_end: int
    long: str
    long_start: int
    long_end: int


@dataclass(slots=True, eq=False)
class Finding:
    """A number on a named dataset for a named subject, with the place that says so."""

    subject: Thing
    dataset: Thing
    value: float
    start: int
    end: int
    metric: str | None = None
    unit: str | None = None
    score: float = 1.0


class Document:
    """One paper on its way through the pipeline."""

    def __init__(self, paper: Paper, doc: Doc) -> None:
        self.paper = paper
        self.text = document_text(paper)
        self.body = len(paper.title) + len(SEPARATOR)
        self.words, self.starts = _words(doc)
        self.ends = list(map(operator.add, self.starts, map(len, self.words)))
        self.sentences: list[tuple[int, int]] = []
        self.acronyms: list[Acronym] = []
        self.mentions: list[Mention] = []
        self.things: list[Thing] = []
        self.results: list[Finding] = []
        self.repositories: list[tuple[int, int]] = []
        self.rejected: list[tuple[Mention, str]] = []
        self.state: dict[str, Any] = {}
        doc.user_data[_KEY] = self

    def propose(
        self, start: int, end: int, kind: str, score: float, extractor: str, *, cue: str = "", canonical: str = ""
    ) -> Mention:
        """Add a mention of ``kind`` over ``text[start:end]`` and return it."""
        mention = Mention(start, end, self.text[start:end], kind, score, extractor, {kind: score}, cue, canonical)
        self.mentions.append(mention)
        return mention

    def reject(self, mention: Mention, why: str) -> None:
        """Keep a mention that became no entity, with the reason, for ``--explain``."""
        self.rejected.append((mention, why))

    def place(self, start: int, end: int) -> tuple[TextField, int, int]:
        """The field a stretch lies in, and its offsets there."""
        if start < self.body:
            return "title", start, end
        return "abstract", start - self.body, end - self.body

    def sentence(self, offset: int) -> tuple[int, int]:
        """The bounds of the sentence around ``offset``."""
        if not self.sentences:
            return (0, len(self.text))
        index = bisect.bisect_right(self.sentences, (offset, sys.maxsize))
        return self.sentences[max(0, index - 1)]

    def in_title(self, mention: Mention) -> bool:
        """Whether a mention stands in the title."""
        return mention.start < self.body


def _words(doc: Doc) -> tuple[list[str], list[int]]:
    """The words of a ``Doc`` and where they begin; from the tokenizer's lists where it left them (ten times faster)."""
    kept = doc.user_data.pop("kg.words", None)
    if kept is None:
        return [token.text for token in doc], [token.idx for token in doc]
    words, spaces = kept
    ends = itertools.accumulate(map(operator.add, map(len, words), spaces), initial=0)
    return words, list(ends)[:-1]


def document_text(paper: Paper) -> str:
    """The one text all offsets of a `Document` point into.

    >>> document_text(Paper("1", "A title", "An abstract."))
    'A title\\n\\nAn abstract.'
    """
    return f"{paper.title}{SEPARATOR}{paper.abstract}"


def of(doc: Doc) -> Document:
    """The `Document` that rides on a spaCy ``Doc``."""
    document: Document = doc.user_data[_KEY]
    return document


def component(name: str) -> Callable[[Callable[[Document], None]], Callable[[Document], None]]:
    """Register a function over `Document` as the spaCy component ``name``."""

    def register(function: Callable[[Document], None]) -> Callable[[Document], None]:
        def run(doc: Doc) -> Doc:
            function(of(doc))
            return doc

        Language.component(name, func=run)
        return function

    return register
