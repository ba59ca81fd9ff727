"""The spaCy component ``neural_tagger``: proposes the names the network finds and keeps its vectors for the heads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.mention import Mention, of
from kg.extract.neural.decoding import decode
from kg.extract.neural.network import network

EXTRACTOR = "neural"


class NeuralTagger:
    """Runs the released network over each document."""

    def __call__(self, doc: Doc) -> Doc:
        """Propose the names of one document."""
        document = of(doc)
        reading = network().read(document.text, document.body)
        document.state[EXTRACTOR] = reading
        for found in decode(reading, document.text):
            words = document.text[found.start : found.end]
            document.mentions.append(
                Mention(found.start, found.end, words, found.type, found.score, EXTRACTOR, dict(found.scores))
            )
        return doc

    def pipe(self, docs: Iterable[Doc], batch_size: int = 32) -> Iterator[Doc]:
        """Documents one by one: on a CPU a batch gains nothing over a text of some hundred pieces."""
        return map(self, docs)


@Language.factory("neural_tagger")
def create_tagger(nlp: Language, name: str) -> NeuralTagger:
    """The component, for spaCy."""
    return NeuralTagger()
