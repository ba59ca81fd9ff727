"""Mentions → things: which proposals stand, which of them name one thing, and what it is called.

Overlapping proposals are settled first (`kg.extract.choice`). The surface forms that stand are then joined: forms alike
but for case, spelling and plural always, others where `kg.extract.kinship` judges them one on average. A thing's type
is what its mentions' scores add up to; its name the fullest proper form.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from functools import lru_cache

from kg.extract.apposition import appositions
from kg.extract.choice import choose
from kg.extract.kinship import Form, Hints, akin, form, judge
from kg.extract.mention import Document, Mention, Thing, component

_LEAST_ODDS = 0.0
_SURE, _DOUBT = 0.35, 2.0
# A thing split in two costs what two things joined do, and of these types splits are commoner at even odds.
_EAGER = {"Method": 0.4, "Dataset": 0.4, "Metric": 0.4}
_SIZE_ONLY = re.compile(r"^\d+(?:\.\d+)?[KMBT]?$")
_GENERIC_HEAD = re.compile(
    r"(?<=\w)\s+(?:models?|frameworks?|methods?|algorithms?|datasets?|benchmarks?|corpus|architectures?|techniques?|approach(?:es)?|systems?|family"
    r"|series|suite|library|platform|toolkit|test ?set|leaderboard|challenge|GPUs?|pipelines?|modules?|strategy"
    r"|mechanism)$",
    re.IGNORECASE,
)
_MODIFIER = re.compile(
    r"^(?:(?:the|a|an|our|its|their|this|standard|common|vanilla|traditional|conventional|classical|existing|recent|lightweight|novel|proposed"
    r"|new|simple|naive|popular|single|various|several|other|both|some|such|each|open-source|state-of-the-art|off-the-shelf|pre-?trained"
    r"|in-distribution|modern|advanced|current|full|original|plain|typical)\s+)+(?=\S)",
    re.IGNORECASE,
)
# What describes a dataset after its name (*ImageNet generation*, *SQuAD-v2 task*), and what such a name looks like.
_DESCRIPTION = re.compile(r"(?:\s[a-z]{3,})+$")
_COINED = re.compile(r".[A-Z]|\d")
_LOOSE_END = re.compile(r"(?:\s+(?:and|or|with|of|for|in|on|the|to|by|via|from|as|using|based))+$", re.IGNORECASE)
_COMPATIBLE = {
    ("Method", "Model"),
    ("Model", "Method"),
    ("Method", "Task"),
    ("Task", "Method"),
    ("Metric", "Method"),
    ("Method", "Metric"),
}


@component("grouping")
def group(document: Document) -> None:
    """Fill ``document.things`` from ``document.mentions``, in order of first mention."""
    standing = choose(document)
    paired = frozenset((form(a.short).letters, form(a.long).letters) for a in document.acronyms)
    by_form: dict[str, list[Mention]] = defaultdict(list)
    for mention in standing:
        by_form[_form_text(mention)].append(mention)
    places = [(mention.start, mention.end, form(_form_text(mention)).letters) for mention in standing]
    hints = Hints(paired, appositions(document.text, places))
    texts = list(by_form)
    kinds = [_kind(by_form[text]) for text in texts]
    doubtful = {text for text in texts if max(mention.score for mention in by_form[text]) < _SURE}
    groups = join(texts, kinds, hints, doubtful)
    members = [[mention for index in group for mention in by_form[texts[index]]] for group in groups]
    things = [_thing(mentions, paired) for mentions in members]
    document.things = sorted(things, key=lambda thing: thing.mentions[0].start)


def _form_text(mention: Mention) -> str:
    """What a mention is grouped by: a fragment (*350M* of *MobileLLM-350M*) goes by the name it stands for."""
    return mention.canonical if mention.facts.get("coordinated") else mention.text


def join(texts: Sequence[str], kinds: Sequence[str], hints: Hints, doubtful: Set[str] = frozenset()) -> list[list[int]]:
    """The numbers of the ``texts`` that name one thing, together; ``doubtful`` ones, likely no names, join less.

    >>> hints = Hints(paired=frozenset([("lora", "lowrankadaptation")]))
    >>> join(["LoRA", "Low-Rank Adaptation", "LoRAs", "QLoRA"], ["Method"] * 4, hints)
    [[0, 1, 2], [3]]
    """
    forms = [form(text) for text in texts]
    odds: dict[tuple[int, int], float] = {}
    for one in range(len(forms)):
        for two in range(one + 1, len(forms)):
            if akin(forms[one], forms[two], hints):
                odds[one, two] = _odds(forms[one], forms[two], (kinds[one], kinds[two]), hints)
                if texts[one] in doubtful or texts[two] in doubtful:
                    odds[one, two] -= _DOUBT
    groups = {number: [number] for number in range(len(forms))}
    while odds:
        best = max(_links(groups, odds), default=(_LEAST_ODDS, 0, 0))
        if best[0] <= _LEAST_ODDS:
            break
        groups[-best[1]] += groups.pop(-best[2])
    return sorted(sorted(members) for members in groups.values())


def _links(groups: dict[int, list[int]], odds: dict[tuple[int, int], float]) -> list[tuple[float, int, int]]:
    """Mean odds between each two groups over their akin forms, the best twice (numbers negated: first wins ties)."""
    owner = {number: key for key, members in groups.items() for number in members}
    sums: dict[tuple[int, int], list[float]] = defaultdict(list)
    for (one, two), value in odds.items():
        if owner[one] != owner[two]:
            sums[min(owner[one], owner[two]), max(owner[one], owner[two])].append(value)
    return [((sum(values) + max(values)) / (len(values) + 1), -one, -two) for (one, two), values in sums.items()]


def _odds(one: Form, two: Form, kinds: tuple[str, str], hints: Hints) -> float:
    if one.letters == two.letters and one.text.count("+") == two.text.count("+"):
        return 9.0 if kinds[0] == kinds[1] or kinds in _COMPATIBLE else 1.0
    probability = judge(one, two, kinds, hints)
    if not 0.0 < probability < 1.0:
        return 9.0 if probability else -9.0
    named = kinds[0] == kinds[1] and not (_plain(one.text) or _plain(two.text))
    eager = _EAGER.get(kinds[0], 0.0) if named else 0.0
    return math.log(probability / (1.0 - probability)) + eager


def _plain(text: str) -> bool:
    """Whether a form is a description or a common word rather than a name (*rank*, *Rank*, *equal rank*)."""
    return text.islower() or (text.isalpha() and text[1:].islower())


def _kind(mentions: Sequence[Mention]) -> str:
    scores = _type_scores(mentions)
    return max(scores, key=lambda kind: (scores[kind], kind))


def _type_scores(mentions: Sequence[Mention]) -> dict[str, float]:
    if len(mentions) == 1:
        return dict(mentions[0].scores) or {mentions[0].type: mentions[0].score}
    total: defaultdict[str, float] = defaultdict(float)
    for mention in mentions:
        for kind, score in (mention.scores or {mention.type: mention.score}).items():
            total[kind] += score
    return {kind: value / len(mentions) for kind, value in total.items()}


def _thing(mentions: list[Mention], paired: frozenset[tuple[str, str]]) -> Thing:
    mentions.sort(key=lambda mention: mention.start)
    scores = _type_scores(mentions)
    kind = max(scores, key=lambda name: (scores[name], name))
    name, aliases = _names(mentions, kind, paired)
    score = max(mention.score for mention in mentions)
    return Thing(name, kind, mentions, score, aliases=aliases, type_scores=scores)


def _names(mentions: Sequence[Mention], kind: str, paired: frozenset[tuple[str, str]]) -> tuple[str, list[str]]:
    """The name, and forms worth keeping as aliases that no mention has: without generic head, and the usual name."""
    canonical = next((mention.canonical for mention in mentions if mention.canonical), "")
    counts = Counter(_called(mention.text, kind) for mention in mentions)
    order = list(counts)
    expansions = {long for _, long in paired}
    long = [text for text in order if form(text).letters in expansions]
    best = min(order, key=lambda text: (bool(_SIZE_ONLY.match(text)), text.islower(), -counts[text], order.index(text)))
    name = canonical or (long[0] if long else best)
    known = [mention.known for mention in mentions if mention.known]
    return name, [text for text in dict.fromkeys((*order, *known)) if text != name]


def _called(text: str, kind: str) -> str:
    """What a form calls its thing: trimmed, and a dataset without what describes it behind its name.

    >>> _called("ImageNet generation benchmark", "Dataset"), _called("Lost and Found", "Dataset")
    ('ImageNet', 'Lost and Found')
    """
    short = trimmed(text)
    if kind != "Dataset":
        return short
    bare = _DESCRIPTION.sub("", short)
    return bare if _COINED.search(bare) else short


@lru_cache(maxsize=20_000)
def trimmed(text: str) -> str:
    """A form without the words around it that are no part of the name, where a name is left.

    >>> trimmed("GSM8K benchmark"), trimmed("diffusion models"), trimmed("standard next-token prediction")
    ('GSM8K', 'diffusion models', 'next-token prediction')
    """
    short = _LOOSE_END.sub("", _MODIFIER.sub("", text))
    bare = _GENERIC_HEAD.sub("", short)
    named = any(c.isupper() for c in bare) and " " not in bare
    return bare if bare and (named or len(bare.split()) > 1) else short or text
