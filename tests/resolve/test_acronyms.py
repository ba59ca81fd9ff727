"""Short and long forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.acronyms import abbreviates


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("QRO", "quick relay optimisation"),
        ("Bi-QRU", "bidirectional QRU"),
        ("QuAT", "Quiet Attention Transformer"),
        ("FOMEX", "FOrest Model EXplanations"),
        ("QB-50", "Quokka-Bench-50"),
        ("kQN", "k-quick neighbours"),
        ("TIT", "tree in trees"),
        ("XQB", "extreme quokka boosting"),
    ],
)
def test_beginnings_of_words_make_a_short_form(short: str, long: str) -> None:
    assert abbreviates(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("QRO", "quick relay"),
        ("QRO", "relay quick optimisation"),
        ("QUX", "QUX-360"),
        ("XSum", "XL-Sum"),
        ("small thing detection", "sleek thing detection"),
        ("Q", "quick"),
    ],
)
def test_other_words_do_not(short: str, long: str) -> None:
    assert not abbreviates(short, long)


@given(st.text(max_size=20), st.text(max_size=60))
def test_no_text_is_short_for_one_that_is_shorter(short: str, long: str) -> None:
    assert not (abbreviates(short, long) and abbreviates(long, short))


def test_an_acronym_with_more_words_is_not_its_long_form() -> None:
    assert not abbreviates("GPU", "GPU hours")
    assert not abbreviates("QRO", "QRO-based tuning")
