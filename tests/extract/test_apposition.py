"""How the text sets two names side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.apposition import appositions


def beside(text, *names):
    return appositions(text, [(text.index(name), text.index(name) + len(name), name) for name in names])


@pytest.mark.parametrize(
    ("text", "first", "second", "relation"),
    [
        ("We add Adaptive Pruning (AdaPrune) to it.", "Adaptive Pruning", "AdaPrune", "bracket"),
        ("The Hedge Routing method (HR-Net) wins.", "Hedge Routing", "HR-Net", "bracket after words"),
        ("MossNet: A Mossy Network", "MossNet", "Mossy Network", "colon"),
        ("We train it by layer skipping, termed LaSkip, at once.", "layer skipping", "LaSkip", "called"),
        ("We study Pebble, a new sparse attention kernel.", "Pebble", "sparse attention", "apposition"),
        ("Fernformer is a Transformer", "Fernformer", "Transformer", "is"),
    ],
)
def test_names_side_by_side_are_told_with_how(text, first, second, relation):
    assert beside(text, first, second) == {(first, second): relation}


@pytest.mark.parametrize(
    "text",
    [
        "LoRA and QLoRA are used",
        "LoRA was tried.\nQLoRA (was not)",
        "LoRA first, and after much else we turn to QLoRA",
    ],
)
def test_names_that_only_stand_in_one_text_are_not_side_by_side(text):
    assert beside(text, "LoRA", "QLoRA") == {}


def test_a_colon_counts_after_the_first_name_of_the_title_only():
    assert beside("We use two: MossNet: Mossy Network", "MossNet", "Mossy Network") == {}


@given(st.text(max_size=120), st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=6))
def test_any_text_is_read_without_fault(text, places):
    names = [(min(pair), max(pair), str(number)) for number, pair in enumerate(places)]
    for (one, other), relation in appositions(text, names).items():
        assert one != other
        assert relation
