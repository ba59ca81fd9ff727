"""Sizes listed in one breath for a named family: *7B and 70B Falcon*, *Falcon (7B/70B)*, *7B, 40B variants of Falcon*.

Each size is a model of its own (annotation guidelines, *Coordinations are split*), called by the family's name and the
size; the fragment as written is its mention. A list that names no family (*available in 0.5B and 8B*) is the paper's
own model's, where the words around it speak of sizes or variants.
"""

from __future__ import annotations

import re

from kg.extract.mention import Document, component

EXTRACTOR = "sizes"
_SURE = 0.9
_SIZE = r"\d{1,4}(?:\.\d{1,3})?\s?[BM](?:-A\d{1,3}(?:\.\d)?B)?(?![\w-])"
_SIZES = re.compile(rf"(?<![\w.$-]){_SIZE}(?:(?:\s?,\s?(?:and\s|or\s)?|\s?/\s?|\s(?:and|or|&)\s){_SIZE}){{1,8}}")
_NO_SIZES = re.compile(r"[-\s](?:tokens?|samples|images|pairs|examples|documents|frames|videos|users|rows)\b")
_SPEAKS_OF_SIZES = re.compile(
    r"\b(?:model sizes|sizes|scales|variants|versions|spectrum|open weights|checkpoints)\b[^.;]{0,40}$", re.IGNORECASE
)
_SIZES_FOLLOW = re.compile(r"^(?:[-\s]parameters?)?\s(?:sizes|scales|variants|versions|parameters, our)\b")
_ONE = re.compile(_SIZE)
_FAMILY = r"[A-Z][\w.]{1,30}(?:-[A-Za-z\d.]{1,20}){0,3}(?:\s\d(?:\.\d)?)?"
_BEHIND = re.compile(
    rf"^(?:-|\s)?(?:parameters?\s)?(?:sizes|variants|versions|models|checkpoints|scales)\s(?:of|from)\s(?:the\s|our\s)?(?P<family>{_FAMILY})"
    rf"|^(?:-parameter)?\s(?P<next>{_FAMILY})(?:\s(?:models|variants|series|family))?"
)
_KINDRED = r"(?:models?|series|family|variants)"
_BEFORE = re.compile(
    rf"(?P<family>{_FAMILY})(?:"
    rf",\s(?:an?|our|the)\s(?:[\w-]+\s){{0,3}}(?:family|series|suite|set|collection)\s[^.;:()]{{0,80}}\s(?:with|at|in|of)\s"
    rf"|(?:\s{_KINDRED})?(?:\s?[(\[]|\s|-|\s(?:with|at|in|of)\s|,\s(?:with|at|in)\s))$"
)
_PLAIN = frozenset(
    """
    With At In Of The And Both We Our For On Using From Across Models Model Large Small Experiments SOTA
    LLM LLMs VLM VLMs
    """.split()  # noqa: SIM905
)


@component("sizes")
def find_sizes(document: Document) -> None:
    """Propose a model for every size of such a list."""
    for found in _SIZES.finditer(document.text):
        if _NO_SIZES.match(document.text, found.end()):
            continue
        family = _family(document.text, found.start(), found.end()) or _own(document, found.start(), found.end())
        if family is None:
            continue
        for size in _ONE.finditer(found.group()):
            start, end = found.start() + size.start(), found.start() + size.end()
            name = f"{family}-{size.group().replace(' ', '')}"
            mention = document.propose(start, end, "Model", _SURE, EXTRACTOR, canonical=name)
            mention.facts["coordinated"] = 1.0


def _family(text: str, start: int, end: int) -> str | None:
    """The family that a list of sizes belongs to: named right behind it or right before.

    >>> text = "We train 2B, 8B and 32B variants of Heron."
    >>> _family(text, 9, 23)
    'Heron'
    """
    behind = _BEHIND.match(text[end : end + 90])
    before = _BEFORE.search(text[max(0, start - 140) : start])
    for name in (before and before["family"], behind and (behind["family"] or behind["next"])):
        if name and name.split()[0] not in _PLAIN and not _ONE.fullmatch(name):
            return name.rstrip(".")
    return None


def _own(document: Document, start: int, end: int) -> str | None:
    """The paper's own model family, if the words around the list speak of its sizes."""
    text = document.text
    if not (_SPEAKS_OF_SIZES.search(text[max(0, start - 80) : start]) or _SIZES_FOLLOW.match(text[end : end + 40])):
        return None
    for mention in sorted(document.mentions, key=lambda mention: mention.start):
        name = mention.text
        models = re.search(rf"{re.escape(name)}(?:\s[\w-]+)?\s(?:models?|family|series)\b", text)
        if mention.cue == "introduces" and " " not in name and (mention.type == "Model" or models):
            return name
    return None
