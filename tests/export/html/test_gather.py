"""Columns for the page: evidence capped and counted, offsets as JavaScript counts, numbers JSON can hold."""

from __future__ import annotations

import json
import math

from hypothesis import given
from hypothesis import strategies as st

from kg.export.html.gather import gather
from kg.export.html.pack import details, packed
from kg.graph import Graph
from kg.tables import Tables
from tests.export.html.graphs_for_pages import library
from tests.graphs import entity, evidence, hostile, link, paper


def test_evidence_is_capped_and_what_is_left_out_is_counted() -> None:
    found = gather(library().tables, evidence_cap=2)
    pebble = next(
        n for n, kind in enumerate(found.link_types) if kind == "INTRODUCES" and "pebble" in found.ids[found.target[n]]
    )
    assert len(found.evidence[pebble]) == 2 and found.hidden[pebble] == 4


@given(st.text(max_size=30), st.text(min_size=1, max_size=10), st.text(max_size=10))
def test_spans_mark_the_mention_as_javascript_counts(before: str, mention: str, after: str) -> None:
    before, mention, after = (
        part.replace("\x00", "").encode("utf-8", "ignore").decode() for part in (before, mention, after)
    )
    if not mention:
        return
    sentence = before + mention + after
    place = {"start": len(before), "end": len(before) + len(mention)}
    row = link("paper/p", "USES", "method/m")
    proof = {**evidence("link", row["key"], "paper/p", sentence, mention), **place}
    tables = Tables.from_rows(papers=[paper("p", "P", sentence)], entities=[entity("method/m", "Method", "M")],
                              links=[row], evidence=[proof])  # fmt: skip
    found = gather(tables)
    [[number, start, end, *_]] = found.evidence[0]
    shown = found.sentences[number].encode("utf-16-le")
    if found.sentences[number] == sentence:
        assert shown[2 * start : 2 * end].decode("utf-16-le") == mention


def test_residues_of_markup_are_cleaned_and_the_mention_stays_marked() -> None:
    sentence = r"We call it \textbf{Tinta} and gain 70\% on \textit{SUMS} with Tinta."
    row = link("paper/p", "EVALUATES_ON", "dataset/sums")
    tables = Tables.from_rows(
        papers=[paper("p", "P", sentence)], entities=[entity("dataset/sums", "Dataset", "SUMS")], links=[row],
        evidence=[evidence("link", row["key"], "paper/p", sentence, "SUMS")],
    )  # fmt: skip
    found = gather(tables)
    [[number, start, end, *_]] = found.evidence[0]
    assert "\\" not in found.sentences[number]
    assert found.sentences[number][start:end] == "SUMS"


def test_no_nan_reaches_the_page() -> None:
    row = link("paper/p", "RUNS_ON", "hardware/h", confidence=math.nan, hours=math.nan, memory_gb=math.inf)
    tables = Tables.from_rows(
        papers=[paper("p", "P", "x")], entities=[entity("hardware/h", "Hardware", "H", memory_gb=math.nan)], links=[row]
    )
    found = gather(tables)
    assert found.confidence == [0]
    assert "NaN" not in json.dumps(details(found)) and "Infinity" not in json.dumps(details(found))
    assert packed(details(found))


def test_hostile_strings_pack() -> None:
    assert packed(details(gather(hostile().tables)))


def test_links_to_nowhere_are_left_out() -> None:
    tables = Tables.from_rows(papers=[paper("p", "P", "x")], links=[link("paper/p", "USES", "method/none")])
    assert gather(tables).source == []
    assert Graph(tables).tables.links.num_rows == 1
