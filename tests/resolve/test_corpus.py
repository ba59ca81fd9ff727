"""The identities of a corpus: stable ids, aliases, homonyms apart, reuse together, variants linked, merges logged."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Entity, Paper, Record
from kg.resolve import Identities, resolve


def record(key: str, *entities: Entity, title: str = "A Title", abstract: str = "", **more: Any) -> Record:
    return Record(Paper(key, title, abstract, **more), entities)


def uses(name: str, kind: str = "Method", *aliases: str) -> Entity:
    return Entity(name, kind, "uses", aliases=aliases)


def introduces(name: str, kind: str = "Method", *aliases: str) -> Entity:
    return Entity(name, kind, "introduces", aliases=aliases)


def names(found: Identities, paper: str) -> list[str]:
    return list(found.ids[paper])


def test_spellings_in_several_papers_are_one_thing_with_all_aliases() -> None:
    found = resolve([
        record("a", uses("Quokka-7B", "Model")),
        record("b", uses("QUOKKA 7B", "Model", "Quokka-7b model")),
        record("c", uses("Quokka-7B", "Model")),
    ])  # fmt: skip
    assert set(found.things) == {"model/quokka-7b"}
    assert found.things["model/quokka-7b"].aliases == ("QUOKKA 7B", "Quokka-7b model")
    assert [(merge.form, merge.rule, merge.paper) for merge in found.merges] == [("QUOKKA 7B", "spelling", "b")]


def test_a_bare_acronym_means_what_the_corpus_says_it_means() -> None:
    found = resolve([
        record("a", uses("sparse relay optimization", "Method", "SRO")),
        record("b", uses("SRO")),
        record("c", uses("Sparse Relay Optimisation")),
    ])  # fmt: skip
    assert len(found.things) == 1
    assert {merge.rule for merge in found.merges} <= {"acronym", "spelling"}


def test_two_expansions_of_one_acronym_stay_two_things() -> None:
    found = resolve([
        record("a", uses("sparse relay optimization", "Method", "SRO")),
        record("b", uses("stochastic ranking oracle", "Method", "SRO")),
    ])  # fmt: skip
    assert names(found, "a") != names(found, "b")


def test_a_name_that_two_papers_introduce_is_two_things() -> None:
    found = resolve([
        record("2401.00001", introduces("WOMBAT"), title="WOMBAT: a policy", abstract="robots learn to grasp"),
        record("2501.00002", introduces("Wombat", "Dataset"), title="Wombat: a corpus", abstract="legal documents"),
        record("2502.00003", introduces("WOMBAT"), title="WOMBAT, an index", abstract="vector databases and search"),
    ])  # fmt: skip
    assert names(found, "2401.00001") == ["method/wombat"]
    assert names(found, "2501.00002") == ["dataset/wombat"]
    assert names(found, "2502.00003") == ["method/wombat-2502.00003"]


def test_a_user_means_the_sense_whose_text_is_like_its_own() -> None:
    found = resolve([
        record("2401.00001", introduces("WOMBAT"), title="WOMBAT", abstract="robot hands grasp by force"),
        record("2401.00002", introduces("WOMBAT"), title="WOMBAT", abstract="vector index for neighbour search"),
        record("2501.00003", uses("Wombat"), abstract="we speed nearest neighbour search up with a vector index"),
        record("2501.00004", uses("Wombat"), abstract="robot hands that grasp by force sensors"),
    ])  # fmt: skip
    assert names(found, "2501.00003") == names(found, "2401.00002")
    assert names(found, "2501.00004") == names(found, "2401.00001")


def test_nobody_uses_what_is_introduced_a_year_later() -> None:
    found = resolve([
        record("new", introduces("WOMBAT"), published=date(2025, 5, 1)),
        record("old", uses("WOMBAT"), published=date(2023, 1, 1)),
        record("newer", uses("WOMBAT"), published=date(2025, 9, 1)),
    ])  # fmt: skip
    assert names(found, "old") != names(found, "new") == names(found, "newer")


def test_a_model_that_another_paper_takes_for_a_method_is_one_thing() -> None:
    found = resolve([
        record("a", introduces("Quokka", "Model"), title="Quokka"),
        record("b", uses("Quokka", "Method")),
    ])  # fmt: skip
    assert names(found, "b") == ["model/quokka"]
    assert found.things["model/quokka"].also == ("Method",)


def test_a_variant_is_linked_to_the_nearest_ancestor_that_is_spoken_of() -> None:
    found = resolve([
        record("a", uses("Quokka-3-8B-Instruct", "Model"), uses("Quokka 3", "Model"), uses("Quokka", "Model")),
    ])  # fmt: skip
    links = {variant.source: variant.target for variant in found.variants}
    assert links == {"model/quokka-3-8b-instruct": "model/quokka-3", "model/quokka-3": "model/quokka"}


def test_no_parent_is_made_up() -> None:
    found = resolve([record("a", uses("Quokka-3-8B", "Model"), uses("Quokka-3-70B", "Model"))])
    assert set(found.things) == {"model/quokka-3-8b", "model/quokka-3-70b"}
    assert found.variants == ()


def test_ids_do_not_depend_on_the_order_of_papers() -> None:
    records = [
        record(f"25{n:02d}.0000{n}", introduces("WOMBAT"), uses("Quokka-7B", "Model"), uses(f"Thing {n % 3}"))
        for n in range(1, 8)
    ]
    shuffled = records.copy()
    random.Random(1).shuffle(shuffled)
    first, second = resolve(records), resolve(shuffled)
    assert dict(first.ids) == dict(second.ids)
    assert dict(first.things) == dict(second.things)
    assert first.merges == second.merges


NAMES = ("WOM", "Wombat", "wombat 2", "wide open model", "Wide Open Model", "spatial memory", "GPT-9", "GPT9", "R9")


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(("Method", "Model")), st.booleans()), max_size=4),
        max_size=6,
    ),
    st.randoms(),
)
def test_nothing_depends_on_the_order_of_papers(papers: list[list[tuple[str, str, bool]]], draw: random.Random) -> None:
    records = [
        record(f"25{number:02d}.00001", *(
            Entity(name, kind, "introduces" if own else "uses", aliases=("WOM",) if own else ())
            for name, kind, own in dict.fromkeys(named)
        ), abstract=" ".join(name for name, _, _ in named))
        for number, named in enumerate(papers, 1)
    ]  # fmt: skip
    shuffled = records.copy()
    draw.shuffle(shuffled)
    first, second = resolve(records), resolve(shuffled)
    assert dict(first.ids) == dict(second.ids)
    assert dict(first.things) == dict(second.things)
    assert sorted(first.variants, key=str) == sorted(second.variants, key=str)
    assert first.merges == second.merges


def test_every_entity_has_an_id_and_ids_are_unique() -> None:
    record_ = record("a", introduces("!!"), introduces("??"), introduces("X"), uses("x"), uses("模型", "Model"))
    found = resolve([record_])
    assert all(found.ids["a"])
    assert len(found.things) == len(set(found.ids["a"]))
    assert resolve([]) == Identities({}, {}, (), ())


def test_the_developers_homonyms_are_apart_and_reuse_is_together(shared: Path) -> None:
    records: dict[str, Record] = {}
    homonyms = list(_lines(shared / "gold/homonyms_dev.jsonl"))
    reuse = list(_lines(shared / "gold/reuse_dev.jsonl"))
    for item in homonyms:
        for paper in item["papers"]:
            _add(records, paper, introduces(paper["surface"], paper["type"]))
    for item in reuse:
        _add(records, item["introduced_by"], introduces(item["name"], item["type"]))
        _add(records, item["used_by"], uses(item.get("surface_used") or item["name"], item["type"]))
    found = resolve(list(records.values()))

    def of(paper: str, name: str) -> str:
        entities = records[paper].entities
        return found.ids[paper][next(at for at, entity in enumerate(entities) if entity.name == name)]

    apart = [len({of(paper["id"], paper["surface"]) for paper in item["papers"]}) == len(item["papers"])
             for item in homonyms]  # fmt: skip
    together = [
        of(item["introduced_by"]["id"], item["name"])
        == of(item["used_by"]["id"], item.get("surface_used") or item["name"])
        for item in reuse
    ]
    assert sum(apart) >= 0.95 * len(apart)
    assert sum(together) >= 0.95 * len(together)


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def _add(records: dict[str, Record], paper: dict[str, Any], entity: Entity) -> None:
    old = records.get(paper["id"]) or record(paper["id"], title=paper["title"], abstract=paper.get("abstract") or "")
    if all(other.name != entity.name for other in old.entities):
        records[paper["id"]] = Record(old.paper, (*old.entities, entity))


def test_a_general_term_is_one_thing_whoever_claims_it() -> None:
    records = [record(f"2501.0000{n}", uses("quokka tuning")) for n in range(5)]
    claim = record("2506.00001", introduces("quokka tuning"), title="A Study of Tuning")
    found = resolve([*records, claim])
    assert set(found.things) == {"method/quokka-tuning"}


def test_a_lost_dot_is_restored_where_the_corpus_has_it() -> None:
    found = resolve([record("a", uses("Quokka2.5-VL", "Model")), record("b", uses("Quokka25-VL", "Model"))])
    assert len(found.things) == 1
    assert len(resolve([record("a", uses("Quokka25", "Model")), record("b", uses("Quokka 3", "Model"))]).things) == 2


def test_an_alias_that_names_another_thing_is_not_taken() -> None:
    records = [
        Record(Paper("1", "t", "a"), (Entity("Transformer", "Method", "uses", aliases=("RNN", "transformers")),)),
        Record(Paper("2", "t", "a"), (Entity("RNN", "Method", "uses"),)),
    ]
    assert resolve(records).things["method/transformer"].aliases == ("transformers",)


def test_what_a_paper_calls_a_thing_of_others_besides_is_no_name_of_it() -> None:
    found = resolve([
        record("a", uses("sparse relay optimization", "Method", "SRO", "step count", "fast sparse relay optimization")),
        record("b", uses("sparse relay optimization", "Method", "relay search")),
        record("c", uses("sparse relay optimization", "Method", "relay search")),
    ])  # fmt: skip
    assert found.things["method/sparse-relay-optimization"].aliases == ("SRO", "relay search")


def test_a_paper_may_call_what_it_names_as_it_likes() -> None:
    found = resolve([
        record("a", introduces("WomKit", "Method", "our toolkit for relays")),
        record("b", uses("WomKit", "Method", "relay search")),
        record("c", uses("night vision", "Method", "seeing in the dark", "deep night vision")),
    ])  # fmt: skip
    assert found.things["method/womkit"].aliases == ("our toolkit for relays",)
    assert found.things["method/night-vision"].aliases == ("seeing in the dark",)


def test_spellings_of_one_id_vote_together() -> None:
    names = ("LLaMA-v2 7B", "LLaMA 2-7B", "Llama-2-7B", "LLaMA2-7B")
    records = [Record(Paper(str(n), "t", "a"), (Entity(name, "Model", "uses"),)) for n, name in enumerate(names)]
    assert list(resolve(records).things) == ["model/llama-2-7b"]
    assert list(resolve([records[0], records[2]]).things) == ["model/llama-2-7b"]
