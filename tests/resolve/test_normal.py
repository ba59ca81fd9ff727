"""Names as plain text and as ids."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from kg.resolve.normal import clean, node_id, slug, word_key


@given(st.text(max_size=60))
@example("0:\\_0")
def test_an_id_is_lower_case_without_spaces_or_marks(name: str) -> None:
    assert re.fullmatch(r"method/[^\W_A-Z]([\w.-]*[^\W_])?", node_id("Method", name))
    assert slug(name) == slug(slug(name)) or not slug(name)


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(name: str) -> None:
    assert clean(clean(name)) == clean(name)


def test_markup_goes_and_meaning_stays() -> None:
    assert clean("\\textbf{Quokka}") == "Quokka"
    assert clean("ImageNet 256$\\times$256") == "ImageNet 256x256"
    assert clean("Fréchet") == "Frechet"


def test_british_and_american_and_plural_words_agree() -> None:
    for british, american in (("summarisation", "summarization"), ("labelled", "labeled"), ("neighbours", "neighbor")):
        assert word_key(british) == word_key(american)
    assert word_key("process") != word_key("proces")
