"""Which numbers are read as results, of whom and on what."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.mention import Mention, Thing
from kg.extract.pipeline import build, run
from kg.extract.results import choices, find_results
from kg.model import Paper

TITLE = "MossNet: Reading Forests"


def read(abstract, title=TITLE, **things):
    """The results found when each name has a type and a role."""
    document = next(iter(run(build(("sentences",)), [Paper("1", title, abstract)])))
    for name, (kind, role) in things.items():
        spelt = name.replace("_", "-")
        starts = [at for at in range(len(document.text)) if document.text.startswith(spelt, at)]
        mentions = [Mention(at, at + len(spelt), spelt, kind, 1.0, "test") for at in starts]
        document.things.append(Thing(spelt, kind, mentions, 1.0, role=role))
    find_results(document)
    return document


def found(document):
    return {(one.subject.name, one.dataset.name, one.value) for one in document.results}


OWN = ("Model", "introduces")
RIVAL = ("Model", "compares_with")
DATA = ("Dataset", "evaluates_on")


def test_a_number_on_a_dataset_belongs_to_the_system_before_it():
    document = read("MossNet achieves 84.2% accuracy on FernQA.", MossNet=OWN, FernQA=DATA)
    assert found(document) == {("MossNet", "FernQA", 84.2)}
    assert document.results[0].unit == "%"
    assert document.results[0].metric == "accuracy"


def test_numbers_in_a_row_belong_to_the_datasets_in_a_row():
    document = read("MossNet achieves 71.5% and 63.4% on FernQA and OakBench.", MossNet=OWN, FernQA=DATA, OakBench=DATA)
    assert found(document) == {("MossNet", "FernQA", 71.5), ("MossNet", "OakBench", 63.4)}


def test_a_rival_has_its_own_number():
    text = "On FernQA, MossNet achieves 84.2% accuracy, compared to 79.1% for Heather."
    document = read(text, MossNet=OWN, Heather=RIVAL, FernQA=DATA)
    assert found(document) == {("MossNet", "FernQA", 84.2), ("Heather", "FernQA", 79.1)}


@pytest.mark.parametrize(
    "text",
    [
        "MossNet improves over Heather by 3.1% on FernQA.",
        "MossNet runs 2.5x faster than Heather on FernQA.",
        "MossNet has 7.5 billion parameters; we look at FernQA.",
        "FernQA holds 12,400 questions, which MossNet reads.",
    ],
)
def test_changes_sizes_and_counts_are_no_results(text):
    assert found(read(text, MossNet=OWN, Heather=RIVAL, FernQA=DATA)) == set()


def test_a_paper_without_a_dataset_has_no_results():
    assert found(read("MossNet achieves 84.2% accuracy.", MossNet=OWN)) == set()


def test_a_result_is_as_sure_as_it_was_judged():
    document = read("MossNet achieves 84.2% accuracy on FernQA.", MossNet=OWN, FernQA=DATA)
    assert 0.5 < document.results[0].score <= 1.0


@settings(max_examples=60)
@given(st.text(alphabet="MossNet FernQA 0123456789.%(),/", max_size=200))
def test_any_sentence_is_read_without_fault(text):
    document = read(f"MossNet on FernQA {text}", MossNet=OWN, FernQA=DATA)
    for choice in choices(document):
        chance, _, _ = choice.best()
        assert 0.0 <= chance <= 1.0
