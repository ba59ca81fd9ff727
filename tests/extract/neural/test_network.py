"""The released network: in the package, small, deterministic, in linear time."""

import numpy as np
import pytest

from kg.errors import ExtractionError
from kg.extract.neural.decoding import decode
from kg.extract.neural.network import WEIGHTS, Network, network

TEXT = "SparseGate: Routing Made Cheap\n\nWe introduce SparseGate and tune Llama-2-7B on ImageNet with four A100 GPUs."
BODY = TEXT.index("We")


def test_the_weights_fit_the_package():
    assert sum(file.stat().st_size for file in WEIGHTS.iterdir()) < 30_000_000


def test_well_known_names_are_found_with_their_types():
    found = {TEXT[one.start : one.end]: one.type for one in decode(network().read(TEXT, BODY), TEXT)}
    assert found["Llama-2-7B"] == "Model"
    assert found["ImageNet"] == "Dataset"
    assert found["SparseGate"] in ("Method", "Model")


def test_a_text_reads_the_same_whatever_was_read_before():
    first = network().read(TEXT, BODY)
    network().read("Another title\n\nAnd quite another text about BERT.", 15)
    again = network().read(TEXT, BODY)
    assert np.array_equal(first.scores, again.scores)


def test_a_long_text_is_read_whole():
    text = "A title\n\n" + "We train BERT on SQuAD. " * 150
    reading = network().read(text, 9)
    assert len(reading.pieces) > 512
    ends = [one.end for one in decode(reading, text)]
    assert ends and max(ends) > 0.98 * len(text)


def test_an_empty_text_has_no_names():
    assert decode(network().read("", 0), "") == []


def test_missing_weights_are_named_with_what_to_do(tmp_path):
    (tmp_path / "tokenizer.json").write_bytes((WEIGHTS / "tokenizer.json").read_bytes())
    with pytest.raises(ExtractionError, match="--profile fast"):
        Network(tmp_path)
