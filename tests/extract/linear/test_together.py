"""The fast profile reads papers together; each is read as if it were alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract
from kg.model import Paper

TEXTS = (
    "",
    " ",
    "…",
    "Bread is baked in the morning.",
    "LoRA",
    "We introduce Foldar, a framework for speech recognition. Foldar beats BERT by 3 points on GLUE.",
    "Our Quantal-7B (QT) runs on 8 A100 GPUs for 12 hours. This work trains it on CIFAR-10/100 with AdamW",
    "Wir stellen Graphen vor! Mit GPT-4 und LLaMA-2-13B erreichen sie 84.2 % auf MMLU.",
    "in-context learning and I-JEPA\n\nreach 71.5% on ImageNet",
)
PAPERS = st.lists(st.tuples(st.sampled_from(TEXTS), st.sampled_from(TEXTS)), min_size=1, max_size=20)


@settings(deadline=None, max_examples=60)
@given(PAPERS)
def test_company_changes_nothing(texts: list[tuple[str, str]]) -> None:
    papers = [Paper(str(number), title, abstract) for number, (title, abstract) in enumerate(texts)]
    together = list(extract(papers, profile="fast"))
    assert together == [record for paper in papers for record in extract([paper], profile="fast")]


@pytest.mark.parametrize("profile", ["fast", "default"])
def test_more_papers_than_one_batch_come_in_order(profile: str) -> None:
    papers = [Paper(str(number), f"Study {number}", TEXTS[number % len(TEXTS)]) for number in range(40)]
    records = list(extract(papers, profile=profile))
    assert [record.paper for record in records] == papers
    assert any(record.entities for record in records)
