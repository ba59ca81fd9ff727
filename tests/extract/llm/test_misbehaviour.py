"""Everything a server can do wrong: told, bounded, and without harm to the papers that went well."""

from __future__ import annotations

import email.utils
import json
import socket
import time

import pytest

from kg.errors import ExtractionError, ServerError
from kg.extract.llm import LLM, Endpoint
from kg.extract.llm.extractor import _IN_A_ROW
from kg.model import Paper
from tests.extract.llm.runs import KEY, Run
from tests.extract.llm.server import Answer, entity, fails, reply, says

LORA = says(reply(entity("LoRA")))


def only_first_fails(bad: Answer, name: str = "Pebble0"):
    return lambda asked: bad if f"{name}:" in asked.paper else LORA


BAD = {
    "refusal": (says(None, refusal="I would rather not"), ExtractionError, "refused: I would rather not"),
    "filter": (says("", finish="content_filter"), ExtractionError, "content filter"),
    "length": (says('{"entities": [', finish="length"), ExtractionError, "cut off"),
    "malformed": (says("Sure! Here you are"), ExtractionError, "does not keep the form, nor does a second"),
    "empty": (says(""), ExtractionError, "it is empty"),
    "other form": (says({"things": []}), ExtractionError, "reply.entities is missing"),
    "not an object": (says([1, 2]), ExtractionError, "reply is not an object"),
    "too deep": (says("[" * 100_000), ExtractionError, "nested too deep"),
    "no choices": (Answer({"choices": []}), ExtractionError, "holds no message"),
    "no message": (Answer({"choices": [7]}), ExtractionError, "holds no message"),
    "no JSON": (Answer(b"<html>hello</html>"), ExtractionError, "no JSON object"),
    "no UTF-8": (Answer(b"\xff\xfe{"), ExtractionError, "no JSON object"),
    "400": (fails(400, "context is too long"), ServerError, "answered 400: context is too long"),
    "500": (fails(500, "out of memory"), ServerError, "answered 500: out of memory"),
    "503 in HTML": (Answer(b"<h1>Busy</h1>", 503), ServerError, "answered 503: <h1>Busy</h1>"),
    "error with 200": (Answer({"error": {"message": "upstream", "code": 502}}), ServerError, "502: upstream"),
    "429": (fails(429, "slow down"), ServerError, "answered 429: slow down"),
    "late": (Answer({}, after=1.5), ServerError, "no reply within 0.7 s"),
    "dripping": (Answer(b" " * 4000, drip=0.05), ServerError, "no reply within 0.7 s"),
    "hung up": (Answer(hang_up=True), ServerError, "the connection broke"),
    "broken off": (Answer(says({"entities": []}).body, cut=30), ServerError, "the connection broke"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_paper_that_fails_is_told_of_and_the_others_go_on(model, papers, case):
    bad, kind, words = BAD[case]
    model.script = only_first_fails(bad)
    run = Run(model.url, timeout=0.7 if "0.7" in words else 20.0)
    records = run(papers[:3])
    assert [record and record.paper.id for record in records] == [None, "p1", "p2"]
    assert [type(error) for error in run.errors] == [kind]
    assert "paper p0" in run.told and words in run.told and "127.0.0.1" in run.told
    assert run.llm.usage["failed"] == 1 and run.llm.usage["read"] == 2


@pytest.mark.parametrize(
    "bad",
    [fails(500), fails(502), fails(429), Answer(hang_up=True), Answer({"error": {"message": "x", "code": 503}})],
    ids=["500", "502", "429", "hung up", "503 within 200"],
)
def test_what_may_pass_is_tried_again(model, papers, bad):
    model.answers(bad, LORA)
    run = Run(model.url, retries=1)
    assert [len(record.entities) for record in run(papers[:1])] == [1]
    assert run.errors == [] and len(model.asked) == 2


@pytest.mark.parametrize("bad", [fails(400), fails(413), says(None, refusal="no")], ids=["400", "413", "refusal"])
def test_what_would_only_happen_again_is_not(model, papers, bad):
    model.answers(bad)
    Run(model.url, retries=3)(papers[:1])
    assert len(model.asked) == 1


def test_tries_are_bounded_and_further_apart_each_time(model, papers):
    moments = []
    model.script = lambda asked: moments.append(time.monotonic()) or fails(500)
    run = Run(model.url, retries=2)
    assert run(papers[:1]) == [None]
    first, second, third = moments
    assert second - first >= 0.5 and third - second >= 1.0


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_server_that_asks_for_peace_has_it(model, papers, form):
    wait = "1" if form == "seconds" else email.utils.formatdate(time.time() + 2.5, usegmt=True)
    started = time.monotonic()
    model.answers(fails(429, Retry_After=wait), LORA)
    run = Run(model.url, retries=1)
    assert run(papers[:1])[0] is not None
    assert time.monotonic() - started >= 1.0


def test_a_server_that_asks_for_an_hour_is_not_waited_for(model, papers):
    model.answers(fails(429, "come back later", Retry_After="3600"), LORA)
    run = Run(model.url, retries=5)
    assert run(papers[:1]) == [None]
    assert "come back later" in run.told and "wants 3,600 s of peace" in run.told


def test_an_empty_account_is_not_asked_again(model, papers):
    model.answers(fails(429, "You exceeded your quota", code="insufficient_quota"))
    run = Run(model.url, retries=5)
    run(papers)
    assert len(model.asked) == 1 and "nothing left" in run.told and "5 more not asked" in run.told


@pytest.mark.parametrize("status", [401, 403, 404, 302])
def test_what_is_wrong_for_all_papers_is_asked_once(model, papers, status):
    model.answers(fails(status, Location="http://127.0.0.1:9/elsewhere"))
    run = Run(model.url, retries=5)
    assert run(papers) == [None] * 6
    assert len(model.asked) == 1
    assert len(run.errors) == 2 and "5 more not asked" in run.told
    with pytest.raises(ServerError, match="no paper could be read \\(6 failed\\)"):
        run.llm.check()


def test_a_server_that_fails_paper_after_paper_is_left_in_peace(model, papers):
    model.answers(fails(500))
    many = [Paper(f"{i}", "A title", f"Text {i}.") for i in range(20)]
    run = Run(model.url)
    assert run(many) == [None] * 20
    assert len(model.asked) == _IN_A_ROW and f"{20 - _IN_A_ROW} more not asked" in run.told


def test_where_nobody_listens_it_says_so(papers):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    run = Run(f"http://127.0.0.1:{port}/v1", retries=1)
    assert run(papers) == [None] * 6
    assert "cannot be reached: Connection refused" in run.told and "is the server running?" in run.told
    assert "5 more not asked" in run.told


def test_without_a_callback_the_first_error_is_raised(model, papers):
    model.answers(fails(400, "bad"))
    llm = LLM(Endpoint(model.url, "tiny", retries=0))
    with pytest.raises(ServerError, match="paper p0: answered 400: bad"):
        list(llm.extract(papers))


@pytest.mark.parametrize(
    "broken",
    ["no JSON at all", {"entities": [{"name": "LoRA", "type": "Recipe", "role": "uses"}]}, {"entities": None}],
    ids=["no JSON", "unknown type", "null"],
)
def test_a_broken_reply_is_sent_back_once_with_what_is_wrong(model, papers, broken):
    model.answers(says(broken), LORA)
    run = Run(model.url)
    (record,) = run(papers[:1])
    assert [one.name for one in record.entities] == ["LoRA"]
    first, second = (asked.body["messages"] for asked in model.asked)
    assert second[: len(first)] == first
    assert [message["role"] for message in second[len(first) :]] == ["assistant", "user"]
    assert "does not keep the form" in second[-1]["content"]
    assert run.llm.usage["questions"] == 2 and run.llm.usage["tokens_in"] == 200


def test_of_a_reply_broken_twice_what_is_good_is_kept(model, papers):
    model.answers(says(reply(entity("LoRA"), entity("GSM8K", "Corpus"))))
    run = Run(model.url)
    (record,) = run(papers[:1])
    assert [one.name for one in record.entities] == ["LoRA"]
    assert run.llm.usage["dropped"] == 1 and len(model.asked) == 2


@pytest.mark.parametrize(
    ("complaint", "gone"),
    [
        ("Unsupported value: 'temperature' does not support 0", "temperature"),
        ("'response_format.type' must be one of text, json_object", None),
        ("max_tokens is not supported, use max_completion_tokens", "max_tokens"),
    ],
)
def test_options_that_a_server_does_not_know_are_left_out(model, papers, complaint, gone):
    def script(asked):
        body = asked.body
        if gone is None:
            return fails(400, complaint) if body["response_format"]["type"] == "json_schema" else LORA
        return fails(400, complaint) if gone in body else LORA

    model.script = script
    run = Run(model.url, max_tokens=500)
    assert all(run(papers[:2])) and run.errors == []
    assert len(model.asked) == 3, "what was learnt holds for the next paper"
    assert gone not in model.asked[-1].body


def test_a_server_that_knows_no_form_at_all_is_asked_in_words(model, papers):
    model.script = lambda asked: fails(400, "unknown: response_format") if "response_format" in asked.body else LORA
    run = Run(model.url)
    assert all(run(papers[:1]))
    assert '"entities"' in model.asked[-1].body["messages"][0]["content"]


def test_the_key_is_told_to_nobody_but_the_server(model, papers, tmp_path, caplog):
    echo = f"Incorrect key: {KEY}"
    model.answers(fails(500, echo), Answer(echo.encode(), 502), says(reply(entity(KEY), entity("LoRA", role=KEY))))
    run = Run(model.url, replies=tmp_path)
    run(papers[:3])
    assert {asked.headers["Authorization"] for asked in model.asked} == {f"Bearer {KEY}"}
    kept = "".join(path.read_text() for path in tmp_path.rglob("*") if path.is_file())
    assert "LoRA" in kept
    shown = (run.told, kept, caplog.text, repr(run.llm.endpoint), run.llm.summary(), run.llm.name)
    assert [text for text in shown if KEY in text] == []
    assert KEY not in json.dumps([asked.body for asked in model.asked][:2])


def test_a_key_does_not_follow_a_redirect(model, papers):
    with type(model)().running() as elsewhere:
        model.answers(Answer({}, 307, {"Location": f"{elsewhere.url}/chat/completions"}))
        run = Run(model.url)
        run(papers[:1])
        assert elsewhere.asked == [] and "answered 307" in run.told
