"""Naming patterns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.extract import patterns


@given(st.from_regex(patterns._SLASHED))
def test_every_coordination_with_a_slash_is_looked_for(text: str) -> None:
    assert patterns._SLASHED.search(text) is None or patterns._SLASH.search(text)
