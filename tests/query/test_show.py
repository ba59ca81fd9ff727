"""Everything known of a thing: found by any name, with papers by role and the sentences that say so."""

from __future__ import annotations

import pytest

from kg.errors import UnknownNameError
from kg.graph import Graph
from kg.query.facts import Quote
from kg.query.show import show
from kg.tables import Tables
from tests import graphs

GRAPH = graphs.small()


@pytest.mark.parametrize("name", ["LoRA", "lora", "low-rank adaptation", "method/lora", " LoRA ", "LORA"], ids=repr)
def test_a_thing_is_found_by_name_alias_and_id_in_any_case(name: str) -> None:
    assert [shown.ref.id for shown in show(GRAPH, name)] == ["method/lora"]


@pytest.mark.parametrize("name", ["Llama 2 7B", "llama_2_7b", "Llama-2-7b"])
def test_a_thing_is_found_by_another_spelling(name: str) -> None:
    assert [shown.ref.id for shown in show(GRAPH, name)] == ["model/llama-2-7b"]


@pytest.mark.parametrize("name", ["2501.00001", "TinyTune: Small Steps", "tinytune: small steps", "paper/2501.00001"])
def test_a_paper_is_found_by_title_and_source_id(name: str) -> None:
    assert [shown.ref.type for shown in show(GRAPH, name)] == ["Paper"]


def test_one_name_of_several_types_gives_all() -> None:
    entities = [graphs.entity("method/x", "Method", "X"), graphs.entity("dataset/x", "Dataset", "x", papers=5)]
    found = show(Graph(Tables.from_rows(entities=entities)), "X")
    assert [shown.ref.id for shown in found] == ["dataset/x", "method/x"]


def test_an_unknown_name_is_refused_with_near_ones() -> None:
    with pytest.raises(UnknownNameError) as caught:
        show(GRAPH, "TinyTunes")
    assert caught.value.mend == "near it: TinyTune"
    with pytest.raises(UnknownNameError):
        show(GRAPH, "")
    with pytest.raises(UnknownNameError):
        show(Graph(Tables.from_rows()), "(.*[")


def test_papers_stand_by_role_with_sentence_and_outcome() -> None:
    shown = show(GRAPH, "LoRA")[0]
    assert list(shown.links) == ["COMPARES_WITH", "USES"]
    compared = shown.links["COMPARES_WITH"][0]
    assert (compared.other.id, compared.forward, compared.properties["outcome"]) == (
        "paper/2501.00001",
        False,
        "better",
    )
    assert compared.evidence[0].marked().endswith("beats [LoRA] on GSM8K with 51.5%.")
    assert shown.relations[0].type == "COMPARED_WITH"
    assert not shown.relations[0].forward


def test_variants_up_and_down() -> None:
    child, parent = show(GRAPH, "Llama-2-7B")[0], show(GRAPH, "Llama-2")[0]
    assert [ref.id for ref in child.parents] == ["model/llama-2"]
    assert [ref.id for ref in parent.variants] == ["model/llama-2-7b"]
    assert child.properties["parameters"] == 7_000_000_000


def test_a_circle_of_variants_ends() -> None:
    entities = [graphs.entity(f"model/{name}", "Model", name) for name in "ab"]
    relations = [
        graphs.relation("model/a", "VARIANT_OF", "model/b"),
        graphs.relation("model/b", "VARIANT_OF", "model/a"),
    ]
    graph = Graph(Tables.from_rows(entities=entities, relations=relations))
    assert [ref.name for ref in show(graph, "a")[0].parents] == ["b"]


def test_results_introducers_company_and_merges() -> None:
    shown = show(GRAPH, "TinyTune")[0]
    assert [ref.id for ref in shown.introduced_by] == ["paper/2501.00001"]
    assert [(one.value, one.unit, one.metric, one.dataset.name) for one in shown.results] == [
        (51.5, "%", "accuracy", "GSM8K")
    ]
    assert {ref.id: count for ref, count in shown.together} == {"method/lora": 2, "dataset/gsm8k": 2}
    assert show(GRAPH, "LoRA")[0].merges == (("Low-Rank Adaptation", "acronym"),)


def test_a_paper_shows_its_things_in_order_of_strength() -> None:
    shown = show(GRAPH, "2501.00001")[0]
    assert list(shown.links) == [
        "INTRODUCES", "EVALUATES_ON", "RUNS_ON", "COMPARES_WITH", "USES", "HAS_CODE", "WRITTEN_BY",
    ]  # fmt: skip
    assert shown.links["RUNS_ON"][0].properties["count"] == 2
    assert shown.results[0].subject.name == "TinyTune"


def test_marks_stay_inside_the_sentence() -> None:
    assert Quote("p", "title", "short", -3, 99, 1.0).marked("<", ">") == "<short>"


def test_hostile_names_are_found_as_written() -> None:
    graph = graphs.hostile()
    for name in graphs.HOSTILE:
        assert any(shown.ref.name == name for shown in show(graph, name))


def test_a_thing_is_found_without_its_vendor() -> None:
    tables = Tables.from_rows(entities=[{"id": "hardware/nvidia-a100", "type": "Hardware", "name": "NVIDIA A100",
                                         "aliases": [], "also": [], "papers": 1, "exact_matches": []},
                                        {"id": "hardware/a100-80gb", "type": "Hardware", "name": "A100-80GB",
                                         "aliases": [], "also": [], "papers": 1, "exact_matches": []}])  # fmt: skip
    assert [shown.ref.id for shown in show(Graph(tables), "A100")] == ["hardware/nvidia-a100"]
