"""The graphs the ready questions are asked of."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.graph import Graph
from tests.questions.corpus import corpus


@pytest.fixture(scope="session")
def sample(root: Path) -> Graph:
    return kg.build([root / "samples/daily-papers.txt"])


@pytest.fixture(scope="session")
def seeds(shared: Path) -> Graph:
    return kg.build(sorted((shared / "seeds").glob("*.txt")))


@pytest.fixture(scope="session")
def thousands() -> Graph:
    return corpus(5000)
