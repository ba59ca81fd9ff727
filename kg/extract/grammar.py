"""The grammar of results: what a number in a sentence belongs to, as far as rules over typed spans can tell.

A number finds its dataset in ``84.2 on D``, ``D (84.2)``, ``On D, S reaches 84.2``, in matched lists (*73.1% and 58.7%
on A and B*), else in the only benchmark spoken of; its subject in ``S (84.2)``, ``S's 84.2``, ``84.2 for S``,
``S achieves 84.2``, else in the paper's own system.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.extract.mention import Thing
from kg.extract.spans import Span
from kg.extract.values import Value, listed

_ON = re.compile(r"\b(?:on|in|across|over|for|at|from|against|under)\b[^,;:()]{0,60}$")
_VERSUS = re.compile(
    r"\b(?:vs\.?|v\.s\.?|versus|compared\s(?:to|with)|against|than|over|surpass\w*|outperform\w*|exceed\w*"
    r"|beat\w*)\s(?:the\s|a\s|an\s)?(?:[a-z-]+\s){0,3}[(~]*$",
    re.I,
)
_OBJECT = re.compile(
    r"\b(?:with|using|via|on|than|over|outperform\w*|surpass\w*|exceed\w*|beat\w*|to|against|of|from|in|by|for"
    r"|like|including|and|improv\w+|boost\w*|rais\w+|lift\w*|elevat\w+|when|unlike|match\w*)"
    r"\s(?:the\s|a\s|an\s)?(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
_REACHES = re.compile(
    r"^[^,;:.]{0,30}\b(?:achiev|reach|attain|obtain|scor|get|yield|deliver|record|set|hit|has|had|show|demonstrat"
    r"|perform|establish|sets|solv|succeed|gain|retain)\w*\b",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:our|we|it|its|the\sproposed|this\s(?:model|method|approach|framework))\b", re.IGNORECASE)
_BY = re.compile(r"^[^,;.()]{0,25}\b(?:for|of|from|by|with|achieved by|using)\s(?:the\s)?$|^\s?\($")
_VS = re.compile(r"\b(?:vs|v\.s|versus|compared|against|than|over)\b")
_SPREAD = re.compile(
    r"\b(?:across|over|on|of|in)\s(?:[\w-]+\s){0,4}(?:benchmarks|tasks|datasets|languages|settings|models|domains"
    r"|environments)\b",
    re.I,
)
_STATED = re.compile(
    r"\b(?:achiev|reach|attain|obtain|scor|get|yield|accura|AUC|F1|rate|precision|recall|pass)\w*\b", re.IGNORECASE
)


class Sentence:
    """One sentence: its numbers, and the datasets and subjects named in it."""

    def __init__(
        self,
        text: str,
        begin: int,
        end: int,
        datasets: list[Span],
        subjects: list[Span],
        values: Iterable[Value],
        own: Thing | None,
    ) -> None:
        self.text, self.begin, self.end = text, begin, end
        self.datasets, self.subjects, self.own = datasets, subjects, own
        self.values = list(values)

    def read(self, fallback: Thing | None) -> dict[int, tuple[Thing | None, Thing | None]]:
        """Dataset and subject of each number by its place; ``fallback`` is the dataset when none is named."""
        found = {}
        for group in listed(self.text, self.values):
            for value, dataset, subject in zip(
                group, self._datasets(group, fallback), self._subjects(group), strict=True
            ):
                found[value.start] = (dataset, subject)
        return found

    def _datasets(self, group: Sequence[Value], fallback: Thing | None) -> list[Thing | None]:
        for lined in self._dataset_lists():
            if len(lined) == len(group) > 1 and self._joined(group, lined):
                return [span.thing for span in lined]
        if len(group) > 1:
            listed = [lined for lined in self._dataset_lists() if len(lined) == len(group)]
            if listed:
                return [span.thing for span in listed[-1]]
        distinct = list(dict.fromkeys(span.thing for span in self.datasets))
        if len(group) > 1 and len(distinct) == len(group):
            return list(distinct)
        return [self._dataset(value, group) or self._elsewhere(value, fallback) for value in group]

    def _elsewhere(self, value: Value, fallback: Thing | None) -> Thing | None:
        """The dataset of a number whose sentence names none: the one spoken of, if the number is clearly a score."""
        if self.datasets or fallback is None:
            return None
        around = self.text[max(self.begin, value.start - 60) : min(self.end, value.end + 60)]
        if _SPREAD.search(around) or not _STATED.search(around):
            return None
        return fallback

    def _joined(self, group: Sequence[Value], lined: list[Span]) -> bool:
        """Whether *on* (or the like) and few words stand between a list of numbers and one of datasets."""
        if lined[0].start > group[-1].end:
            between = self.text[group[-1].end : lined[0].start]
        else:
            between = self.text[lined[-1].end : group[0].start]
        return len(between) < 90 and not any(group[-1].end < v.start < lined[0].start for v in self.values)

    def _dataset_lists(self) -> list[list[Span]]:
        lists: list[list[Span]] = []
        for span in self.datasets:
            if lists and re.match(
                r"^(?:\s?,\s?(?:and\s)?|\s?/\s?|\s(?:and|&)\s)(?:the\s)?$", self.text[lists[-1][-1].end : span.start]
            ):
                lists[-1].append(span)
            else:
                lists.append([span])
        return lists

    def _dataset(self, value: Value, group: Sequence[Value]) -> Thing | None:
        """The dataset of one number: around its bracket, behind *on*, else the last named before."""
        bracket = self._bracket(value)
        if bracket is not None:
            held = [
                s
                for s in self.datasets
                if s.end <= bracket[0]
                and self.text[s.end : bracket[0]].strip() in ("", "benchmark", "dataset", "benchmarks")
            ]
            inside = [s for s in self.datasets if bracket[0] < s.start < bracket[1]]
            if inside:
                return min(inside, key=lambda s: abs(s.start - value.end)).thing
            if held:
                return held[-1].thing
        following = [s for s in self.datasets if s.start >= group[-1].end]
        if following:
            between = self.text[group[-1].end : following[0].start]
            blocked = any(v.start > group[-1].end and v.end < following[0].start for v in self.values)
            if not between.strip():
                return following[0].thing
            if not blocked and len(between) < 80 and _ON.search(between) and ";" not in between:
                return following[0].thing
        before = [s for s in self.datasets if s.end <= value.start]
        if before:
            return before[-1].thing
        return following[0].thing if len({id(s.thing) for s in following}) == 1 else None

    def _subjects(self, group: Sequence[Value]) -> list[Thing | None]:
        named = self._subject_list(group)
        if named:
            return named
        return [self._subject(value) for value in group]

    def _subject_list(self, group: Sequence[Value]) -> list[Thing | None] | None:
        """*S and T achieve 27.1% and 29.8%, respectively*."""
        if len(group) < 2 or "respectively" not in self.text[group[-1].end : group[-1].end + 60]:
            return None
        before = [s for s in self.subjects if s.end <= group[0].start]
        run: list[Span] = []
        for span in reversed(before):
            if run and not re.match(
                r"^\s?(?:,\s?(?:and\s)?|and\s|\sand\s|\s&\s)$", self.text[span.end : run[-1].start]
            ):
                break
            run.append(span)
        run.reverse()
        if len(run) != len(group) or any(len(lined) == len(group) for lined in self._dataset_lists()):
            return None
        return [span.thing for span in run]

    def _subject(self, value: Value) -> Thing | None:
        before = [s for s in self.subjects if s.end <= value.start]
        if value.start_of_rise:
            return self._raised(value, before)
        bracket = self._bracket(value)
        if bracket is not None:
            found = self._in_bracket(value, bracket, before)
            if found:
                return found
        for span in self.subjects:
            between = self.text[value.end : span.start] if span.start >= value.end else None
            if between is not None and _BY.match(between):
                return span.thing
            if span.end <= value.start and self.text[span.end : value.start] in ("'s ", "’s "):
                return span.thing
        if _VERSUS.search(self.text[max(self.begin, value.start - 40) : value.start]):
            return self._rival(before)
        return self._agent(before, value) or self.own

    def _in_bracket(self, value: Value, bracket: tuple[int, int], before: list[Span]) -> Thing | None:
        """The subject of a number in brackets: the name they follow, or each side of *50.5% vs. 47.3%*."""
        touching = [s for s in before if s.end <= bracket[0] and not self.text[s.end : bracket[0]].strip(" '’s")]
        lead = self.text[bracket[0] : value.start]
        if _VS.search(lead):
            if touching and touching[-1].thing is not self.own:
                return touching[-1].thing
            return self._rival(before)
        if touching and not _VS.search(self.text[value.end : bracket[1]]):
            return touching[-1].thing
        if touching:
            return self._agent(before, value) if touching[-1].thing is self.own else self.own
        inside = [s for s in self.subjects if bracket[0] < s.start < bracket[1]]
        if inside:
            return min(inside, key=lambda s: min(abs(s.start - value.end), abs(value.start - s.end))).thing
        return None

    def _raised(self, value: Value, before: list[Span]) -> Thing | None:
        """What rose from a number: the base named right before (*boosts B from 48.3%*), never our own."""
        for span in reversed(before):
            if span.thing is not self.own and re.match(
                r"^(?:'s)?\s(?:[\w@-]+\s){0,2}from\s$", self.text[span.end : value.start]
            ):
                return span.thing
        return None

    def _rival(self, before: list[Span]) -> Thing | None:
        """The last system before that is not the paper's own."""
        rivals = [s for s in before if s.thing is not self.own and s.thing.role != "introduces"]
        return rivals[-1].thing if rivals else None

    def _agent(self, before: list[Span], value: Value) -> Thing | None:
        """Who reaches a number: the last name with such a verb behind it, else our own, else the last name."""
        agents = [
            span for span in before if not _OBJECT.search(self.text[max(self.begin, span.start - 45) : span.start])
        ]
        agents = [
            s for s in agents if s.thing.role == "introduces" or any(c.isupper() or c.isdigit() for c in s.thing.name)
        ]
        for span in reversed(agents):
            if _REACHES.match(self.text[span.end : value.start]):
                return span.thing
        if self.own and (_OURS.search(self.text[self.begin : value.start]) or any(s.thing is self.own for s in agents)):
            return self.own
        return agents[-1].thing if agents else None

    def _bracket(self, value: Value) -> tuple[int, int] | None:
        """The brackets around a number, if any."""
        opening = max(self.text.rfind("(", self.begin, value.start), self.text.rfind("[", self.begin, value.start))
        if opening < 0 or self.text.find(")", opening, value.start) >= 0:
            return None
        closing = self.text.find(")", value.end, self.end)
        return (opening, closing if closing >= 0 else self.end)
