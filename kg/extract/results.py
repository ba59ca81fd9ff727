"""Results: numbers a paper reports for a named subject on a named dataset.

Sentence by sentence: the grammar (`kg.extract.grammar`) says what each number seems to belong to, and
`kg.extract.linkage` weighs that with the rest of what the sentence shows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.grammar import Sentence
from kg.extract.linkage import (
    Choice,
    Option,
    Token,
    likely,
    sentence_features,
    surroundings,
    tokens,
    value_features,
    way,
)
from kg.extract.mention import Document, Finding, Thing, component
from kg.extract.neural.numbers import hear
from kg.extract.neural.tagger import EXTRACTOR
from kg.extract.spans import Span, is_proper, only_dataset, own_system, spans
from kg.extract.values import Value, listed, numbers

# Half of the F1 that can be had is the best bound for it.
LEAST = 0.3
# What is less likely a result of anything cannot reach `LEAST` with any dataset and subject.
_HOPEFUL = 0.1
_ELSEWHERE = 3
_LOOK = 40
_LONGEST = 1500
_METRIC_WORDS = re.compile(
    r"^\s?\(?(?P<metric>(?:(?:average|mean|overall|top-1|Top-1|zero-shot|macro|weighted|pass@\d"
    r"|Pass@\d)[\s-])?(?:accuracy|F1(?:[\s-]score)?|mAP|mIoU|AUC|AUROC"
    r"|FID|BLEU|PSNR|SSIM|LPIPS|success\srate|win\srate|pass@\w|Pass@\w|Top-1|recall|precision|score|EM|WER"
    r"|perplexity|MAE|RMSE|AP|IoU|Dice))\b",
    re.I,
)


@component("results")
def find_results(document: Document) -> None:
    """Fill ``document.results``; the network's vectors are let go afterwards."""
    seen: set[tuple[int, int, float]] = set()
    for choice in choices(document, _HOPEFUL):
        chance, dataset, subject = choice.best()
        if dataset is None or subject is None or chance < LEAST:
            continue
        key = (id(subject), id(dataset), choice.value.value)
        if key not in seen:
            seen.add(key)
            document.results.append(_finding(document.text, choice.value, dataset, subject, chance))
    document.state.pop(EXTRACTOR, None)


def _finding(text: str, value: Value, dataset: Thing, subject: Thing, chance: float) -> Finding:
    after = _METRIC_WORDS.match(text[value.end : value.end + 40])
    metric = after["metric"] if after else None
    return Finding(subject, dataset, value.value, value.start, value.end, metric, value.unit, round(chance, 4))


def choices(document: Document, least: float = 0.0) -> Iterator[Choice]:
    """The numbers of the abstract with the datasets and subjects they may belong to, where the paper names a dataset.

    Numbers less likely than ``least`` to be a result of anything are left out.
    """
    proper = [span for span in spans(document, ("Dataset",)) if is_proper(span.thing)]
    if not proper:
        return
    own, only = own_system(document), only_dataset(document)
    datasets = _Kind("D", proper, only, document.body)
    subjects = _Kind("S", spans(document, ("Model", "Method")), own, document.body)
    for begin, end in _stretches(document):
        here, people = datasets.within(begin, end), subjects.within(begin, end)
        named = [*here, *people]
        found = [v for v in numbers(document.text, begin, end) if not any(s.start <= v.start < s.end for s in named)]
        if not found:
            continue
        grammar = Sentence(document.text, begin, end, here, people, [v for v in found if v.accepted], own)
        yield from _choices(
            tokens(document.text, begin, end, here, people, found),
            listed(document.text, found),
            grammar.read(only),
            (datasets, datasets.before(begin)),
            (subjects, subjects.before(begin)),
            {value.start: odds for value, odds in zip(found, hear(document, found), strict=True)},
            least,
        )


def _stretches(document: Document) -> Iterator[tuple[int, int]]:
    """The sentences of the abstract, those without end in pieces, so that time stays linear in length."""
    for begin, end in document.sentences:
        if begin < document.body:
            continue
        while end - begin > _LONGEST:
            cut = document.text.rfind(" ", begin + 1, begin + _LONGEST)
            cut = cut if cut > 0 else begin + _LONGEST
            yield begin, cut
            begin = cut
        yield begin, end


def _choices(
    sentence: Sequence[Token],
    lists: Sequence[Sequence[Value]],
    said: Mapping[int, tuple[Thing | None, Thing | None]],
    datasets: tuple[_Kind, Sequence[Thing]],
    subjects: tuple[_Kind, Sequence[Thing]],
    heard: Mapping[int, float | None],
    least: float,
) -> Iterator[Choice]:
    """The choices of one sentence, from each kind and its things before; a number inside a name has none."""
    places = {token.start: number for number, token in enumerate(sentence) if token.text == "#"}
    shared = tuple(sentence_features(sentence))
    for group in lists:
        for turn, value in enumerate(group):
            if value.start not in places:
                continue
            at = places[value.start]
            features = (*value_features(value, at, sentence, len(group)), *shared)
            if least and likely(features, heard[value.start]) < least:
                continue
            setting = tuple(surroundings(sentence, at))
            dataset, subject = said.get(value.start, (None, None))
            yield Choice(
                value,
                features,
                list(datasets[0].options(sentence, at, dataset, (turn, len(group)), setting, datasets[1])),
                list(subjects[0].options(sentence, at, subject, (turn, len(group)), setting, subjects[1])),
                heard[value.start],
            )


class _Kind:
    """What numbers may belong to, of one kind: datasets (``D``) or subjects (``S``)."""

    def __init__(self, mark: str, places: Sequence[Span], usual: Thing | None, body: int) -> None:
        self.mark, self.usual, self.body = mark, usual, body
        self._places, self._starts = places, [span.start for span in places]
        self._rivals = min(len({span.thing for span in places if span.thing.role == "introduces"}), 3)

    def within(self, begin: int, end: int) -> list[Span]:
        """The places in a stretch of the text."""
        return list(self._places[bisect_left(self._starts, begin) : bisect_left(self._starts, end)])

    def before(self, begin: int) -> list[Thing]:
        """The things named last before a place, the nearest first."""
        last = bisect_left(self._starts, begin)
        return list(dict.fromkeys(span.thing for span in reversed(self._places[max(0, last - _LOOK) : last])))

    def options(
        self,
        sentence: Sequence[Token],
        at: int,
        said: Thing | None,
        turn: tuple[int, int],
        setting: Sequence[str],
        before: Sequence[Thing],
    ) -> Iterator[Option]:
        """The things of the sentence, the last named before it, the usual one, and none of them."""
        places: dict[Thing, list[int]] = {}
        for number, token in enumerate(sentence):
            if token.text == self.mark and token.thing is not None:
                places.setdefault(token.thing, []).append(number)
        order, here = list(places), bool(places)
        for rank, (thing, spots) in enumerate(places.items()):
            nearest = min(spots, key=lambda place: abs(place - at))
            side = "after" if nearest > at else "before"
            matched = turn[1] if turn[1] == len(order) > 1 and rank == turn[0] else 0
            crossed = (f"{side} {one}" for one in setting)
            stands = (f"matched={matched}", f"things={min(len(order), 4)}", *way(sentence, at, nearest), *crossed)
            yield Option(thing, (*self._standing(thing, said, here, setting), *stands))
        earlier = [thing for thing in before if thing not in places][:_ELSEWHERE]
        for rank, thing in enumerate(earlier):
            stands = ("earlier", f"earlier rank={rank}", f"earlier here={here}")
            yield Option(thing, (*self._standing(thing, said, here, setting), *stands))
        if self.usual is not None and self.usual not in places and self.usual not in earlier:
            stands = ("unseen", f"unseen here={here}")
            yield Option(self.usual, (*self._standing(self.usual, said, here, setting), *stands))
        yield Option(None, ("none", f"none here={min(len(order), 3)}", f"none said={said is not None}"))

    def _standing(self, thing: Thing, said: Thing | None, here: bool, setting: Sequence[str]) -> Iterator[str]:
        """What speaks for a thing wherever it stands: the grammar's word, being the usual one, its role and type."""
        usual = thing is self.usual
        yield f"said={said is thing}"
        yield f"said={said is thing} usual={usual} here={here}"
        yield f"role={thing.role}"
        yield f"role={thing.role} usual={usual}"
        yield f"{thing.type} proper={is_proper(thing)} role={thing.role}"
        yield f"{thing.type} usual={usual} rivals={self._rivals} role={thing.role}"
        yield f"mentions={min(len(thing.mentions), 4)}"
        if any(mention.start < self.body for mention in thing.mentions):
            yield f"title usual={usual}"
        whose = "usual" if usual else thing.role
        for one in setting:
            yield f"{whose} {one}"
            if one.startswith("speaks"):
                yield f"{whose} {thing.type} {thing.role} {one}"
