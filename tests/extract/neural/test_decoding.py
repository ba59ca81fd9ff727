"""From scores to typed stretches."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.extract.neural.decoding import decode
from kg.extract.neural.encoding import Encoded
from kg.extract.neural.labels import TAGS
from kg.extract.neural.network import Reading


def reading(pieces, tags=None, scores=None):
    """A reading of pieces given as ``(start, end)``, each sure of its tag."""
    starts, ends = (np.array([bound[side] for bound in pieces], dtype=np.int64) for side in (0, 1))
    if scores is None:
        scores = np.zeros((len(pieces), len(TAGS)), dtype=np.float32)
        for row, tag in enumerate(tags):
            scores[row, TAGS.index(tag)] = 8.0
    empty = np.zeros((len(pieces), 0), dtype=np.int64)
    return Reading(Encoded(starts, empty, starts, ends), np.zeros((len(pieces), 1), dtype=np.float32), scores)


def found(text, pieces, tags):
    return [(text[one.start : one.end], one.type) for one in decode(reading(pieces, tags), text)]


def test_a_beginning_and_what_goes_on_make_one_stretch():
    text = "We use Sparse Gates on CIFAR"
    pieces = [(0, 2), (3, 6), (7, 13), (14, 19), (20, 22), (23, 28)]
    tags = ["O", "O", "B-Method", "I-Method", "O", "B-Dataset"]
    assert found(text, pieces, tags) == [("Sparse Gates", "Method"), ("CIFAR", "Dataset")]


def test_two_beginnings_side_by_side_are_two_stretches():
    assert found("BERT GPT", [(0, 4), (5, 8)], ["B-Model", "B-Model"]) == [("BERT", "Model"), ("GPT", "Model")]


def test_a_word_is_never_cut():
    text = "the QLoRA way"
    pieces = [(0, 3), (4, 5), (5, 7), (7, 9), (10, 13)]
    assert found(text, pieces, ["O", "B-Method", "O", "I-Method", "O"]) == [("QLoRA", "Method")]


def test_a_per_cent_is_no_part_of_a_name():
    pieces = [(0, 6), (7, 10), (11, 13), (13, 14), (14, 15), (15, 16)]
    tags = ["B-Model", "I-Model", "I-Model", "I-Model", "I-Model", "O"]
    assert found("Claude 3.5 21.4%", pieces, tags) == [("Claude 3.5", "Model")]
    assert found("Claude 3.5 21.4,", pieces, tags) == [("Claude 3.5 21.4", "Model")]


def test_a_part_before_a_hyphen_may_stand_alone():
    text = "YOLO-based"
    assert found(text, [(0, 4), (4, 5), (5, 10)], ["B-Model", "O", "O"]) == [("YOLO", "Model")]


def test_boldness_finds_more():
    scores = np.zeros((1, len(TAGS)), dtype=np.float32)
    scores[0, 0], scores[0, TAGS.index("B-Method")] = 5.0, 4.0
    one = reading([(0, 4)], scores=scores)
    assert decode(one, "LoRA", boldness=0.0) == []
    (stretch,) = decode(one, "LoRA", boldness=3.0)
    assert 0.2 < stretch.score < 0.3


def test_what_boldness_adds_touches_nothing_found_calmly():
    text = "fast LoRA and also QLoRA"
    pieces = [(0, 4), (5, 9), (10, 13), (14, 18), (19, 24)]
    scores = np.zeros((5, len(TAGS)), dtype=np.float32)
    scores[:, 0] = 5.0
    scores[1, TAGS.index("B-Method")] = 9.0
    for doubtful in (0, 4):
        scores[doubtful, TAGS.index("B-Method")] = 4.0
    stretches = decode(reading(pieces, scores=scores), text, boldness=3.0)
    assert [text[one.start : one.end] for one in stretches] == ["LoRA", "QLoRA"]


@settings(deadline=None)
@given(data=st.data(), length=st.integers(0, 12))
def test_any_scores_read_boldly_give_stretches_none_overlapping(data, length):
    scores = data.draw(arrays(np.float32, (length, len(TAGS)), elements=st.floats(-20, 20, width=32)))
    text = "ab " * length
    pieces = [(3 * at, 3 * at + 2) for at in range(length)]
    calm = decode(reading(pieces, scores=scores), text)
    bold = sorted(decode(reading(pieces, scores=scores), text, boldness=2.0), key=lambda one: one.start)
    assert all(one in bold for one in calm)
    assert all(one.end <= other.start for one, other in itertools.pairwise(bold))


@settings(deadline=None)
@given(data=st.data(), length=st.integers(0, 12))
def test_any_scores_give_stretches_in_order_none_overlapping(data, length):
    scores = data.draw(arrays(np.float32, (length, len(TAGS)), elements=st.floats(-20, 20, width=32)))
    text = "ab " * length
    stretches = decode(reading([(3 * at, 3 * at + 2) for at in range(length)], scores=scores), text)
    bounds = [bound for one in stretches for bound in (one.start, one.end)]
    assert bounds == sorted(bounds)
    assert all(0.0 <= one.score <= 1.0 for one in stretches)
