"""Outcomes: how the paper's own system fares against each rival, from the wording of the comparison.

``better``: the paper's system wins; ``worse``: it loses; ``on_par``: neither. Without a comparison, none.
"""

from __future__ import annotations

import re

from kg.extract.mention import Document, Mention, Thing, component

_BETTER = (
    r"outperform|surpass|exceed|beat|better|superior|improv|faster|higher|lower|fewer|less|more\b|reduc|gains?"
    r"|advantage|over\b|than\b|win|overtak|advanc"
    r"|unlike|limit|fail|struggl|lag|however|beyond|versus|vs|instead of|suffer|overcom|without|increas|speedup"
    r"|drop-in|cheaper|dominat|strongest|best"
)
_PAR = (
    r"on[\s-]par|comparabl|competitive|clos(?:e|es|ing)\sthe\sgap|match(?:es|ing|ed)?\b|rival(?:s|ing|ed)?\b"
    r"|similar\s(?:to|performance|accuracy|quality)|parity|equivalent|close\sto"
    r"|approaching\b|equal(?:s|ly\s(?:well|good))|as\sgood\sas|nearly\b|nearing|\bties\b|indistinguish"
    r"|competes?\swith|within\s\d"
)
_WORSE = (
    r"underperform|worse\sthan|behind\b|inferior|falls?\sshort"
    r"|trail(?:s|ing)|lags?\sbehind|below\s(?:that\sof\s)?(?!\d)|lose"
)
_CUE = re.compile(rf"\b(?:(?P<worse>{_WORSE})|(?P<on_par>{_PAR})|(?P<better>{_BETTER}))", re.IGNORECASE)
_STRONG = re.compile(r"outperform|surpass|exceed|beat|better|superior|faster|improv", re.IGNORECASE)
# *matches or outperforms X*, *comparable, if not superior, to X*: neither is claimed to win.
_EITHER = re.compile(
    r"\b(?:match|rival|comparabl|competitive|on\spar)\w*,?\s(?:(?:with|to)\s)?(?:or|and|if\snot)\s(?:even\s|often\s)?"
    r"(?:outperform|surpass|exceed|superior|better)[^.;]*$"
    r"|\b(?:outperform|surpass|exceed)\w*\sor\s(?:match|rival)\w*[^.;]*$",
    re.IGNORECASE,
)
_THAN = re.compile(r"\b(?:\w+er|more|less)\s(?:[\w-]+\s){0,6}?than\s(?:[\w.+-]+,?\s){0,5}$", re.IGNORECASE)

# No sentence a person wrote is longer, and time stays linear where there are none.
_FARTHEST = 1000


@component("outcomes")
def read_outcomes(document: Document) -> None:
    """Give an outcome to every rival, and to every base of the work that a sentence compares it with."""
    for thing in document.things:
        if thing.type in ("Method", "Model") and thing.role in ("compares_with", "uses"):
            thing.outcome = _head(thing) or _words(document, thing)


def _head(thing: Thing) -> str | None:
    """The outcome a head is sure of."""
    if not thing.outcome_scores:
        return None
    best = max(thing.outcome_scores, key=lambda name: thing.outcome_scores[name])
    return best if thing.outcome_scores[best] >= 0.5 and best != "none" else None


def _words(document: Document, thing: Thing) -> str | None:
    found = [outcome for mention in thing.mentions if (outcome := _of_mention(document, thing, mention))]
    strong = [outcome for outcome, sure in found if sure]
    if strong:
        return strong[-1]
    if thing.role == "compares_with":
        return found[-1][0] if found else "better"
    return None


def _of_mention(document: Document, thing: Thing, mention: Mention) -> tuple[str, bool] | None:
    """The outcome by the nearest cue before a mention in its sentence, else behind it; whether it is a strong one."""
    begin, end = document.sentence(mention.start)
    begin, end = max(begin, mention.start - _FARTHEST), min(end, mention.end + _FARTHEST)
    before = document.text[begin : mention.start]
    if _EITHER.search(before):
        return "on_par", True
    if _THAN.search(before):
        return "better", True
    cues = list(_CUE.finditer(before))
    if cues:
        strong = [cue for cue in cues if cue["worse"] or cue["on_par"] or _STRONG.match(cue.group())]
        cue = strong[-1] if strong else cues[-1]
        return _named(cue), bool(strong)
    cue_after = _CUE.search(document.text, mention.end, end)
    if cue_after:
        return _named(cue_after), False
    return None


def _named(cue: re.Match[str]) -> str:
    return next(name for name in ("worse", "on_par", "better") if cue[name])
