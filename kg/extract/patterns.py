"""Naming patterns: places where a paper says what its own thing is called, and what kind of thing it is.

The title's head (``Name: …``), *we introduce Name*, *called Name*, *Name, a framework for …*, *Name is a benchmark …*.
What they find is proposed with the cue ``introduces`` where the wording says the paper's own. Coordinations with a
shared part (*CIFAR-10/100*, *125M and 350M MobileLLM*, *2B, 8B and 32B variants of X*) give one mention a member.
"""

from __future__ import annotations

import re

from kg.extract.mention import Document, Mention, component

# Every repetition is bounded, so that no text, however odd, takes more than linear time.
_WORD = (
    r"(?:[A-Z][\w+*^]{0,40}(?:[-.@][\w+*]{1,40}){0,6}|[a-z\d]{1,20}[A-Z][\w+*]{0,40}(?:-[\w+*]{1,40}){0,6}"
    r"|[a-zα-ω]{1,20}-[A-Z\d][\w+*]{0,40}(?:-[\w+*]{1,40}){0,6})"
)
_JOIN = r"(?:of|for|and|with|in|the|via|to|by|from|on|as)"
NAME = rf"(?<![\w-]){_WORD}(?:\s(?:{_JOIN}\s(?:the\s)?)?(?:{_WORD}|\d[\w.]{{0,12}}(?=\s|[,.;:)]))){{0,8}}"
_ADJECTIVES = r"(?:[a-z][\w-]{0,30}(?:\s|,\s)){0,6}?"
_KINDS = {
    "Dataset": r"data\s?sets?|benchmarks?|corpus|corpora|test\s?suites?|testbeds?|leaderboards?|simulators?"
    r"|environments?|suite|gym"
    r"|challenge|collections?|arena|testset|test set|question[- ]answering set",
    "Model": r"models?|LLMs?|VLMs?|MLLMs?|LMMs?|VLAs?|family|series|foundation models?|language models?"
    r"|generalist|embeddings?|encoder"
    r"|vision-language models?|checkpoints?|reasoner",
    "Metric": r"metrics?|score|measure",
    "Hardware": r"accelerators?|chips?|processors?|SoC",
    "Method": r"frameworks?|methods?|algorithms?|approach(?:es)?|systems?|techniques?|architectures?|pipelines?"
    r"|strateg(?:y|ies)|library"
    r"|toolkit|platform|paradigm|mechanisms?|modules?|networks?|loss(?:es)?|optimi[sz]ers?|schemes?|procedure"
    r"|solution|agents?|engine|recipe"
    r"|protocols?|tools?|packages?|extension|variants?|estimators?|kernels?|tokenizers?|objectives?|compilers?"
    r"|policy|procedures?|scheduler"
    r"|decoders?|codec|adapters?|plug-?in|layers?|interfaces?|workflow|formulation|representations?|transformer"
    r"|autoencoder|regularizer",
}
_KIND = "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items())
_PLAIN_KIND = "|".join(_KINDS.values())
_VERB = (
    r"(?:introduc(?:e|es|ed|ing)|propos(?:e|es|ed|ing)|present(?:s|ed|ing)?|develop(?:s|ed|ing)?|releas(?:e|es|ed"
    r"|ing)|describ(?:e|es)"
    r"|construct(?:s|ed|ing)?|curat(?:e|es|ed|ing)|design(?:s|ed|ing)?|creat(?:e|es|ed|ing)|buil[dt]s?"
    r"|open-sourc(?:e|es|ed|ing)|unveil(?:s|ed)?"
    r"|announc(?:e|es|ed)|contribut(?:e|es|ed)|offer(?:s|ed)?|devis(?:e|es|ed)|formulat(?:e|es|ed)|collect(?:s"
    r"|ed)?|establish(?:es|ed)?|train(?:ed)?)"
)
_OWN = re.compile(
    rf"(?:\b[Ww]e\b|\b[Ww]ork\b|\b[Pp]aper\b|\b[Ss]tudy\b|\b[Rr]eport\b|\b[Aa]rticle\b"
    rf"|\b[Bb]y\b)[^.;:]{{0,60}}?\b{_VERB}\s(?:(?:the|our|a|an|novel|new|both)\s)*"
    rf"(?:{_ADJECTIVES}(?:{_PLAIN_KIND})\s(?:(?:--?|–|—|:)\s|called\s|named\s|,\s)?(?:the\s)?)?(?P<name>{NAME})"
)
_CALLED = re.compile(
    rf"\b(?:called|named|termed|dubbed|coined|titled|namely|denoted(?:\sas)?|referred\sto\sas|christened"
    rf"|we\s(?:call|name|term|dub)(?:\s\w+){{0,3}})"
    rf"\s(?:the\s)?[\"“'‘]?(?P<name>{NAME})"
)
_APPOSED = re.compile(
    rf"(?P<name>{NAME})(?P<bracket>\s?\([^()]{{2,80}}\))?,?\s?(?:,|--|—|–|:|\bis|\bas|,\swhich\sis)\s(?:an?"
    rf"|the\sfirst|our|the)\s{_ADJECTIVES}(?:{_KIND})\b"
)
_HEAD = re.compile(r"(?P<name>[^:]{2,50}?)\s?:\s")
_SLASHED = re.compile(
    r"(?<![\w-])(?P<stem>[A-Z](?:[\w-]{0,30}[A-Za-z])?[-\s]?|[A-Z][\w.-]{0,30}(?:\s\d(?:\.\d)?)?[-\s](?=\d[\d.]{0,5}[BMbm]?/))"
    r"(?P<first>v?\d{1,6}(?:\.\d{1,4})?[BMKbm]?)"
    r"(?P<rest>(?:/v?\d{1,6}(?:\.\d{1,4})?[BMKkbm]?){1,8})(?P<tail>-[A-Z][a-z]{1,20}(?:-[A-Z][a-z]{1,20})?)?(?![\w/])"
)
# What every such coordination has, and few texts: far cheaper to look for.
_SLASH = re.compile(r"\d[BMKbm]?/v?\d")
# So sure is it that sizes behind one name are models: surer together than any one name over them all.
_SIZES = re.compile(r"v?\d[\d.]*[BMbm]$")
_CUT = re.compile(r"^(?:The|A|An|Our|This|These|In|We|To|For|On|With|By|As|At|And|Its|Their|Such|Both)\s")
_STOP = frozenset(
    """
    the a an our this these in we to for on with by as at and its their such both it they however moreover
    specifically while when where extensive experiments results code project page first second third finally
    additionally furthermore notably unlike towards toward large language models model new novel i
    """.split()  # noqa: SIM905
)
EXTRACTOR = "patterns"


@component("patterns")
def find_named(document: Document) -> None:
    """Propose what the naming patterns find."""
    text = document.text
    kinds = _apposed(document)
    _title_head(document, kinds)
    for found in _OWN.finditer(text, document.body):
        _own(document, found.start("name"), found.end("name"), "own", kinds, "introduces")
    for found in _CALLED.finditer(text, document.body):
        _own(document, found.start("name"), found.end("name"), "called", kinds, "introduces")
    for found in _SLASHED.finditer(text) if _SLASH.search(text) else ():
        _split(document, found)


def _apposed(document: Document) -> dict[str, str]:
    """Names that the text explains by a kind (*Name, a benchmark*): name → type; a mention for each."""
    kinds: dict[str, str] = {}
    for found in _APPOSED.finditer(document.text, document.body):
        kind = next(kind for kind in _KINDS if found[kind])
        bounds = _trim(document.text, found.start("name"), found.end("name"))
        if bounds and not _opens(document, *bounds):
            kinds.setdefault(document.text[slice(*bounds)], kind)
            document.propose(*bounds, kind, 0.6, f"{EXTRACTOR}:apposed")
    return kinds


def _opens(document: Document, start: int, end: int) -> bool:
    """Whether a plain capitalised word opens a sentence (*Together, our …*)."""
    word = document.text[start:end]
    return " " not in word and not _is_coined(word) and any(start == begin for begin, _ in document.sentences)


def _title_head(document: Document, kinds: dict[str, str]) -> None:
    found = _HEAD.match(document.paper.title)
    if not found:
        return
    head = found["name"]
    bounds = _trim(document.text, found.start("name"), found.end("name"))
    if not bounds or bounds != (found.start("name"), found.end("name")):
        return
    words = head.split()
    coined = len(words) == 1 and (_is_coined(head) or document.text.count(head) > 1)
    if not coined and not (len(words) <= 4 and head in document.text[document.body :]):
        return
    kind = kinds.get(head) or _kind_of(document.paper.title[found.end() :])
    document.propose(*bounds, kind or "Method", 0.8 if kind else 0.5, f"{EXTRACTOR}:title", cue="introduces")


def _kind_of(rest: str) -> str | None:
    """The type a title's tail gives its head (*X: A Benchmark for …*)."""
    opening = re.match(
        rf"(?:An?|The|Towards\s)?\s?{_ADJECTIVES.replace('[a-z]', '[A-Za-z]')}(?:{_KIND})\b", rest, re.IGNORECASE
    )
    return next((kind for kind in _KINDS if opening and opening[kind]), None)


def _own(document: Document, start: int, end: int, how: str, kinds: dict[str, str], cue: str) -> Mention | None:
    bounds = _trim(document.text, start, end)
    if not bounds:
        return None
    name = document.text[slice(*bounds)]
    kind = kinds.get(name)
    if kind is None:
        before = re.search(
            rf"(?:{_KIND})(?:\s(?:is|are))?,?\s(?:\w+\s){{0,2}}$", document.text[max(0, start - 60) : start]
        )
        kind = next((k for k in _KINDS if before and before[k]), None)
    if kind is None:
        after = re.match(rf"(?:\s\([^()]*\))?,?\s(?:{_KIND})\b", document.text[bounds[1] : bounds[1] + 100])
        kind = next((k for k in _KINDS if after and after[k]), None)
    return document.propose(*bounds, kind or "Method", 0.7 if kind else 0.45, f"{EXTRACTOR}:{how}", cue=cue)


def _split(document: Document, found: re.Match[str]) -> None:
    """*CIFAR-10/100* → *CIFAR-10* (as written) and a mention of the rest standing for *CIFAR-100*."""
    stem = found["stem"]
    if len(stem.strip("- ")) < 2 or stem.strip("- ").lower() in {*_STOP, "top", "pass"}:
        return
    parts = found["rest"].split("/")[1:]
    over = [m for m in document.mentions if m.start <= found.start() < m.end]
    sizes = all(_SIZES.match(part) for part in parts)
    kind, score = ("Model", 0.9) if sizes else (max(over, key=lambda m: m.score).type if over else "Dataset", 0.55)
    tail = found["tail"] or ""
    first = document.propose(found.start(), found.end("first"), kind, score, f"{EXTRACTOR}:slash")
    if tail:
        first.canonical = first.text + tail
        first.facts["coordinated"] = 1.0
    start = found.start("rest")
    for number, part in enumerate(parts, start=1):
        start += 1
        end = found.end() if tail and number == len(parts) else start + len(part)
        canonical = f"{stem}{part}{tail}"
        mention = document.propose(start, end, kind, score, f"{EXTRACTOR}:slash", canonical=canonical)
        mention.facts["coordinated"] = 1.0
        start += len(part)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A name without leading articles and trailing function words; None when nothing like a name is left."""
    while found := _CUT.match(text[start:end]):
        start += found.end()
    name = text[start:end].rstrip(".,;:")
    while (last := name.rsplit(" ", 1)[-1].lower()) in _STOP and " " in name:
        name = name[: -len(last)].rstrip()
    if not name or name.lower() in _STOP or len(name) < 2 or len(name) > 80:
        return None
    if all(word.lower() in _STOP for word in name.split()):
        return None
    return start, start + len(name)


def _is_coined(word: str) -> bool:
    """Whether a single word looks made up: capitals or digits inside, or a hyphen between such parts."""
    return bool(re.search(r"[A-Z].*[A-Z]|\d|[a-z][A-Z]", word))
