from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.model import Paper
from tests.extract.llm.server import Model


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is reached directly, and no key of the machine's owner is taken."""
    monkeypatch.setenv("no_proxy", "*")
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL", "KG_LLM_URL", "KG_LLM_MODEL", "KG_LLM_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def model() -> Iterator[Model]:
    with Model().running() as server:
        yield server


@pytest.fixture
def papers() -> list[Paper]:
    return [
        Paper(f"p{i}", f"Pebble{i}: Small Stones", f"We present Pebble{i}. It beats LoRA on GSM8K.") for i in range(6)
    ]
