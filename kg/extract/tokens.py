"""Words of a paper: names such as ``Llama-2-7B``, ``A100-80GB``, ``pass@1`` and ``2:4`` stay whole.

A hyphenated tail that is no part of a name (``LoRA-based``, ``GPT-4-level``) is split off, so is a slash between
names (``PPO/GRPO``) but not one between numbers (``CIFAR-10/100``). Text is never changed: a ``Doc`` gives it back.
"""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Doc
from spacy.vocab import Vocab

WORDS = "kg.words"
_TOKEN = re.compile(
    r"""
    (
      (?:https?://|www\.)[^\s<>"'{}|^`]+?(?=[).,;:!?\]}]*(?:\s|$))
    | [^\W_]+
      (?: (?: [-‐‑–_@*] | [.](?=[a-z\d]) | ['’](?=[^\W\d_]) | (?<=\d)[:/](?=\d) | (?<=\d),(?=\d{3}\b) ) [^\W_]+ )*
      (?: \+{1,2} (?!\w) )?
    | \\[^\W\d_]+
    | [^\s]
    | \s+
    )
    ([ ]?)
    """,
    re.VERBOSE,
)
_TAIL = re.compile(
    r"^(.+?)(-)((?:based|style|like|level|powered|driven|guided|enhanced|augmented|trained|aware|inspired|specific|enabled"
    r"|generated|oriented|only|equipped|tuned|initialized|compatible|family|class|derived|optimized|conditioned"
    r"|free|agnostic|centric|friendly|assisted|aligned|sized|scale|accelerated)s?)$"
)
_KEEP = re.compile(
    r"^(?:fine|pre|post|instruction|self|large|small|web|multi|full|prompt|training|open|text|model|meta|internet|task|domain|ad)-",
    re.I,
)


class Tokenizer:
    """A spaCy tokenizer: text in, ``Doc`` out."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The words of ``text``.

        >>> [token.text for token in Tokenizer(Vocab())("LoRA-based Llama-2-7B at pass@1 (2:4).")]
        ['LoRA', '-', 'based', 'Llama-2-7B', 'at', 'pass@1', '(', '2:4', ')', '.']
        """
        words: list[str] = []
        spaces: list[bool] = []
        for piece, space in _TOKEN.findall(text):
            if "-" in piece and len(piece) > 5:
                parts = split_tail(piece)
                words += parts
                spaces += [False] * (len(parts) - 1)
            else:
                words.append(piece)
            spaces.append(space == " ")
        doc = Doc(self.vocab, words=words, spaces=spaces)
        doc.user_data[WORDS] = words, spaces
        return doc


@lru_cache(maxsize=50_000)
def split_tail(word: str) -> tuple[str, ...]:
    """A word and its hyphenated tail, when the tail belongs to no name.

    >>> split_tail("Mamba-based"), split_tail("fine-tuned"), split_tail("Llama-2-7B")
    (('Mamba', '-', 'based'), ('fine-tuned',), ('Llama-2-7B',))
    """
    if len(word) > 100 or _KEEP.match(word):
        return (word,)
    found = _TAIL.match(word)
    return found.groups() if found else (word,)
