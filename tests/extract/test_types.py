"""The type of a thing on second thought."""

from kg.extract import explain, types
from kg.extract.mention import Mention, Thing
from kg.extract.pipeline import build, run
from kg.extract.types import options, settle_types
from kg.model import Paper


def document_with(abstract, name, **scores):
    """A document in which a name stands with the tagger's scores for its types."""
    document = next(iter(run(build(("sentences",)), [Paper("1", "A title", abstract)])))
    kind = max(scores, key=scores.get)
    at = document.text.index(name)
    mention = Mention(at, at + len(name), name, kind, scores[kind], "neural", dict(scores))
    document.mentions.append(mention)
    document.things.append(Thing(name, kind, [mention], scores[kind], type_scores=dict(scores)))
    return document


def settled(abstract, name, **scores):
    document = document_with(abstract, name, **scores)
    settle_types(document)
    return document.things[0].type


def test_a_type_beyond_doubt_stays():
    assert settled("We use FernCache here.", "FernCache", Method=0.99) == "Method"


def test_a_clear_lead_stays():
    assert settled("We train with FernCache here.", "FernCache", Method=0.95, Model=0.04) == "Method"


def test_a_word_beside_a_name_that_speaks_for_a_type_tips_a_close_call(monkeypatch):
    text, scores = "Accuracy on FernBench rises.", {"Dataset": 0.48, "Method": 0.5}
    monkeypatch.setattr(types, "_weights", lambda: {"mean": 1.0})
    assert settled(text, "FernBench", **scores) == "Method"
    monkeypatch.setattr(types, "_weights", lambda: {"mean": 1.0, "before on Dataset": 0.5})
    document = document_with(text, "FernBench", **scores)
    settle_types(document)
    assert (document.things[0].type, document.things[0].type_by) == ("Dataset", "types")


def test_the_explanation_says_who_gave_the_type():
    paper = Paper("1", "FernCache: A Method", "We use FernCache with LoRA.")
    kept = [one for one in explain(paper).candidates if one.fate == "kept"]
    assert kept
    assert all(one.type_by for one in kept)


def test_only_types_somebody_scored_are_options():
    document = document_with("We use FernCache here.", "FernCache", Method=0.6, Model=0.38, Task=0.01)
    assert set(options(document, document.things[0])) == {"Method", "Model"}


def test_a_thing_without_doubt_has_one_option_and_nothing_to_weigh():
    document = document_with("We use FernCache here.", "FernCache", Method=0.99)
    assert options(document, document.things[0]) == {"Method": {}}
