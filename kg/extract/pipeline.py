"""The spaCy pipeline: a blank English one with this package's tokenizer and the components of a profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import islice

from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.mention import Document, document_text, of
from kg.extract.profiles import MODULES
from kg.extract.tokens import Tokenizer
from kg.model import Paper

BATCH = 16


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
    """Papers through the pipeline, in order, a batch at a time.

    Each component reads the whole batch before the next does, for what it works with then stays in the processor's
    cache: spaCy's own ``Language.pipe``, which takes paper after paper through all components, takes a sixth longer.
    """
    waiting = iter(papers)
    while docs := [_carrier(nlp, paper) for paper in islice(waiting, BATCH)]:
        for _, step in nlp.pipeline:
            docs = list(step.pipe(docs, batch_size=BATCH)) if hasattr(step, "pipe") else [step(doc) for doc in docs]
        yield from map(of, docs)


def _carrier(nlp: Language, paper: Paper) -> Doc:
    """The ``Doc`` of a paper with its `Document`; the one holds the other and not in turn, so both go when read."""
    doc = nlp.make_doc(document_text(paper))
    Document(paper, doc)
    return doc
