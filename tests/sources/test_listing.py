from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import FormatError, InputError
from kg.sources import Page, choose, read_papers, registry
from kg.sources.formats import jsonl, listing
from tests.sources import pages
from tests.sources.pages import LAYOUTS, Made, blank, compact

KNOWN = [listing.FORMAT, jsonl.FORMAT]
LONG = "We present a method that keeps memory low. " * 8


def read(text: str, captured: date | None = None) -> list:
    return list(listing.FORMAT.read(Page.of(text, captured=captured)))


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=60, deadline=None)
@given(papers=pages.pages())
def test_every_layout_gives_the_papers_it_was_made_of(layout, papers):
    found = read(layout(papers))
    assert [(p.title, p.abstract) for p in found] == [(p.title, p.abstract) for p in papers]
    for paper, truth in zip(found, papers, strict=True):
        assert paper.author_count == truth.authors
        assert paper.organization == (truth.organization[1] if truth.organization else None)
        assert paper.comment_count == (truth.comments if truth.published else None)


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=30, deadline=None)
@given(papers=pages.pages(meta=True))
def test_dates_are_the_true_ones_when_the_capture_is_known(layout, papers):
    found = read(layout(papers), captured=date(2025, 11, 20))
    assert [p.published for p in found] == [p.published for p in papers]


@settings(max_examples=40, deadline=None)
@given(papers=pages.pages(meta=True))
def test_the_year_left_out_is_the_one_after_the_latest_printed(papers):
    papers = [*papers, Made("A Paper of the Year Before", LONG.strip(), 3, None, date(2024, 12, 24))]
    found = read(blank(papers, year=2025))
    assert [p.published for p in found] == [p.published for p in papers]


def test_a_date_without_any_year_on_the_page_is_left_out_and_said():
    notes: list[str] = []
    paper = Made("Only This Year", LONG.strip(), 2, None, date(2025, 3, 4))
    page = Page.of(blank([paper]))
    found = list(listing.FORMAT.read(Page(page.name, "p.txt", "utf-8", page.open, note=notes.append)))
    assert found[0].published is None
    assert "--captured" in notes[0] and "p.txt" in notes[0]


def test_a_page_saved_at_new_year_shows_days_of_the_year_before():
    paper = Made("Across the Year", LONG.strip(), 2, None, date(2025, 12, 30))
    assert read(blank([paper]), captured=date(2026, 1, 2))[0].published == date(2025, 12, 30)


def test_the_29th_of_february_is_no_date_in_other_years():
    paper = Made("Leap", LONG.strip(), 2, None, date(2024, 2, 29))
    assert read(blank([paper], year=2024), captured=date(2025, 6, 1))[0].published is None


@settings(max_examples=40, deadline=None)
@given(first=pages.pages(), second=pages.pages())
def test_pages_saved_one_after_another_are_parted(first, second):
    for glue in ("", "\n"):
        found = read(blank(first).rstrip("\n") + glue + compact(second))
        assert [p.title for p in found] == [p.title for p in [*first, *second]]
        found = read(compact(first) + glue + blank(second))
        assert [p.abstract for p in found] == [p.abstract for p in [*first, *second]]


def test_lines_are_those_of_the_titles():
    text = blank([Made("One Fine Title", LONG.strip()), Made("Another Fine Title", LONG.strip())])
    for paper in read(text):
        assert text.split("\n")[paper.origins[0].line - 1] == paper.title


def test_a_title_without_an_abstract_is_a_paper_without_one():
    papers = [
        Made("First Things First", LONG.strip()),
        Made("Nothing Is Said Here", ""),
        Made("Last Things Last", LONG.strip()),
    ]
    for layout in (blank, compact):
        assert [(p.title, p.abstract) for p in read(layout(papers))] == [(p.title, p.abstract) for p in papers]


@pytest.mark.parametrize("length", [120, 200, 333])
def test_an_abstract_cut_off_in_the_middle_stays_an_abstract(length):
    papers = [Made("Whole Paper", LONG.strip()), Made("Cut Paper", LONG[:length].strip())]
    for layout in (blank, compact):
        assert [(p.title, p.abstract) for p in read(layout(papers))] == [(p.title, p.abstract) for p in papers]


def test_an_abstract_above_the_first_title_is_reported_with_its_line():
    errors: list[InputError] = []
    text = "\n\n".join([pages.BANNER, "Subscribe", LONG.strip() + " " + LONG.strip(), "A Title Below", LONG.strip()])
    page = Page.of(text)
    found = list(listing.FORMAT.read(Page("p", "p.txt", "utf-8", page.open, report=errors.append)))
    assert [p.title for p in found] == ["A Title Below"]
    assert errors[0].where == "p.txt:5"


def test_right_to_left_text_is_read_like_any_other():
    title, abstract = "למידה עמוקה עם מעט זיכרון", "אנו מציגים שיטה חדשה לאימון מודלים גדולים. " * 8
    found = read(blank([Made(title, abstract.strip()), Made("نماذج لغوية صغيرة", abstract.strip())]))
    assert [p.title for p in found] == [title, "نماذج لغوية صغيرة"]
    assert found[0].abstract == abstract.strip()


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=400))
def test_any_text_is_read_or_refused(text):
    for page in (Page.of(text), Page.of(pages.BANNER + "\n" + text)):
        try:
            papers = list(choose(page, KNOWN).read(page))
        except FormatError as error:
            assert error.where == "page.txt"
            continue
        for paper in papers:
            assert paper.title and paper.title.split()[0] in text.replace("\0", "")


LINES = st.sampled_from(["", "·", "new", "Nov 20", "May 7 8", "  • 4 authors", "google Google", "Subscribe",
                         pages.BANNER, "A Title", LONG.strip(), "a", ".", "12",
                         "• 1 authors · May 3, 2020"])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(lines=st.lists(LINES, max_size=20))
def test_any_order_of_lines_is_read_without_losing_or_repeating_text(lines):
    lost: list[str] = []
    page = Page.of("\n".join([pages.BANNER, *lines]))
    try:
        papers = list(listing.FORMAT.read(Page("p", "p", "utf-8", page.open, report=lambda e: lost.append(e.where))))
    except FormatError:
        papers = []
    told = sum(p.abstract.count("We present") + p.title.count("We present") for p in papers)
    assert told <= 8 * lines.count(LONG.strip())
    assert told == 8 * lines.count(LONG.strip()) or lost


@pytest.mark.parametrize(
    "text",
    [
        "# Read me\n\nInstall it with pip. " + LONG,
        "import os\n\ndef main():\n    return os.name\n" * 20,
        "Chapter One\n\n" + "\n\n".join(["It was a dark night and the rain fell in torrents on the roofs. " * 6] * 9),
        "Apple pie\n\n" + "Peel six apples and cut them. Roll out the dough. Bake it until it is brown. " * 5,
        "<html><body><p>" + LONG + "</p></body></html>",
        "a,b,c\n1,2,3\n" * 50,
        "one line of text",
    ],
)  # fmt: skip
def test_what_is_no_listing_is_refused_saying_what_was_looked_for(text):
    with pytest.raises(FormatError) as caught:
        choose(Page.of(text), KNOWN)
    assert "listing page" in str(caught.value) and "JSON lines" in str(caught.value)


def test_titles_and_abstracts_without_any_furniture_are_a_listing():
    text = "A Small Method for Big Models\n\n" + LONG + "\n\nAnother Method for Small Models\n\n" + LONG
    assert choose(Page.of(text), KNOWN) is listing.FORMAT
    assert len(read(text)) == 2


def test_a_page_of_one_paper_is_a_listing():
    assert len(read(blank([Made("Alone", LONG.strip())]))) == 1
    assert len(read("Alone\n" + LONG)) == 1


def test_a_page_with_nothing_below_its_head_is_refused():
    with pytest.raises(FormatError, match="without papers"):
        read("\n".join(pages.HEAD))


def test_time_is_linear_in_length():
    one = blank([Made(f"Paper Number {n}", LONG.strip()) for n in range(500)])
    start = time.perf_counter()
    read(one)
    once = time.perf_counter() - start
    start = time.perf_counter()
    assert len(read(one * 8)) == 4000
    assert time.perf_counter() - start < 30 * once + 0.5


SEEDS = {"000": 4, "001": 119, "002": 62, "003": 65, "004": 17}


def test_the_five_seed_pages_hold_what_a_reader_counts(shared: Path):
    files = sorted((shared / "seeds").glob("*.txt"))
    counts = {file.name[:3]: len(read_papers([file])) for file in files}
    assert counts == SEEDS
    papers = read_papers(files)
    assert (len(papers), sum(len(p.origins) for p in papers)) == (259, 267)
    assert len({p.id for p in papers}) == 259
    assert all(len(p.abstract) > 500 for p in papers)


def test_the_seeds_metadata(shared: Path):
    by_title = {p.title.split(":")[0]: p for p in read_papers([shared / "seeds"])}
    zero = by_title["ZeroSearch"]
    assert (zero.published, zero.author_count, zero.comment_count) == (date(2025, 5, 7), 9, 8)
    assert {origin.page[:3] for origin in zero.origins} == {"000", "003"}
    deep = by_title["Deep Self-Evolving Reasoning"]
    assert (deep.organization, deep.published, deep.comment_count) == ("Microsoft", date(2025, 10, 20), 2)
    assert by_title["LLM-guided Hierarchical Retrieval"].organization == "Google"
    assert by_title["BiViT"].published == date(2022, 11, 13)
    assert by_title["MiniMax-M1"].author_count == 127
    assert "MobileLLM" in by_title
    dated = [p for p in by_title.values() if p.published]
    assert len(dated) == len([p for p in by_title.values() if p.author_count or p.organization])


def test_the_seeds_give_the_titles_and_abstracts_of_the_gold(shared: Path):
    gold = {p.title: p.abstract for p in read_papers([shared / "gold" / "dev.jsonl"])}
    mine = {p.title: p.abstract for p in read_papers([shared / "seeds"])}
    assert len(gold) == 84
    assert {title: mine.get(title) for title in gold} == gold


def test_the_registry_finds_the_formats():
    assert {"listing", "jsonl"} <= set(registry().names())


def test_a_bullet_lost_to_an_encoding_makes_no_organisation(tmp_path: Path) -> None:
    first = "Pebble: A Small Method for Large Things\n\nWe present Pebble, a small method. It helps."
    second = "Second: Another Title of a Paper\n\nWe show a second thing at length."
    page = f"Daily Papers\n\nNov 20\n\n{first}\n\n  ? 11 authors\n·\nNov 18\n\n{second}\n\n  ? 2 authors\n·\nNov 17\n"
    place = tmp_path / "page.txt"
    place.write_text(page, encoding="utf-8")
    papers = read_papers([place], captured=date(2025, 11, 20))
    assert [(paper.author_count, paper.organization) for paper in papers] == [(11, None), (2, None)]
