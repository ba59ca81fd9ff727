"""What the text itself says a name is: *Name, a benchmark for …*, *Name is the first optimiser …*, *the Name dataset*.

Such a statement is right in 97 cases of a hundred annotated ones, more often than the tagger where they disagree, so it
settles the type. The noun that counts is the last of its phrase: *a benchmark generation framework* is a framework.
"""

from __future__ import annotations

import re

from kg.extract.mention import Document, component

STATE = "kinds"
_HEADS = {
    word: kind
    for kind, words in {
        "Dataset": "dataset datasets benchmark benchmarks corpus corpora testbed leaderboard testset gym",
        "Model": "model models llm llms vlm vlms mllm mllms lmm lmms vla vlas checkpoint reasoner encoder",
        "Metric": "metric metrics",
        "Hardware": "accelerator accelerators chip chips processor processors soc",
        "Method": "framework frameworks method methods algorithm algorithms approach approaches technique techniques"
        " pipeline strategy library toolkit toolbox paradigm mechanism module loss optimizer optimiser scheme engine"
        " recipe protocol package kernel tokenizer objective compiler scheduler plugin plug-in layer solver sampler"
        " agent system policy",
    }.items()
    for word in words.split()
}
_FOLLOWING = {
    word: kind
    for kind, words in {
        "Dataset": "dataset datasets benchmark benchmarks corpus",
        "Method": "algorithm algorithms method framework optimizer optimiser library toolkit",
    }.items()
    for word in words.split()
}
_END = (
    r"(?=\s(?:for|For|of|that|which|to|with|in|on|by|from|and|designed|based|built|trained|consisting|comprising|containing"
    r"|capable|covering|spanning|tailored|aimed|where|whose|using|through|via|as|at|over|under|we|is|are|specifically"
    r"|specialized|featuring|optimized|across|including|derived|curated|dedicated|composed|leveraging|can|has|adapted"
    r"|without|towards?|while)\b|[.,;:()\[\]]|\s?[-–—]{1,2}\s|$)"
)
_APPOSED = re.compile(
    r"(?:\s?\([^()]{2,80}\))?(?:,(?:\swhich\sis)?|\s?[-–—]{1,3}|:|\sis|\sas)\s(?:[Aa]n?|the\sfirst|our|[Tt]he|one\sof\sthe)\s"
    rf"(?P<phrase>[\w+/'’.-]{{1,40}}(?:\s[\w+/'’-]{{1,40}}){{0,9}}?){_END}"
)
_NEXT = re.compile(r"\s(?:[a-z-]{3,20}\s)?(?P<word>[a-z]{4,12})(?![\w-])")


@component("kinds")
def find_kinds(document: Document) -> None:
    """Keep for `kg.extract.grouping` which type the text states of the names proposed."""
    kinds: dict[str, str] = {}
    for mention in document.mentions:
        name = mention.text
        if name not in kinds and not name.islower():
            kind = stated(document.text, mention.end)
            if kind:
                kinds[name] = kind
    document.state[STATE] = kinds


def stated(text: str, end: int) -> str | None:
    """The type that the words behind ``text[:end]`` state of the name that ends there.

    >>> stated("Heron, a Minecraft-based benchmark for agents", 5)
    'Dataset'
    >>> stated("Heron is a benchmark generation framework", 5)
    'Method'
    >>> stated("the Heron dataset", 9), stated("Heron, a new day", 5)
    ('Dataset', None)
    """
    apposed = _APPOSED.match(text, end)
    if apposed:
        return _HEADS.get(apposed["phrase"].rsplit(" ", 1)[-1].lower().rstrip("."))
    following = _NEXT.match(text, end)
    return _FOLLOWING.get(following["word"]) if following else None
