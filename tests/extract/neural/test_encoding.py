"""Features of case and place, and windows over long texts."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.neural.encoding import FEATURES, LIMIT, Encoding, features, windows
from kg.extract.neural.network import WEIGHTS


@pytest.fixture(scope="module")
def encoding():
    return Encoding.load(WEIGHTS / "tokenizer.json")


def column(name, text, body=0):
    """One feature of the words of a text, by word."""
    words = text.split()
    starts = [text.index(word) for word in words]
    return dict(zip(words, features(text, body, starts)[:, list(FEATURES).index(name)].tolist(), strict=True))


def test_spellings_that_the_vocabulary_folds_together_have_different_shapes():
    shapes = column("word shape", "lora Lora LORA LoRA v2 V2 7 a B")
    assert len({shapes[word] for word in ("lora", "Lora", "LORA", "LoRA", "v2", "V2", "7")}) == 7


def test_the_place_tells_title_from_abstract_and_the_first_word_of_a_sentence_from_the_others():
    places = column("place", "Title words\n\nFirst of these. Second one", body=13)
    assert places["Title"] != places["First"]
    assert places["First"] == places["Second"] != places["of"]


def test_a_word_that_stands_in_the_title_too_is_marked():
    text = "Foo rises\n\nHere Foo and Bar"
    body = text.index("Here")
    rows = features(text, body, [text.rindex("Foo"), text.index("Bar")])
    repetition = rows[:, list(FEATURES).index("repetition")]
    assert repetition[0] != repetition[1]


def test_pieces_point_at_the_text_they_come_from(encoding):
    text = "QLoRA\n\nWe tune LLaMA-2 with QLoRA."
    encoded = encoding.encode(text, 7)
    pieces = [text[start:end] for start, end in zip(encoded.starts, encoded.ends, strict=True)]
    assert "".join(pieces) == text.replace(" ", "").replace("\n", "")


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=300), body=st.integers(0, 20))
def test_any_text_is_encoded_within_the_tables_of_the_features(encoding, text, body):
    encoded = encoding.encode(text, body)
    assert len(encoded.features) == len(encoded)
    assert (encoded.features >= 0).all()
    assert (encoded.features < np.array(list(FEATURES.values()))).all()


@given(st.integers(0, 5000))
def test_windows_cover_every_piece_in_order_within_the_limit(length):
    parts = windows(length)
    assert parts[0][0] == 0
    assert parts[-1][1] == length
    assert all(last - first <= LIMIT - 2 for first, last in parts)
    assert all(two[0] < one[1] and two[1] > one[1] for one, two in pairwise(parts))
