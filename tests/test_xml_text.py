"""Any text survives XML."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from kg.xml_text import attribute, text, unescape

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)))


@given(TEXTS)
def test_any_text_comes_back_from_an_element_and_an_attribute(value: str) -> None:
    element = ElementTree.fromstring(f"<a b={attribute(value)}>{text(value)}</a>")
    assert unescape(element.text or "") == value
    assert unescape(element.get("b", "")) == value


def test_what_looks_escaped_stays_what_it_was() -> None:
    assert unescape(text("_x0041_")) == "_x0041_"
    assert unescape(text("_x005F_x0041_")) == "_x005F_x0041_"
