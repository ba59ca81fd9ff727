from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Origin, Paper
from kg.sources.identity import merged, slug

ONE = "We present a way to keep memory low while models grow and data stays small. " * 4
OTHER = "Birds migrate across continents each autumn guided by stars and magnetic fields. " * 4


def paper(title: str, abstract: str = ONE, page: str = "a.txt", **more) -> Paper:
    return Paper(more.pop("id", ""), title, abstract, origins=(Origin(page, 1),), **more)


def test_one_paper_on_two_pages_is_one_that_knows_both():
    (one,) = merged([paper("A Title"), paper("A title!", page="b.txt", author_count=3)])
    assert [o.page for o in one.origins] == ["a.txt", "b.txt"]
    assert (one.id, one.author_count) == ("a-title", 3)


def test_two_papers_with_one_title_stay_two_whatever_the_order():
    first, second = paper("APOLLO"), paper("APOLLO", OTHER)
    ids = {p.abstract: p.id for p in merged([first, second])}
    assert len(set(ids.values())) == 2
    assert ids == {p.abstract: p.id for p in merged([second, first, second])}


def test_a_cut_off_abstract_and_a_missing_one_are_completed():
    (one,) = merged([paper("T", ONE[:100]), paper("T", ""), paper("T", ONE)])
    assert one.abstract == ONE


def test_a_revised_abstract_is_the_same_paper():
    assert len(merged([paper("T"), paper("T", ONE + "A closing sentence that was added later.")])) == 1


def test_arxiv_ids_decide():
    a, b = paper("T", arxiv_id="2403.00001"), paper("T", arxiv_id="2403.00002")
    assert [p.id for p in merged([a, b])] == ["2403.00001", "2403.00002"]
    assert len(merged([a, paper("T, Revised Title", OTHER, arxiv_id="2403.00001")])) == 1
    (one,) = merged([paper("T"), a])
    assert one.id == "2403.00001"


def test_an_id_of_ones_own_is_kept_unless_it_would_break_a_key():
    assert [p.id for p in merged([paper("A", id="seed001-L3"), paper("B", id="a|b c")])] == ["seed001-L3", "b"]


def test_slugs_are_readable_and_not_empty():
    assert slug("Épée: a (Sharp) Tool") == "epee-a-sharp-tool"
    assert slug("!!!") == "untitled"
    assert slug("深度学习") == "深度学习"
    assert len(slug("word " * 100)) <= 80


@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from([ONE, OTHER, ""]), st.sampled_from(["", "x", "y z"])))
)
def test_ids_are_unique_and_no_origin_is_lost(drawn):
    papers = [paper(t, a, page=f"{n}.txt", id=i) for n, (t, a, i) in enumerate(drawn)]
    found = merged(papers)
    assert len({p.id for p in found}) == len(found)
    assert sorted(o.page for p in found for o in p.origins) == sorted(o.page for p in papers for o in p.origins)
