"""Confidence: how far a link can be trusted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.calibration import confidence
from kg.extract.mention import ROLES, TYPES, Thing
from kg.extract.profiles import PROFILES

chances = st.floats(0.0, 1.0)


@given(
    st.sampled_from(["", "an unknown profile", *PROFILES]),
    st.sampled_from(TYPES),
    st.sampled_from(ROLES),
    chances,
    chances,
)
def test_a_confidence_is_a_chance(profile: str, kind: str, role: str, score: float, role_score: float) -> None:
    assert 0.0 <= confidence(Thing("X", kind, [], score, role=role, role_score=role_score), profile) <= 1.0


@pytest.mark.parametrize("profile", ["", "fast"])
def test_surer_scores_give_a_higher_confidence(profile: str) -> None:
    weak, strong = (Thing("X", "Model", [], s, role="uses", role_by="linear_heads", role_score=s) for s in (0.4, 0.9))
    assert confidence(weak, profile) < confidence(strong, profile)


def test_a_profile_without_weights_keeps_the_product() -> None:
    assert confidence(Thing("X", "Model", [], 0.8, role_score=0.5), "an unknown profile") == pytest.approx(0.4)
