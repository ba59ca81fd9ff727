"""Words, sentences and acronyms: the ground the components stand on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.vocab import Vocab

from kg.extract.acronyms import pairs
from kg.extract.sentences import split
from kg.extract.tokens import Tokenizer

CUT = Tokenizer(Vocab())


def words(text: str) -> list[str]:
    return [token.text for token in CUT(text)]


@pytest.mark.parametrize(
    "name", ["Llama-2-7B", "A100-80GB", "pass@1", "2:4", "Qwen2.5-VL", "C++", "CIFAR-10/100", "τ²-bench"]
)
def test_names_stay_whole(name: str) -> None:
    assert name in words(f"It runs {name}, as said.")


def test_a_tail_that_belongs_to_no_name_is_split_off() -> None:
    assert words("Mamba-based PPO/GRPO") == ["Mamba", "-", "based", "PPO", "/", "GRPO"]


@given(st.text())
@settings(max_examples=300)
def test_no_text_is_changed_by_cutting_it(text: str) -> None:
    doc = CUT(text)
    assert doc.text == text


@given(st.text(alphabet="ab AB.!?\n ()0", max_size=200))
def test_sentences_lie_in_order_and_miss_nothing_but_blanks(text: str) -> None:
    bounds = split(text)
    assert all(a < b for a, b in bounds)
    assert [b for _, b in bounds[:-1]] == sorted(b for _, b in bounds[:-1])
    kept = "".join(text[a:b] for a, b in bounds)
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    ["We test it, e.g. on cats.", "It gains 3.5 points.", "See Fig. 2 for more.", "It wins, 80.1 vs. 79.3 in all."],
)
def test_a_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert len(split(text)) == 1


def test_a_stop_glued_to_the_next_word_ends_a_sentence() -> None:
    text = "It beats the baseline.Code is here."
    assert [text[a:b] for a, b in split(text)] == ["It beats the baseline.", "Code is here."]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("the Sparse Routing Kernel (SRK) is", "SRK", "Sparse Routing Kernel"),
        ("graph recall networks (GRNs) are", "GRNs", "graph recall networks"),
        ("SRK (sparse routing kernel) is", "SRK", "sparse routing kernel"),
        ("SRK: Sparse Routing Kernels for All", "SRK", "Sparse Routing Kernels"),
    ],
)
def test_acronyms_are_paired_in_both_orders(text: str, short: str, long: str) -> None:
    assert (short, long) in [(pair.short, pair.long) for pair in pairs(text)]


def test_a_bracket_that_is_no_acronym_pairs_nothing() -> None:
    assert pairs("a large model (left) and our corpus (see below)") == []
