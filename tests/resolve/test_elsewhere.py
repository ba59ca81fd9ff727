"""What well-known things are elsewhere: only exact matches, only by a name of one's own."""

from __future__ import annotations

import pytest

from kg.resolve import known
from kg.resolve.elsewhere import exact_matches
from kg.resolve.forms import parse
from kg.resolve.identities import Thing
from kg.resolve.normal import node_id

ROWS = list(known.rows("elsewhere.tsv"))


def test_any_spelling_has_the_match() -> None:
    assert exact_matches(Thing("dataset/gsm-8k", "Dataset", "GSM-8K")) == (
        "https://huggingface.co/datasets/openai/gsm8k",
    )


@pytest.mark.parametrize("name", ["Llama-2", "Mistral-7B", "Qwen2.5", "OPT"])
def test_a_family_is_not_one_of_its_checkpoints(name: str) -> None:
    assert exact_matches(Thing(node_id("Model", name), "Model", name)) == ()


def test_a_second_thing_of_the_name_has_none() -> None:
    assert exact_matches(Thing("dataset/gsm8k-2401.00001", "Dataset", "GSM8K")) == ()


def test_each_row_is_another_thing_and_each_iri_is_of_one_thing() -> None:
    keys = [(kind, known.canonical(parse(name, kind).key, kind)) for kind, name, _ in ROWS]
    iris = [iri for _, _, column in ROWS for iri in column.split("|")]
    assert len(set(keys)) == len(keys)
    assert len(set(iris)) == len(iris)
    assert all(iri.startswith(("https://huggingface.co/", "http://www.wikidata.org/entity/Q")) for iri in iris)
