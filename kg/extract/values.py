"""Numbers in a sentence that can be results: no sizes, counts, years, multiples, bounds or improvements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_NUMBER = re.compile(
    r"(?<![\w.@:/$^_{-])(?P<sign>[+−]|(?<=\s)-)?(?:\$\s?)?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?"
    r"(?:\s?(?:±|\\pm|\$\\pm\$|\+/-)\s?\d+(?:\.\d+)?)?(?:\s?\$)?(?![A-Za-z\d])(?P<percent>\s?\\?%|\s?percent\b(?!age)|\s?\\\\%)?(?P<of>/\d+)?"
)
_AFTER_NO = re.compile(
    r"^\s?-?(?:[xX×](?![a-z])|\\times|\$\\times|times\b|-?fold|[BMKGT]B?\b(?!LEU)|[bk]\b|°|\^)"
    r"|^-(?!\s|-)(?!shot\b)|^\s(?:percentage\s)?(?:points?|pp\b|pts?\b|dB\b(?=\s(?:gain|improve|higher)))"
    r"|^\s(?:[\w-]+\s){0,3}?(?:improvements?|reductions?|decreases?|increases?|gains?|boosts?|drops?|speed-?ups?|savings?|degradation)\b"
    r"|^\s(?:[\w-]+\s)?ratios?\b|^\s(?:fewer|faster|slower|less|more\b|higher|lower|better|smaller|larger|relative|absolute|cheaper|shorter|longer"
    r"|of\s(?:the|all|its|original|training|total|full|our|these|cases|data|parameters|tokens|layers|samples|experts|users|participants|vanilla))"
    r"|^\s(?:[a-z-]+\s){0,2}(?:datasets?|benchmarks?|tasks?|models?|parameters|papers|samples|images|videos|examples|questions|problems|languages|hours?"
    r"|days?|weeks?|months?|years?|minutes?|seconds?|tokens?|steps?|layers?|experts?|categories|classes|domains|GPUs?|epochs?|iterations|participants|users"
    r"|annotators|types|scenarios|instances|pairs|prompts|queries|documents|agents|rounds|turns|frames(?!\sper)|views|episodes|runs|seeds|trials|subjects|patients"
    r"|environments|settings|dimensions|metrics|million|billion|thousand|trillion|hundred|tools|repositories|bits?|shots?|out\sof|of\s\d+|demonstrations"
    r"|conversations|dialogues|settings|LLMs|MLLMs|VLMs|methods|baselines|axes|key|stages|USD|cents)\b",
    re.IGNORECASE,
)
_BEFORE_NO = re.compile(
    # One boundary before all the words: tried before each of them it takes five times as long.
    r"(?:[<>≤≥#$]|\\leq?|\\geq?|\\lt|\\gt|\b(?:"
    r"by|by\s(?:up\sto|over|about|around|as\smuch\sas|approximately|roughly|nearly|an\saverage\sof|more\sthan|at\sleast)|gains?\sof(?:\sup\sto)?"
    r"|improv\w*(?:\s\w+)?\sof(?:\sup\sto)?|increas\w*\sof|reduc\w*\sof|drops?\sof|boosts?\sof|increase\sof(?:\sup\sto)?|absolute\s\w+\sof"
    r"|below|above|under|exceed\w*|surpass\w*|beyond|over|more\sthan|less\sthan|fewer\sthan|at\sleast|at\smost|greater\sthan|nearly\sall|within|beneath"
    r"|in|since|first|top|step|over\sthe|only|using(?:\sonly|\sjust)?|with\s(?:only|just)|margins?\sof"
    r"|Section|Table|Fig\w*\.?|v|version|savings?\sof|speedups?\sof|(?:vs|versus)\.?\s\+|degrad\w*\sof|gap\sof|to\swithin))[\s~*(]*$",
    re.IGNORECASE,
)
# The lower end of a rise (*improves accuracy from 50.0% to 58.0%*) belongs to something before the paper's system.
_START = re.compile(
    r"\b(?:improv|increas|boost|rais|rise|rose|lift|elevat|enhanc|push|grow)\w*\b[^.;]{0,50}\bfrom\s(?:an?\s\w+\sof\s)?$",
    re.IGNORECASE,
)
_METRIC = (
    r"accuracy|score|F1|AUC|AUROC|mAP|AP|IoU|mIoU|FID|BLEU|PSNR|SSIM|rate|success|pass|top|recall|precision|points\son"
)
_RESULT_METRIC = re.compile(rf"^\s?\\?%?\s?\(?(?:[\w@.-]+\s){{0,3}}?(?:{_METRIC})", re.I)
_SCORE_BEFORE = re.compile(r"(?:scor\w+|accuracy|FID|BLEU)(?:\sof)?\s$")
# Settings and changes that the words right before a number do not show by themselves.
_SETTING = re.compile(
    r"\b\w{1,2}\s?[={}]+\s?$|(?:alpha|beta|lambda|gamma|temperature|threshold)\s?(?:=|of)\s?$|\b(?:Apache|License|Python|CUDA|[Ll]evel|[Ss]tage|[Pp]hase"
    r"|[Tt]ask|[Aa]t\sIoU)[\s-]$|\b(?:reduction|improvement|gain|increase|decrease|drop|boost|speedup|saving)s?\b[^.;,()\d]{0,40}$",
)


_LISTED = re.compile(r"^\s?(?:,\s?(?:and\s)?|and\s|/\s?|&\s|or\s)?$")


class Value(NamedTuple):
    """A number: where it stands, its value, its unit, if something rose from it, and if it can well be a result."""

    start: int
    end: int
    value: float
    unit: str | None
    start_of_rise: bool
    accepted: bool = True


def values(text: str, begin: int, end: int) -> list[Value]:
    """The candidate numbers of ``text[begin:end]``.

    >>> [v.value for v in values("It gets 84.2 on A and 61% on B, up by 3.5%, with 7B.", 0, 52)]
    [84.2, 61.0]
    """
    return [value for value in numbers(text, begin, end) if value.accepted]


def numbers(text: str, begin: int, end: int) -> list[Value]:
    """All numbers of ``text[begin:end]`` but years and long marks, the candidate ones ``accepted``.

    >>> [(v.value, v.accepted) for v in numbers("It gets 84.2, up by 3.5%", 0, 24)]
    [(84.2, True), (3.5, False)]
    """
    matches = list(_NUMBER.finditer(text, begin, end))
    found = []
    for run in runs(text, [match.span() for match in matches]):
        group = matches[run]
        changed = _is_change(text, group, begin, end)
        found += [value for match in group if (value := _value(text, match, begin, end, changed)) is not None]
    return found


def listed(text: str, found: Sequence[Value]) -> list[Sequence[Value]]:
    """The numbers in their lists (*73.1%, 58.7% and 60.2%*), one by itself being a list too."""
    return [found[run] for run in runs(text, [(value.start, value.end) for value in found])]


def runs(text: str, places: Sequence[tuple[int, int]]) -> list[slice]:
    """Which of the places, given in order, stand in one list, with no more than a comma or *and* between them.

    >>> runs("1, 2 and 3 but 4", [(0, 1), (3, 4), (9, 10), (15, 16)])
    [slice(0, 3, None), slice(3, 4, None)]
    """
    firsts = [at for at, (start, _) in enumerate(places) if not (at and _LISTED.match(text[places[at - 1][1] : start]))]
    return [slice(first, last) for first, last in pairwise([*firsts, len(places)])]


def _is_change(text: str, group: list[re.Match[str]], begin: int, end: int) -> bool:
    """Whether a list of numbers says by how much something changed, or bounds or counts something."""
    before = text[max(begin, group[0].start() - 40) : group[0].start()]
    after = text[group[-1].end() : min(end, group[-1].end() + 60)]
    return bool(
        any(match["sign"] for match in group)
        or _BEFORE_NO.search(before)
        or (len(group) > 1 and _AFTER_NO.match(after))
    )


def _value(text: str, match: re.Match[str], begin: int, end: int, changed: bool) -> Value | None:
    digits, decimals, percent = match["digits"], match["decimals"] or "", match["percent"]
    if not percent and not decimals and _is_year_or_mark(digits):
        return None
    rising = _START.search(text[max(begin, match.start() - 60) : match.start()]) is not None
    accepted = not changed and not match["sign"] and _can_be(text, match, begin, end)
    number = float(digits.replace(",", "") + decimals)
    return Value(match.start(), match.end(), number, "%" if percent else None, rising, accepted)


def _can_be(text: str, match: re.Match[str], begin: int, end: int) -> bool:
    """Whether the words around a number let it be a result."""
    after = text[match.end() : min(end, match.end() + 60)]
    before = text[max(begin, match.start() - 30) : match.start()]
    if _AFTER_NO.match(after):
        return False
    sure = bool(match["percent"] or match["decimals"])
    return sure or bool(_RESULT_METRIC.match(after) or _SCORE_BEFORE.search(before))


def _is_year_or_mark(digits: str) -> bool:
    return (len(digits) == 4 and digits.startswith(("19", "20"))) or len(digits) > 6
