"""Fixtures shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# Machines are shared and slow at times: how long one example takes says nothing about the code.
settings.register_profile("kg", deadline=None)
settings.load_profile("kg")

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
