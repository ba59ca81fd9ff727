from __future__ import annotations

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.sources import Page
from kg.sources.formats.jsonl import FORMAT


def read(*lines: str) -> tuple[list, list[InputError]]:
    errors: list[InputError] = []
    page = Page.of("\n".join(lines))
    return list(FORMAT.read(Page("p", "p.jsonl", "utf-8", page.open, report=errors.append))), errors


def test_all_fields_are_read():
    record = {"id": "2403.00001v2", "title": "T", "abstract": "A b.", "published": "2024-03-01T00:00:00Z",
              "authors": ["Ada L.", {"name": "Béla B."}], "organization": {"fullname": "Lab"}, "url": "https://x.org",
              "comment_count": 3, "other": 1}  # fmt: skip
    (paper,), errors = read(json.dumps(record))
    assert not errors
    assert (paper.arxiv_id, paper.published, paper.organization) == ("2403.00001", date(2024, 3, 1), "Lab")
    assert (paper.authors, paper.author_count, paper.comment_count) == (("Ada L.", "Béla B."), 2, 3)


def test_authors_in_one_string_are_parted():
    (paper,), _ = read('{"title": "T", "authors": "Ada L., Béla B., and Chen C."}')
    assert paper.authors == ("Ada L.", "Béla B.", "Chen C.")


def test_a_broken_line_is_named_and_the_others_go_on():
    papers, errors = read(
        '{"title": "One"}', "{broken", "[1]", '{"abstract": "x"}', '{"title": 3}', "", '{"title": "Two"}'
    )
    assert [p.title for p in papers] == ["One", "Two"]
    assert [e.where for e in errors] == ["p.jsonl:2", "p.jsonl:3", "p.jsonl:4", "p.jsonl:5"]


def test_a_wrapped_abstract_is_joined():
    (paper,), _ = read(json.dumps({"title": "A\n  Title", "abstract": "  One line\nand another.\n"}))
    assert (paper.title, paper.abstract) == ("A Title", "One line and another.")


@given(title=st.text(min_size=1), abstract=st.text())
def test_any_strings_pass_or_are_reported(title, abstract):
    papers, errors = read(json.dumps({"title": title, "abstract": abstract}))
    assert len(papers) + len(errors) == 1
    for paper in papers:
        paper.title.encode("utf-8")
        assert "\n" not in paper.title + paper.abstract


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()


@given(value=st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5))
def test_values_of_the_wrong_kind_never_crash(value):
    keys = (
        "id",
        "abstract",
        "published",
        "authors",
        "organization",
        "author_count",
        "comment_count",
        "url",
        "arxiv_id",
    )
    for key in keys:
        papers, errors = read(json.dumps({"title": "T", key: value}))
        assert len(papers) + len(errors) == 1
    read(json.dumps(value))
