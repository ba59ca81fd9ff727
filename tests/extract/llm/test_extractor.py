from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import pytest

from kg.build import assemble
from kg.extract import extract
from kg.extract.llm import LLM, Endpoint
from kg.extract.llm.extractor import Replies
from kg.extract.record import from_json, to_json
from kg.model import Paper
from kg.resolve import resolve
from tests.extract.llm.runs import Run
from tests.extract.llm.server import entity, fails, reply, says

PAPER = Paper(
    "2501.00001",
    "PebbleTune: Tuning Row by Row",
    "We introduce PebbleTune, which fine-tunes Llama-2-7B on 4 NVIDIA A100 GPUs in 41 hours. PebbleTune beats LoRA and "
    "reaches 61.5% accuracy on GSM8K. Code: https://github.com/pebble/tune.",
)
REPLY = reply(
    entity("PebbleTune", role="introduces", sentences=[1]),
    entity("Llama-2-7B", "Model", parameters=7_000_000_000, sentences=[1]),
    entity("NVIDIA A100", "Hardware", "runs_on", count=4, hours=41, sentences=[1]),
    entity("LoRA", role="compares_with", outcome="better", sentences=[2]),
    entity("GSM8K", "Dataset", "evaluates_on", sentences=[2]),
    entity("accuracy", "Metric", "measures", sentences=[2]),
    results=[
        {"subject": "PebbleTune", "dataset": "GSM8K", "metric": "accuracy", "value": 61.5, "unit": "%", "sentence": 2}
    ],
)


def test_a_record_has_what_the_model_said_and_where_it_stands(model):
    model.answers(says(REPLY))
    (record,) = Run(model.url)([PAPER])
    by_name = {one.name: one for one in record.entities}
    assert set(by_name) == {one["name"] for one in REPLY["entities"]}
    assert (by_name["NVIDIA A100"].count, by_name["NVIDIA A100"].hours) == (4, 41.0)
    assert by_name["Llama-2-7B"].parameters == 7_000_000_000
    assert by_name["LoRA"].outcome == "better"
    first = by_name["PebbleTune"].evidence[0]
    assert first.field == "abstract" and first.sentence.startswith("We introduce"), "the sentence pointed to is first"
    (result,) = record.results
    assert (result.subject, result.dataset, result.value, result.metric, result.unit) == (
        *("PebbleTune", "GSM8K", 61.5),
        *("accuracy", "%"),
    )
    assert [piece.text for piece in record.repositories] == ["https://github.com/pebble/tune"]
    pieces = [piece for one in (*record.entities, *record.results) for piece in one.evidence]
    assert pieces and all(PAPER.text(piece.field)[piece.start : piece.end] == piece.text for piece in pieces)
    for piece in pieces:
        stored = PAPER.text(piece.field)
        assert stored[piece.sentence_start : piece.sentence_start + len(piece.sentence)] == piece.sentence


def test_its_records_have_the_form_of_the_other_ones_and_make_a_graph(model):
    model.answers(says(REPLY))
    (record,) = Run(model.url)([PAPER])
    (other,) = extract([PAPER], profile="fast")
    mine, theirs = to_json(record), to_json(other)
    assert list(mine) == list(theirs)
    assert list(mine["entities"][0]["evidence"][0]) == list(theirs["entities"][0]["evidence"][0])
    assert from_json(json.loads(json.dumps(mine))) == record
    tables = assemble([PAPER], [record], resolve([record]))
    assert set(tables.entities["name"].to_pylist()) >= {one["name"] for one in REPLY["entities"]}
    assert tables.results.num_rows == 1


def test_order_is_kept_and_no_more_than_asked_for_run_at_once(model, papers):
    def script(asked):
        answer = says(reply(entity("LoRA")))
        answer.after = 0.4 if "Pebble0:" in asked.paper else 0.15
        return answer

    model.script = script
    run = Run(model.url, concurrency=3)
    assert [record.paper.id for record in run(papers)] == [paper.id for paper in papers]
    assert 1 < model.most_at_once <= 3


def test_the_question_holds_the_paper_and_nothing_else_of_it(model):
    model.answers(says(REPLY))
    paper = Paper("1", "A title", "A sentence. Another.", authors=("Ada Q. Person",), organization="Moth Labs")
    Run(model.url, key="")([paper])
    (asked,) = model.asked
    assert asked.path == "/v1/chat/completions" and "Authorization" not in asked.headers
    assert "[0] A title\n[1] A sentence.\n[2] Another." in asked.paper
    assert "Ada" not in json.dumps(asked.body) and "Moth" not in json.dumps(asked.body)
    form = asked.body["response_format"]
    assert form["type"] == "json_schema" and form["json_schema"]["strict"] is True
    assert asked.body["temperature"] == 0 and asked.body["model"] == "tiny"


def test_tokens_and_cost_are_counted(model, papers):
    model.answers(says(reply(entity("LoRA"))), says(reply(), tokens=None))
    run = Run(model.url, price_in=2.0, price_out=10.0)
    run(papers[:3])
    usage = run.llm.usage
    assert (usage["questions"], usage["tokens_in"], usage["tokens_out"]) == (3, 100, 20)
    assert usage.cost(run.llm.endpoint) == pytest.approx(0.0004)
    assert "3 questions, 100 tokens in and 20 out (not told of 2), cost 0.0004" in run.llm.summary()


def test_what_was_paid_for_is_not_asked_again(model, papers, tmp_path):
    model.script = lambda asked: fails(500) if "Pebble2:" in asked.paper else says(reply(entity("LoRA")))
    first = Run(model.url, replies=tmp_path)(papers)
    model.script = lambda asked: says(reply(entity("GSM8K", "Dataset", "evaluates_on")))
    asked = len(model.asked)
    second = Run(model.url, replies=tmp_path)
    again = second(papers)
    assert len(model.asked) == asked + 1 and "Pebble2:" in model.asked[-1].paper
    assert [a == b for a, b in zip(first, again, strict=True)] == [True, True, False, True, True, True]
    assert second.llm.usage["kept"] == 5


def test_a_dead_server_does_not_take_what_is_kept(model, papers, tmp_path):
    model.script = lambda asked: says(reply(entity("LoRA")))
    first = Run(model.url, replies=tmp_path)(papers[:3])
    model.script = lambda asked: fails(401)
    run = Run(model.url, replies=tmp_path)
    assert run([papers[4], papers[5], *papers[:3]]) == [None, None, *first]
    run.llm.check()


def test_another_model_or_text_or_damage_is_another_question(model, papers, tmp_path):
    model.script = lambda asked: says(reply(entity("LoRA")))
    Run(model.url, replies=tmp_path)(papers[:1])
    list(LLM(Endpoint(model.url, "other"), replies=tmp_path).extract(papers[:1]))
    changed = Paper("p0", papers[0].title, papers[0].abstract + " More.")
    Run(model.url, replies=tmp_path)([changed])
    assert len(model.asked) == 3
    for path in tmp_path.iterdir():
        path.write_text("[" * 10)
    Run(model.url, replies=tmp_path)(papers[:1])
    assert len(model.asked) == 4


def test_kept_replies_hold_neither_text_nor_address(model, papers, tmp_path):
    model.script = lambda asked: says(reply(entity("LoRA")))
    Run(model.url, replies=tmp_path)(papers[:1])
    (kept,) = tmp_path.iterdir()
    assert "Small Stones" not in kept.read_text() and "127.0.0.1" not in kept.read_text()
    assert Replies(tmp_path, "tiny", "another prompt").get(papers[0]) is None


def test_ctrl_c_ends_it_while_a_question_waits(model):
    """A process asked to stop does not wait for the server's reply."""
    answer = says(reply())
    answer.after = 600
    model.script = lambda asked: answer
    code = (
        "from kg.extract.llm import LLM, Endpoint\n"
        "from kg.model import Paper\n"
        f"llm = LLM(Endpoint({model.url!r}, 'm', timeout=600))\n"
        "try:\n"
        "    list(llm.extract([Paper('1', 'T', 'A.')]))\n"
        "except KeyboardInterrupt:\n"
        "    print('stopped')\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        until = time.monotonic() + 120
        while not model.asked and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=120) == ("stopped\n", None)
