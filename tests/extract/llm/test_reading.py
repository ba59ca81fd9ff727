"""What of a reply gets into a record: any JSON may come, only what stands in the text goes in."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from kg.build import assemble
from kg.extract.llm.form import faults, form
from kg.extract.llm.reading import document_of, read, sentences_of
from kg.extract.llm.reply import parsed
from kg.extract.record import from_json, to_json
from kg.model import Paper
from kg.resolve import resolve
from tests.extract.llm.server import entity, reply

TITLE = "FLaws and \\textit{Moth}LM"
ABSTRACT = (
    "Low-Rank\nAdaptation (LoRA) of Llama-2-7B. We train 125M and 350M MobileLLM.\nscriptsizeFLaws gets 84.20 on MMLU "
    "and 1,024 on CIFAR-10/100 in three weeks on 8 GPUs. Straße."
)
PAPER = Paper("1", TITLE, ABSTRACT)


def made(*entities, paper=PAPER, results=()):
    return read(document_of(paper), reply(*entities, results=results), "llm:test")


def names(found):
    return {one.name: list(one.aliases) for one in found.record.entities}


def test_names_that_do_not_occur_are_dropped_and_counted():
    found = made(entity("LoRA", aliases=["Low-Rank Adaptation", "LoRA+"]), entity("GPT-4", "Model"))
    assert names(found) == {"LoRA": ["Low-Rank\nAdaptation"]}, "aliases are spelt as stored"
    assert found.dropped == 2


def test_a_name_that_only_a_fragment_supports_is_kept():
    found = made(entity("MobileLLM-125M", "Model", "introduces", aliases=["125M"], parameters=125e6))
    (one,) = found.record.entities
    assert one.name == "MobileLLM-125M" and "125M" in one.aliases and one.evidence[0].text == "125M"


def test_a_name_is_spelt_as_the_paper_spells_it():
    assert list(names(made(entity("lora")))) == ["LoRA"]


def test_a_name_that_stands_in_the_plural_alone_is_found_and_stays_singular():
    paper = Paper("1", "Routing", "We train MoEs and transformers, not Llama-1/2/3.")
    found = made(entity("MoE"), entity("Transformer"), entity("Llama-3", "Model", aliases=["/3"]), paper=paper)
    assert names(found) == {"MoE": ["MoEs"], "Transformer": ["transformers"], "Llama-3": ["/3"]}


def test_a_name_inside_a_longer_one_is_not_taken_for_it():
    found = made(entity("Llama-2-7B", "Model"), entity("MMLU", "Dataset", "evaluates_on"), entity("ora"))
    assert set(names(found)) == {"Llama-2-7B", "MMLU"}


def test_a_name_glued_to_markup_is_found():
    (one,) = made(entity("FLaws", role="introduces", sentences=[3])).record.entities
    assert one.evidence[0].field == "title"
    (other,) = made(entity("FLaws"), paper=Paper("1", "T", "scriptsizeFLaws wins.")).record.entities
    assert other.evidence[0].start == len("scriptsize")


def test_no_name_reaches_from_the_title_into_the_abstract():
    paper = Paper("1", "About Low-Rank", "Adaptation of models.")
    assert made(entity("Low-Rank Adaptation"), paper=paper).record.entities == ()


def test_one_thing_said_twice_is_one():
    found = made(entity("LoRA", role="uses"), entity("LORA", role="mentions", aliases=["Low-Rank Adaptation"]))
    assert len(found.record.entities) == 1 and found.record.entities[0].role == "uses"


def test_roles_and_quantities_that_do_not_fit_the_type_are_not_kept():
    found = made(
        entity("MMLU", "Dataset", "runs_on", also_roles=["measures", "mentions"], outcome="better", hours=3),
        entity("LoRA", "Method", "trains_on", also_roles=["compares_with"], outcome="worse", count=-2),
        entity("GPU", "Hardware", "runs_on", aliases=["GPUs"], count=8, hours=504, memory_gb=0),
    )
    by_type = {one.type: one for one in found.record.entities}
    assert (by_type["Dataset"].role, by_type["Dataset"].also_roles, by_type["Dataset"].outcome) == (
        "mentions",
        (),
        None,
    )
    assert by_type["Dataset"].hours is None
    assert (by_type["Method"].role, by_type["Method"].outcome, by_type["Method"].count) == ("mentions", "worse", None)
    assert (by_type["Hardware"].count, by_type["Hardware"].hours, by_type["Hardware"].memory_gb) == (8, 504.0, None)


def test_results_stand_on_numbers_in_the_text_and_things_of_the_record():
    things = (entity("FLaws", role="introduces"), entity("MMLU", "Dataset", "evaluates_on"))

    def result(subject="FLaws", dataset="mmlu", value=84.2, **more):
        return {"subject": subject, "dataset": dataset, "value": value, "metric": None, "unit": None, **more}

    wrong = [result("GPT-4"), result(dataset="GSM8K"), result(value=84.3), result(value=4.2), result(value=2**70)]
    found = made(*things, results=[result(metric="F1"), result(value=1024), *wrong])
    assert [(one.subject, one.dataset, one.value, one.metric) for one in found.record.results] == [
        ("FLaws", "MMLU", 84.2, None),
        ("FLaws", "MMLU", 1024.0, None),
    ]
    assert [one.evidence[0].text for one in found.record.results] == ["84.20", "1,024"]
    assert found.dropped == len(wrong)


def test_a_paper_without_a_title_or_text_is_read_all_the_same():
    assert sentences_of(document_of(Paper("1", "", "We use LoRA."))) == ["", "We use LoRA."]
    assert made(entity("LoRA", sentences=[1]), paper=Paper("1", "", "We use LoRA.")).record.entities[0].name == "LoRA"
    assert made(entity("LoRA"), paper=Paper("1", "", "")).record.entities == ()


WORDS = st.sampled_from(["LoRA", "lora", "FLaws", "MMLU", "125M", "84.2", "GPU", "", " ", "\ud800", "a", "8", "Straße"])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=5)
KEYS = st.sampled_from(
    [*form()["properties"]["entities"]["items"]["properties"], "subject", "dataset", "value", "metric"]
)
JUNK = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=12
)
TYPES, ROLES = (form()["properties"]["entities"]["items"]["properties"][key]["enum"] for key in ("type", "role"))
GOOD = st.fixed_dictionaries(
    {"name": WORDS, "type": st.sampled_from(TYPES), "role": st.sampled_from(ROLES)},
    optional={
        "aliases": st.lists(WORDS, max_size=3),
        "also": st.lists(st.sampled_from(TYPES), max_size=3),
        "also_roles": st.lists(st.sampled_from(ROLES), max_size=3),
        "sentences": st.lists(st.integers(), max_size=3),
        "optional": st.booleans(),
        "outcome": st.sampled_from(["better", "worse", "on_par", None]),
        **{key: st.none() | st.integers() for key in ("count", "parameters")},
        **{key: st.none() | st.integers() | st.floats() for key in ("memory_gb", "hours")},
    },
)
RESULT = st.fixed_dictionaries(
    {"subject": WORDS, "dataset": WORDS, "value": st.sampled_from([84.2, 8, 1024, 1e400, 2**80])},
    optional={"metric": st.none() | WORDS, "unit": st.none() | WORDS, "sentence": st.integers()},
)
REPLIES = st.fixed_dictionaries(
    {}, optional={"entities": st.lists(GOOD | JUNK, max_size=8) | JUNK, "results": st.lists(RESULT | JUNK) | JUNK}
)


@given(REPLIES)
def test_any_reply_gives_a_record_that_stands_in_the_text_and_builds(found):
    record = read(document_of(PAPER), found, "llm:test").record
    assert from_json(json.loads(json.dumps(to_json(record)))) == record
    for one in (*record.entities, *record.results):
        assert one.evidence and 0 <= one.confidence <= 1
        for piece in one.evidence:
            assert PAPER.text(piece.field)[piece.start : piece.end] == piece.text != ""
    text = f"{TITLE}\n\n{ABSTRACT}".casefold()
    for one in record.entities:
        assert any(form.casefold() in text for form in (one.name, *one.aliases))
    known = {one.name for one in record.entities}
    assert all({one.subject, one.dataset} <= known for one in record.results)
    assemble([PAPER], [record], resolve([record]))


@given(JUNK)
def test_any_value_is_held_against_the_form(found):
    wrong = list(faults(found, form()))
    good = isinstance(found, dict) and isinstance(found.get("entities"), list) and found.get("results") != 3
    assert wrong or good


@given(st.text())
def test_any_text_is_parsed_or_refused(text):
    try:
        parsed(text)
    except ValueError as error:
        assert str(error)


@given(JUNK)
def test_json_is_found_behind_a_thought_and_inside_a_fence(found):
    try:
        text = json.dumps(found, allow_nan=False)
    except ValueError:
        return
    assert parsed(f"<think>{{}} hm\n</think>\n```json\n{text}\n```\n") == parsed(text) == found
