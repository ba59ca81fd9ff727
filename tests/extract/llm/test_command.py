"""`--extractor llm` as a user meets it: build, extract, eval and remove against a server on loopback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli.app import run
from tests.extract.llm.runs import KEY
from tests.extract.llm.server import Asked, Model, entity, fails, reply, says

Told = tuple[int, str, str]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Told]:
    monkeypatch.setenv("KG_LLM_KEY", KEY)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> Told:
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert KEY not in out + err
        return code, out, err

    return call


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    rows = [
        {"id": f"2501.0000{i}", "title": f"Pebble{i}: Stones", "abstract": f"We present Pebble{i}. It beats LoRA."}
        for i in range(4)
    ]
    path = tmp_path / "list.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def careful(asked: Asked):
    """A model that reads well: it finds the paper's own name and the rival."""
    own = asked.paper.split("[0] ")[1].split(":")[0]
    return says(
        reply(entity(own, role="introduces", sentences=[1]), entity("LoRA", role="compares_with", outcome="better"))
    )


def asking(model: Model, *more: str) -> list[str]:
    return ["--extractor", "llm", "--llm", f"url={model.url}", "--llm", "model=tiny", "--llm", "retries=0", *more]


def entities(kg: Callable[..., Told], folder: Path) -> list[str]:
    query = "MATCH (:Paper)-[r:INTRODUCES|COMPARES_WITH]->(e) RETURN DISTINCT e.name AS name ORDER BY name"
    _, out, _ = kg("cypher", query, "-g", folder, "--format", "json")
    return [row["name"] for row in json.loads(out)]


def test_a_graph_is_built_added_to_and_taken_from_without_asking_twice(model, kg, listing, tmp_path):
    out = tmp_path / "out"
    model.script = lambda asked: fails(500, "busy") if "Pebble2:" in asked.paper else careful(asked)
    prices = ("--llm", "price_in=1", "--llm", "price-out=2")
    code, _, err = kg("build", listing, "-o", out, "--only", "turtle", *asking(model, *prices))
    assert code == 6 and "paper 2501.00002: answered 500: busy" in err
    assert "3 read by tiny with 3 questions, 300 tokens in and 60 out, cost 0.0004" in err and "1 failed" in err
    assert entities(kg, out) == ["LoRA", "Pebble0", "Pebble1", "Pebble3"]

    model.script, before = careful, len(model.asked)
    code, _, err = kg("build", listing, "-o", out, "--only", "turtle", *asking(model))
    assert code == 0 and len(model.asked) == before + 1, "only the paper that failed is asked about"
    assert entities(kg, out) == ["LoRA", "Pebble0", "Pebble1", "Pebble2", "Pebble3"]

    assert len(list((out / ".cache" / "llm").iterdir())) == 4, "replies outlast the folder's replacement"
    code, _, _ = kg("remove", "2501.00001", "-g", out)
    assert code == 0 and len(model.asked) == before + 1
    assert entities(kg, out) == ["LoRA", "Pebble0", "Pebble2", "Pebble3"], "the others stay as the model read them"
    assert len(list((out / ".cache" / "llm").iterdir())) == 3
    assert [path for path in out.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()] == []


def test_a_graph_is_not_replaced_by_one_that_nobody_read(model, kg, listing, tmp_path):
    out = tmp_path / "out"
    assert kg("build", listing, "-o", out, "--only", "turtle", "--profile", "fast", "-q")[0] == 0
    before = (out / "graph.ttl").read_bytes()
    model.answers(fails(401, "who are you?"))
    code, _, err = kg("build", listing, "-o", out, *asking(model))
    assert code == 6 and "no paper could be read" in err and "KG_LLM_KEY" in err
    assert (out / "graph.ttl").read_bytes() == before


def test_records_are_printed_and_kept_for_the_next_command(model, kg, listing, tmp_path):
    model.script = careful
    cache = ("--llm", f"cache={tmp_path / 'replies'}")
    code, out, err = kg("extract", listing, *asking(model, *cache))
    records = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and [one["entities"][0]["role"] for one in records] == ["introduces"] * 4
    assert "4 read by tiny" in err
    gold = tmp_path / "gold.jsonl"
    gold.write_text(out, encoding="utf-8")
    code, out, err = kg("eval", "--gold", gold, "--format", "json", *asking(model, *cache))
    assert code == 0 and json.loads(out)["measures"]["introduces"]["f1"] == 1.0
    assert len(model.asked) == 4 and "4 replies kept from before" in err


def test_a_file_of_records_is_not_replaced_by_nothing(model, kg, listing, tmp_path):
    (tmp_path / "records.jsonl").write_text("dear\n")
    model.answers(fails(403, "not for you"))
    assert kg("extract", listing, "-o", tmp_path / "records.jsonl", *asking(model))[0] == 6
    assert (tmp_path / "records.jsonl").read_text() == "dear\n"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--extractor", "llm"), "where is the model?"),
        (("--extractor", "llm", "--llm", "url=http://h/v1"), "which model?"),
        (("--llm", "model=m"), "--llm goes with --extractor llm"),
        (("--extractor", "llm", "--llm", KEY), "--llm takes NAME=VALUE"),
        (("--extractor", "llm", "--llm", "mdoel=m"), "did you mean model?"),
        (("--extractor", "llm", "--explain", "--llm", "url=http://h/v1", "--llm", "model=m"), "--explain shows"),
    ],
)
def test_mistakes_are_answered(kg, listing, options, words):
    code, out, err = kg("extract", listing, *options)
    assert code != 0 and words in err and out == ""
