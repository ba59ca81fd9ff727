"""Which mentions become one thing, and which do not."""

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.acronyms import pairs
from kg.extract.choice import choose
from kg.extract.grouping import group, join
from kg.extract.kinship import Hints, form
from kg.extract.mention import Document
from kg.extract.pipeline import build
from kg.model import Paper


def document_of(title, abstract=""):
    text = f"{title}\n\n{abstract}"
    return Document(Paper("1", title, abstract), blank().make_doc(text))


@cache
def blank():
    return build(())


def read(title, abstract, *names):
    """A document in which every occurrence of each ``(name, type)`` is proposed, grouped."""
    document = document_of(title, abstract)
    document.acronyms = pairs(document.text)
    for name, kind in names:
        at = document.text.find(name)
        while at >= 0:
            document.propose(at, at + len(name), kind, 1.0, "test")
            at = document.text.find(name, at + len(name))
    group(document)
    return document


def joined(texts, kind="Method", text=""):
    paired = frozenset((form(a.short).letters, form(a.long).letters) for a in pairs(text))
    return [[texts[number] for number in members] for members in join(texts, [kind] * len(texts), Hints(paired))]


@pytest.mark.parametrize(
    ("texts", "kind", "text"),
    [
        (["Sparse Gate Routing", "SGR", "SGRs"], "Method", "We study Sparse Gate Routing (SGR)."),
        (["chain-of-thought", "Chain of Thought"], "Method", ""),
        (["diffusion model", "diffusion models", "Diffusion Models"], "Method", ""),
        (["TabQA", "TabQA benchmark", "TabQA dataset"], "Dataset", ""),
        (["NVIDIA A100", "A100", "A100 GPUs"], "Hardware", ""),
    ],
)
def test_forms_of_one_thing_are_joined(texts, kind, text):
    assert joined(texts, kind, text) == [texts]


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["Llama-2", "Llama-2-7B", "Llama-2-70B"], "Model"),
        (["GPT-4o", "GPT-4o-mini"], "Model"),
        (["ScanNet", "ScanNet++"], "Dataset"),
        (["CIFAR-10", "CIFAR-100"], "Dataset"),
        (["FlashAttention-2", "FlashAttention-3"], "Method"),
        (["PPO", "GRPO", "DPO"], "Method"),
    ],
)
def test_versions_sizes_and_kin_stay_apart(texts, kind):
    assert joined(texts, kind) == [[text] for text in texts]


def test_a_thing_takes_the_expansion_as_its_name_and_the_acronym_as_alias():
    document = read(
        "SGR: routing made sparse",
        "Sparse Gate Routing (SGR) routes tokens. SGR is fast.",
        ("SGR", "Method"),
        ("Sparse Gate Routing", "Method"),
    )
    (thing,) = document.things
    assert thing.name == "Sparse Gate Routing"
    assert "SGR" in thing.forms()
    assert len(thing.mentions) == 4


def test_the_heavier_of_two_overlapping_mentions_stands_and_the_other_is_rejected_with_a_reason():
    document = document_of("Title", "We use Mamba training here.")
    start = document.text.index("Mamba")
    document.propose(start, start + 5, "Model", 0.9, "test")
    document.propose(start, start + len("Mamba training"), "Method", 0.4, "test")
    assert [mention.text for mention in choose(document)] == ["Mamba"]
    ((rejected, why),) = document.rejected
    assert rejected.text == "Mamba training"
    assert "overlaps" in why


def test_things_stand_in_the_order_of_their_first_mention():
    document = read("B before A", "A and B.", ("A", "Method"), ("B", "Model"))
    assert [thing.name for thing in document.things] == ["B", "A"]


@settings(deadline=None)
@given(st.lists(st.text(min_size=1, max_size=20), max_size=8, unique=True))
def test_joining_loses_and_doubles_no_form(texts):
    groups = join(texts, ["Method"] * len(texts), Hints())
    assert sorted(number for members in groups for number in members) == list(range(len(texts)))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10), st.floats(0.01, 1.0)), max_size=12))
def test_chosen_mentions_never_overlap(stretches):
    document = document_of("x" * 60)
    for start, length, score in stretches:
        document.propose(start, start + length, "Method", score, "test")
    chosen = choose(document)
    assert all(one.end <= two.start for one, two in pairwise(chosen))


@pytest.mark.parametrize(
    ("written", "kind", "name"),
    [
        ("TabQA generation benchmark", "Dataset", "TabQA"),
        ("ScanBench-2 validation set", "Dataset", "ScanBench-2"),
        ("Lost and Found", "Dataset", "Lost and Found"),
        ("Household chores", "Dataset", "Household chores"),
        ("GateNet routing", "Method", "GateNet routing"),
    ],
)
def test_a_dataset_is_called_without_what_describes_it(written, kind, name):
    (thing,) = read("A study", f"It was tried on {written}.", (written, kind)).things
    assert thing.name == name
    assert written in thing.forms()
