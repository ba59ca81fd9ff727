"""Fixtures shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The developers' material beside the repository; a test that needs it skips without."""
    place = ROOT.parent / "shared"
    if not place.is_dir():
        pytest.skip("the developers' material (../shared) is not here")
    return place
