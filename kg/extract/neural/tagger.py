"""The spaCy component ``neural_tagger``: proposes the names the network finds and keeps its vectors for the heads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.mention import Mention, of
from kg.extract.neural.decoding import Stretch, decode
from kg.extract.neural.network import network

EXTRACTOR = "neural"
_SURE = 0.6
# What a bolder reading adds is unlikely each, but `kg.extract.standing` weighs more than the tagger's score.
_BOLDNESS = 2.0


class NeuralTagger:
    """Runs the released network over each document."""

    def __call__(self, doc: Doc) -> Doc:
        """Propose the names of one document."""
        document = of(doc)
        reading = network().read(document.text, document.body)
        document.state[EXTRACTOR] = reading
        found = decode(reading, document.text, _BOLDNESS)
        for one in (*found, *echoes(document.text, found)):
            words = document.text[one.start : one.end]
            document.mentions.append(
                Mention(one.start, one.end, words, one.type, one.score, EXTRACTOR, dict(one.scores))
            )
        return doc

    def pipe(self, docs: Iterable[Doc], batch_size: int = 32) -> Iterator[Doc]:
        """Documents one by one: on a CPU a batch gains nothing over a text of some hundred pieces."""
        return map(self, docs)


def echoes(text: str, found: list[Stretch]) -> Iterator[Stretch]:
    """Where a name the network found stands elsewhere, unseen by it: what is a name once is a name throughout.

    >>> again = echoes("Foo2 and Foo2, food", [Stretch(0, 4, "Method", 0.9, {"Method": 0.9})])
    >>> [(one.start, one.end) for one in again]
    [(9, 13)]
    """
    taken = bytearray(len(text))
    for one in found:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    best: dict[str, Stretch] = {}
    for one in found:
        name = text[one.start : one.end]
        if one.score >= _SURE and len(name) > 2 and (name not in best or best[name].score < one.score):
            best[name] = one
    for name in sorted(best, key=lambda name: (-len(name), name)):
        for start in _places(text, name):
            end = start + len(name)
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * len(name)
                yield best[name]._replace(start=start, end=end)


def _places(text: str, name: str) -> Iterator[int]:
    """Where a name stands in a text with no letter or digit at its sides."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        whole = not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum())
        if whole:
            yield at
        at = text.find(name, end if whole else at + 1)


@Language.factory("neural_tagger")
def create_tagger(nlp: Language, name: str) -> NeuralTagger:
    """The component, for spaCy."""
    return NeuralTagger()
