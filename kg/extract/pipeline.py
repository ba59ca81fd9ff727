"""The spaCy pipeline: a blank English one with this package's tokenizer and the components of a profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module

from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.mention import Document, document_text, of
from kg.extract.profiles import MODULES
from kg.extract.tokens import Tokenizer
from kg.model import Paper

BATCH = 32


def build(components: Sequence[str]) -> Language:
    """A pipeline with the named components, in order; their modules are imported so that they register.

    It is ``spacy.blank("en")`` with a tokenizer and a vocabulary of its own: English rules for cutting words are never
    built, and no word is looked at for attributes that no component reads (*is it a number, an address, a stop word*).
    """
    nlp = English(Vocab(), max_length=1 << 31, create_tokenizer=lambda nlp: Tokenizer(nlp.vocab))
    for name in components:
        import_module(MODULES[name])
        nlp.add_pipe(name)
    return nlp


def run(nlp: Language, papers: Iterable[Paper]) -> Iterator[Document]:
    """Papers through the pipeline, in order, a batch at a time."""
    return map(of, nlp.pipe((_carrier(nlp, paper) for paper in papers), batch_size=BATCH))


def _carrier(nlp: Language, paper: Paper) -> Doc:
    """The ``Doc`` of a paper with its `Document`; the one holds the other and not in turn, so both go when read."""
    doc = nlp.make_doc(document_text(paper))
    Document(paper, doc)
    return doc
