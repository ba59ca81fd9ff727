"""What speaks for a thing makes it likelier; what is unlikely on the whole is left out with a reason."""

from functools import cache

from kg.extract import standing
from kg.extract.grouping import group
from kg.extract.mention import Document
from kg.extract.pipeline import build
from kg.model import Paper


@cache
def blank():
    return build(())


def document_of(score, *, lexicon=False):
    """A paper in which the tagger found one name, as surely as ``score``."""
    title, abstract = "Faster routing", "We compare with SparseGate on three tasks."
    document = Document(Paper("1", title, abstract), blank().make_doc(f"{title}\n\n{abstract}"))
    start = document.text.index("SparseGate")
    document.propose(start, start + len("SparseGate"), "Method", score, "neural")
    if lexicon:
        document.propose(start, start + len("SparseGate"), "Method", 0.75, "lexicon")
    group(document)
    return document


def likely(document):
    (thing,) = document.things
    return standing.probability(document, thing)


def test_the_surer_the_tagger_the_likelier_the_thing():
    assert likely(document_of(0.2)) < likely(document_of(0.6)) < likely(document_of(0.99))


def test_a_known_name_is_likelier():
    assert likely(document_of(0.6)) < likely(document_of(0.6, lexicon=True))


def test_a_sure_thing_stands_with_its_probability_as_score():
    document = document_of(0.99)
    standing.weigh(document)
    (thing,) = document.things
    assert standing.LEAST <= thing.score <= 1.0


def test_an_unlikely_thing_is_rejected_with_the_reason():
    document = document_of(0.02)
    standing.weigh(document)
    assert document.things == []
    assert [why for _, why in document.rejected if "unlikely" in why]
