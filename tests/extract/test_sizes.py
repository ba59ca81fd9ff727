"""Sizes in one breath: each is a model of the family named beside them."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Paper


def models(abstract: str, title: str = "Reading Small Print") -> dict[str, int | None]:
    (record,) = extract([Paper("1", title, abstract)], profile="fast", workers=1)
    return {entity.name: entity.parameters for entity in record.entities if entity.type == "Model"}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("We compare Llama-3 (8B and 70B) on GSM8K.", {"Llama-3-8B": 8 * 10**9, "Llama-3-70B": 70 * 10**9}),
        ("We evaluate Qwen2.5-7B/32B on GSM8K.", {"Qwen2.5-7B": 7 * 10**9, "Qwen2.5-32B": 32 * 10**9}),
        ("We test 125M and 350M MobileLLM on GSM8K.", {"MobileLLM-125M": 125 * 10**6, "MobileLLM-350M": 350 * 10**6}),
    ],
)
def test_every_size_of_a_list_is_a_model(sentence, names):
    assert names.items() <= models(sentence).items()


def test_sizes_beside_no_family_are_the_papers_own():
    found = models(
        "We introduce Heron, a language model. Heron models come in three sizes, 1.7B, 4B and 8B, all open.",
        "Heron: Open Language Models",
    )
    assert {"Heron-1.7B", "Heron-4B", "Heron-8B"} <= found.keys()


@pytest.mark.parametrize(
    "sentence",
    [
        "We pre-train on SlimPajama at 6B and 30B token scales.",
        "Gains hold for models with 7B and 13B parameters.",
        "Models range from 60M to 7B parameters.",
    ],
)
def test_sizes_of_no_named_model_make_none(sentence):
    assert not [name for name in models(sentence) if name[-1] in "BM"]
