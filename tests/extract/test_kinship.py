"""Which forms are looked at for kinship at all."""

from __future__ import annotations

import string

from hypothesis import example, given
from hypothesis import strategies as st

from kg.extract import kinship
from kg.extract.kinship import Hints, akin, form

WORDS = st.text(string.ascii_letters[:6] + "ABCDEFßİ" + "19-+", min_size=1, max_size=6)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@st.composite
def coined(draw: st.DrawFn) -> tuple[str, str]:
    """A phrase, and a word put together from beginnings of its words."""
    words = draw(st.lists(st.text("abcdeß", min_size=1, max_size=5), min_size=2, max_size=4))
    parts = [word[: draw(st.integers(1, 3))] for word in words if draw(st.booleans())]
    casing = draw(st.sampled_from([str.title, str.upper, str.lower]))
    return "".join(map(casing, parts)) or "a", " ".join(words)


@given(st.one_of(st.tuples(NAMES, NAMES), coined()))
@example(("neco", "nested contrast"))
@example(("calay", "MyCache Layer"))
def test_what_is_not_looked_into_has_nothing_in_common(names: tuple[str, str]) -> None:
    """The quick look at first letters leaves out only what the letters in order would."""
    first, second = map(form, names)
    shared = first.letters == second.letters or not first.distinct.isdisjoint(second.distinct)
    acronym = first.acronym or second.acronym
    spelled = bool(acronym and kinship._initials(first, second)) or bool(kinship._blend(first, second))
    assert akin(first, second, Hints()) == (shared or spelled)


@given(NAMES, NAMES)
def test_names_the_text_sets_side_by_side_are_looked_at(one: str, other: str) -> None:
    first, second = form(one), form(other)
    pair = (first.letters, second.letters)
    assert akin(first, second, Hints(paired=frozenset([pair])))
    assert akin(second, first, Hints(beside={pair: "bracket"}))
