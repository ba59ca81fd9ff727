"""Proposals that can be no entity, whoever made them: addresses, bare sizes, sentence openers, generic classes."""

from __future__ import annotations

import re

from kg.extract.mention import Document, Mention, component

_ADDRESS = re.compile(r"://|www\.|\.(?:com|org|io|co|net|cn)/", re.IGNORECASE)
_SIZE = re.compile(
    r"~?\d[\d.,]*\s?-?(?:[KMBT]|billion|million)?\+?(?:[\s-]?(?:parameters?|params|models?|LLMs?|tokens?))?", re.I
)
_OPENERS = frozenset(
    """
    additionally accordingly alongside altogether based besides beyond building code codes collectively
    comprehensive concretely consequently conversely critically crucially currently despite empirically evaluated
    evaluations existing experiments extensive finally first firstly further furthermore given hence however
    importantly instead interestingly leveraging meanwhile models moreover motivated next notably nevertheless
    nonetheless overall particularly previous project recent recently remarkably results second secondly similarly
    since specifically surprisingly then therefore third thus to together traditional typically ultimately
    unexpectedly unlike using while with yet ours baseline baselines sota state-of-the-art
    """.split()  # noqa: SIM905
)
_GENERIC = frozenset(
    """
    llm llms vlm vlms mllm mllms lmm lmms lvlm lvlms lm lms plm plms slm slms model models ai gpus agi dataset
    datasets benchmark benchmarks method methods framework system algorithm task tasks data training inference
    fine-tuning finetuning pre-training pretraining large-language-model large-language-models nlp cv ml dl
    deep-learning machine-learning artificial-intelligence python java javascript c++ github arxiv code-llms
    language-model language-models foundation-model foundation-models neural-network neural-networks
    """.split()  # noqa: SIM905
)
# Kinds that a generic word may name: what the text measures or is about may be anything.
_OPEN = ("Task", "Metric", "Hardware")


@component("vetoes")
def veto(document: Document) -> None:
    """Move the proposals that can be no entity to the rejected ones."""
    standing = []
    devices = [m for m in document.mentions if m.extractor == "hardware" and m.cue]
    for mention in document.mentions:
        reason = _reason(mention) or _misread(mention, devices)
        if reason:
            document.reject(mention, reason)
        else:
            standing.append(mention)
    document.mentions = standing


def _reason(mention: Mention) -> str:
    """Why a mention can be no entity; empty when it can."""
    text = mention.text
    if _ADDRESS.search(text):
        return "an address"
    if _SIZE.fullmatch(text) and not mention.canonical:
        return "a size without a name"
    word = text.casefold()
    if word in _OPENERS:
        return "a word that opens a sentence"
    if mention.type not in _OPEN and word.replace(" ", "-") in _GENERIC:
        return "a generic class"
    if not any(c.isalnum() for c in text):
        return "no word"
    return ""


def _misread(mention: Mention, devices: list[Mention]) -> str:
    """Whether a tagger reads otherwise what the hardware grammar has read with its count and memory."""
    if mention.extractor == "hardware":
        return ""
    for device in devices:
        if mention.start < device.end and device.start < mention.end:
            inside = device.start <= mention.start and mention.end <= device.end
            if inside or mention.type == "Hardware":
                return "the hardware grammar reads it"
    return ""
