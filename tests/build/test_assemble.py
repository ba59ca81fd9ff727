"""Records and identities laid out as tables: links by role, merged forms, relations, results, authors and code."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kg.build import assemble
from kg.build.agents import repository
from kg.model import Entity, Evidence, Origin, Paper, Record, Result
from kg.resolve import resolve
from kg.schema import load
from kg.tables import Tables

SAID = (
    "We present Wombat, which is built on Quokka-7B. Wombat consists of Burrow. "
    "Trained on QuxCorpus with 8 X100 GPUs for 41 hours, it beats Koala by far and scores 71.5 on QuxBench."
)


def spoken(name: str, kind: str, role: str, text: str = SAID, **more: Any) -> Entity:
    """An entity with its first mention in the text as evidence."""
    start = text.index(name)
    begin = max(text.rfind(". ", 0, start) + 2, 0) if ". " in text[:start] else 0
    end = text.find(". ", start)
    sentence = text[begin : end + 1] if end >= 0 else text[begin:]
    proof = Evidence("abstract", start, start + len(name), name, sentence, begin, "test", 0.9)
    return Entity(name, kind, role, confidence=0.8, evidence=(proof,), **more)


def wombat() -> Record:
    paper = Paper("2501.00001", "Wombat: \\textit{Digging}", SAID, date(2025, 1, 2), ("Ada L.", "Bo B."), 2, "A Lab",
                  arxiv_id="2501.00001", origins=(Origin("page.txt", 3), Origin("list.jsonl")))  # fmt: skip
    entities = (
        spoken("Wombat", "Model", "introduces"),
        spoken("Quokka-7B", "Model", "uses", parameters=7_000_000_000),
        spoken("Burrow", "Method", "introduces"),
        spoken("QuxCorpus", "Dataset", "trains_on"),
        spoken("X100", "Hardware", "runs_on", count=8, hours=41.0),
        spoken("Koala", "Method", "compares_with", outcome="better", also_roles=("uses",)),
        spoken("QuxBench", "Dataset", "evaluates_on"),
    )
    code = Evidence("abstract", 0, 2, "https://github.com/lab/wombat", SAID, 0, "test", 1.0)
    return Record(paper, entities, (Result("Wombat", "QuxBench", 71.5, unit="%"),), (code,))


def tables(*records: Record) -> Tables:
    return assemble([record.paper for record in records], records, resolve(records))


def rows(built: Tables, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = getattr(built, name).to_pylist()
    return found


def test_each_role_becomes_its_link_with_quantities() -> None:
    links = {row["target"]: row for row in rows(tables(wombat()), "links")}
    assert {target: row["type"] for target, row in links.items()} == {
        "model/wombat": "INTRODUCES", "method/burrow": "INTRODUCES", "model/quokka-7b": "USES",
        "dataset/quxcorpus": "TRAINS_ON", "hardware/x100": "RUNS_ON", "method/koala": "COMPARES_WITH",
        "dataset/quxbench": "EVALUATES_ON", "author/ada-l": "WRITTEN_BY", "author/bo-b": "WRITTEN_BY",
        "organization/a-lab": "PUBLISHED_BY", "repository/lab-wombat": "HAS_CODE",
    }  # fmt: skip
    assert (links["hardware/x100"]["count"], links["hardware/x100"]["hours"]) == (8, 41.0)
    assert (links["method/koala"]["outcome"], links["method/koala"]["also_roles"]) == ("better", ["uses"])
    assert links["model/quokka-7b"]["parameters"] == 7_000_000_000


def test_every_paper_and_page_is_kept_and_its_title_cleaned() -> None:
    lonely = Paper("p", "Nothing in it", "")
    record = wombat()
    built = assemble([record.paper, lonely], [record, Record(lonely)], resolve([record, Record(lonely)]))
    papers = {row["id"]: row for row in rows(built, "papers")}
    assert set(papers) == {"paper/2501.00001", "paper/p"}
    assert papers["paper/2501.00001"]["name"] == "Wombat: Digging"
    assert papers["paper/2501.00001"]["title"] == "Wombat: \\textit{Digging}"
    assert papers["paper/2501.00001"]["pages"] == ["page.txt:3", "list.jsonl"]


def test_two_names_of_one_thing_are_one_link_in_the_stronger_role_with_all_evidence() -> None:
    text = "Quokka-7B is used. QUOKKA 7B is beaten."
    record = Record(Paper("p", "t", text), (
        spoken("Quokka-7B", "Model", "uses", text),
        spoken("QUOKKA 7B", "Model", "compares_with", text, outcome="better"),
    ))  # fmt: skip
    built = tables(record)
    (link,) = rows(built, "links")
    assert (link["type"], link["outcome"], link["also_roles"]) == ("COMPARES_WITH", "better", ["uses"])
    assert [(row["text"], row["position"]) for row in rows(built, "evidence")] == [("QUOKKA 7B", 0), ("Quokka-7B", 1)]


def test_the_introduced_thing_has_the_relations_its_paper_states() -> None:
    built = tables(wombat())
    relations = {(row["source"], row["type"], row["target"]): row for row in rows(built, "relations")}
    assert ("model/wombat", "BASED_ON", "model/quokka-7b") in relations
    assert ("method/burrow", "PART_OF", "model/wombat") in relations
    assert relations["model/wombat", "TRAINED_ON", "dataset/quxcorpus"]["rule"] == "introduced: title"
    assert relations["model/wombat", "COMPARED_WITH", "method/koala"]["outcome"] == "better"
    proven = {row["owner"] for row in rows(built, "evidence") if row["kind"] == "relation"}
    assert proven == {row["key"] for row in relations.values()}


def test_use_without_a_word_of_building_is_no_base() -> None:
    text = "We present Wombat. Quokka-7B is mentioned for no reason."
    record = Record(Paper("p", "t", text), (
        spoken("Wombat", "Model", "introduces", text), spoken("Quokka-7B", "Model", "uses", text),
    ))  # fmt: skip
    assert rows(tables(record), "relations") == []


def test_variants_are_linked_without_a_paper() -> None:
    record = Record(Paper("p", "t", "a"), (
        Entity("Quokka-7B", "Model", "uses"), Entity("Quokka", "Model", "mentions"),
    ))  # fmt: skip
    (relation,) = rows(tables(record), "relations")
    assert (relation["source"], relation["type"], relation["target"]) == (
        "model/quokka-7b", "VARIANT_OF", "model/quokka",
    )  # fmt: skip
    assert (relation["paper"], relation["rule"]) == (None, "variant: size")


def test_results_point_to_things_and_those_of_unknown_names_are_left_out() -> None:
    record = wombat()
    more = (*record.results, Result("Nobody", "QuxBench", 1.0), Result("Wombat", "QuxBench", 71.5))
    (result,) = rows(tables(Record(record.paper, record.entities, more)), "results")
    assert (result["subject"], result["dataset"], result["value"], result["unit"]) == (
        "model/wombat", "dataset/quxbench", 71.5, "%",
    )  # fmt: skip


def test_a_role_that_the_schema_denies_a_type_becomes_a_general_one() -> None:
    records = [Record(Paper(f"p{n}", "t", "a"), (Entity("Quokka", "Model", "uses"),)) for n in range(5)]
    odd = Record(Paper("q", "t", "a"), (Entity("Quokka", "Dataset", "evaluates_on", also=("Model",)),))
    built = tables(*records, odd)
    link = next(row for row in rows(built, "links") if row["source"] == "paper/q")
    assert (link["type"], link["target"], link["also_roles"]) == ("USES", "model/quokka", ["evaluates_on"])


def test_all_links_are_allowed_by_the_schema_and_end_at_nodes() -> None:
    built = tables(wombat())
    types = {row["id"]: row["type"] for row in rows(built, "entities")} | {
        row["id"]: "Paper" for row in rows(built, "papers")
    }
    for row in [*rows(built, "links"), *rows(built, "relations")]:
        kind = load().link_types[row["type"]]
        assert types[row["source"]] in kind.domains, row
        assert types[row["target"]] in kind.ranges, row


def test_counts_of_papers_and_agreed_sizes() -> None:
    other = Record(Paper("q", "t", "a"), (Entity("Quokka-7B", "Model", "uses", parameters=6_900_000_000),))
    entities = {row["id"]: row for row in rows(tables(wombat(), other), "entities")}
    assert entities["model/quokka-7b"]["papers"] == 2
    assert entities["model/quokka-7b"]["parameters"] is None
    assert entities["author/ada-l"]["papers"] == 1
    assert entities["repository/lab-wombat"]["url"] == "https://github.com/lab/wombat"


def test_the_order_of_records_does_not_change_the_tables() -> None:
    others = [Record(Paper(f"p{n}", f"Title {n}", "a"), (Entity("Quokka-7B", "Model", "uses"),)) for n in range(3)]
    assert tables(wombat(), *others).digest() == tables(*reversed(others), wombat()).digest()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("https://github.com/lab/wombat.", "lab/wombat"),
        ("github.com/lab/wombat.git", "lab/wombat"),
        ("https://gitlab.com/lab/wombat/tree/main", "gitlab.com/lab/wombat"),
        ("https://github.com/lab", None),
        ("no address", None),
    ],
)
def test_repositories_are_named_by_owner_and_name(text: str, name: str | None) -> None:
    found = repository(text)
    assert (found[0] if found else None) == name
