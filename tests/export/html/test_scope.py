"""What a page holds and what it draws, for every option."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from kg.errors import ExportError, UnknownNameError
from kg.export.html.gather import gather, keep
from kg.export.html.page import draw
from kg.export.html.scope import CORE, Scope, drawn, find, held
from kg.graph import Graph
from kg.tables import Tables
from tests.export.html.graphs_for_pages import crowd, library
from tests.graphs import entity


def ids(scope: Scope) -> set[str]:
    found = gather(library().tables)
    return {found.ids[n] for n in np.flatnonzero(held(found, scope))}


def test_all_is_held_and_only_writers_code_and_results_stand_aside() -> None:
    found = gather(library().tables)
    assert held(found, Scope()).all()
    aside = {found.types[n] for n in np.flatnonzero(~drawn(found, Scope()))}
    assert aside == {"Author", "Repository", "Result"}


@pytest.mark.parametrize("name", ["X9", "x9", "Acme X9", "hardware/acme-x9"])
def test_focus_by_alias_name_or_id(name: str) -> None:
    near = ids(Scope(focus=name))
    assert near == {"hardware/acme-x9", "hardware/acme-x9-80gb", "paper/p2", "paper/p3", "paper/p4"}


def test_focus_by_another_spelling_of_the_name() -> None:
    graph = Graph(Tables.from_rows(entities=[entity("hardware/nvidia-a100", "Hardware", "NVIDIA A100")]))
    found = gather(graph.tables)
    assert [found.names[n] for n in find(found, "a100")] == ["NVIDIA A100"]
    with pytest.raises(UnknownNameError, match="did you mean NVIDIA A100"):
        find(found, "nvidia")


def test_hops_reach_further() -> None:
    assert ids(Scope(focus="X9", hops=0)) == {"hardware/acme-x9"}
    assert "dataset/verbs" in ids(Scope(focus="X9", hops=2))


def test_an_unknown_focus_names_near_ones() -> None:
    with pytest.raises(UnknownNameError, match="Pebble"):
        find(gather(library().tables), "Peble")


def test_types_come_with_the_papers_that_name_them() -> None:
    assert ids(Scope(types=("hardware",))) == {
        "hardware/acme-x9", "hardware/acme-x9-80gb", "paper/p1", "paper/p2", "paper/p3", "paper/p4",
    }  # fmt: skip
    with pytest.raises(ExportError, match="Dataset"):
        ids(Scope(types=("Potato",)))


@pytest.mark.parametrize("since", ["2023", "2023-01", "2023-01-01"])
def test_since_keeps_later_papers_and_their_things(since: str) -> None:
    kept = ids(Scope(since=since))
    assert {name for name in kept if name.startswith("paper/")} == {"paper/p3", "paper/p4", "paper/p6"}
    assert "method/boulder" not in kept and "dataset/sums" in kept


def test_a_bad_date_is_refused() -> None:
    with pytest.raises(ExportError, match="yesterday"):
        ids(Scope(since="yesterday"))


def test_a_large_graph_shows_a_core_of_every_type() -> None:
    found = gather(crowd(4000).tables)
    core = drawn(found, Scope())
    shown = Counter(found.types[n] for n in np.flatnonzero(core))
    assert 0.9 * CORE < core.sum() <= CORE
    assert len(shown) == 7 and shown["Paper"] < 0.6 * CORE
    assert drawn(found, Scope(all=True)).all()


def test_a_part_keeps_its_links_and_sentences() -> None:
    found = gather(library().tables)
    part = keep(found, held(found, Scope(focus="Pebble")))
    for source, target, pieces in zip(part.source, part.target, part.evidence, strict=True):
        assert source < len(part.ids) > target
        for sentence, start, end, *_ in pieces:
            assert part.sentences[sentence][start:end]
    assert draw(library(), Scope(focus="Pebble")).total == draw(library(), Scope()).total


def test_an_empty_graph_is_a_page_too() -> None:
    assert draw(Graph(Tables.from_rows()), Scope()).core.sum() == 0
