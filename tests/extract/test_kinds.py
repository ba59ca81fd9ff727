"""The type that the text itself states of a name."""

from __future__ import annotations

import pytest

from kg.extract.kinds import stated


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Heron, a benchmark of 300 tasks", "Dataset"),
        ("Heron (HRN), the first large-scale corpus of sonar", "Dataset"),
        ("Heron is a 7B language model trained on sonar", "Model"),
        ("Heron: A Framework for Sonar", "Method"),
        ("Heron, a benchmark generation framework", "Method"),
        ("Heron dataset and others", "Dataset"),
        ("Heron optimizer", "Method"),
        ("Heron, a bird of the marsh", None),
        ("Heron on a benchmark", None),
        ("Heron", None),
    ],
)
def test_the_last_noun_of_what_a_name_is_said_to_be_gives_its_type(text, kind):
    assert stated(text, 5) == kind


def test_a_page_of_commas_takes_linear_time():
    assert stated("Heron, a " + "very, " * 50_000, 5) is None
