"""The spaCy pipeline: a blank English one with this package's tokenizer and the components of a profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module

import spacy
from spacy.language import Language

from kg.extract.mention import Document, document_text, of
from kg.extract.profiles import MODULES
from kg.extract.tokens import Tokenizer
from kg.model import Paper

BATCH = 32


def build(components: Sequence[str]) -> Language:
    """A pipeline with the named components, in order; their modules are imported so that they register."""
    nlp = spacy.blank("en")
    nlp.tokenizer = Tokenizer(nlp.vocab)
    nlp.max_length = 1 << 31
    for name in components:
        import_module(MODULES[name])
        nlp.add_pipe(name)
    return nlp


def run(nlp: Language, papers: Iterable[Paper]) -> Iterator[Document]:
    """Papers through the pipeline, in order, a batch at a time."""
    docs = (Document(paper, nlp.make_doc(document_text(paper))).doc for paper in papers)
    for doc in nlp.pipe(docs, batch_size=BATCH):
        document = of(doc)
        yield document
