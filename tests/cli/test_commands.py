from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import pytest

from kg.cli.settings import settings

LORA = "MATCH (p:Paper)-[r]->(:Method {name: $name}) RETURN p.name AS paper, type(r) AS link ORDER BY paper"


def test_build_closes_with_what_it_read_found_merged_and_wrote(kg, sample, tmp_path):
    told = kg("build", sample, "-o", tmp_path / "out", "--profile", "fast", "--only", "turtle")
    assert (told.code, told.out) == (0, "")
    for said in ("12 papers (12 on 1 page)", "12 records", "merged", "links", "graph.ttl", "stores/", "in all"):
        assert said in told.err
    assert (tmp_path / "out" / "graph.ttl").exists()


def test_quiet_is_quiet_but_errors_are_told(kg, sample, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    told = kg(
        "build", tmp_path / "empty.txt", sample, "-o", tmp_path / "out", "--profile", "fast", "-q", "--only", "turtle"
    )
    assert told.code == 3
    assert told.err.strip().count("\n") == 0 and "empty.txt" in told.err
    assert (tmp_path / "out" / "tables").is_dir()


def test_extract_prints_records_that_the_scorer_reads(kg, sample, tmp_path):
    told = kg("extract", sample, "--profile", "fast")
    records = [json.loads(line) for line in told.out.splitlines()]
    assert len(records) == 12
    assert all({"id", "title", "abstract", "entities", "results"} <= set(record) for record in records)
    assert kg("extract", sample, "--profile", "fast", "-o", tmp_path / "r.jsonl").out == ""
    assert (tmp_path / "r.jsonl").read_text(encoding="utf-8") == told.out


def test_the_scorer_reads_what_extract_prints(kg, shared: Path, tmp_path):
    gold = shared / "gold" / "dev.jsonl"
    (tmp_path / "some.jsonl").write_text("".join(gold.read_text(encoding="utf-8").splitlines(keepends=True)[:5]))
    kg("extract", tmp_path / "some.jsonl", "--profile", "fast", "-o", tmp_path / "pred.jsonl")
    score = [sys.executable, shared / "gold" / "score.py", "--json", "--gold", tmp_path / "some.jsonl", "--pred"]
    told = subprocess.run([*score, tmp_path / "pred.jsonl"], capture_output=True, text=True, check=True)
    report = json.loads(told.stdout)
    assert (report["records"], report["absent"]) == (5, 0)


def test_cypher_in_three_forms(kg, built):
    table = kg("cypher", LORA, "-p", "name=LoRA", "-g", built)
    as_json = json.loads(kg("cypher", LORA, "-p", "name=LoRA", "-g", built, "--format", "json").out)
    as_csv = list(
        csv.DictReader(io.StringIO(kg("cypher", LORA, "-p", "name=LoRA", "-g", built, "--format", "csv").out))
    )
    assert as_json == as_csv and len(as_json) >= 2
    assert all(row["paper"] in table.out for row in as_json)
    assert f"{len(as_json)} rows" in table.err


def test_a_query_from_standard_input(kg, built, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("MATCH (p:Paper) RETURN count(p) AS n"))
    assert json.loads(kg("cypher", "-", "-g", built, "--format", "json").out) == [{"n": 12}]
    monkeypatch.setattr(sys, "stdin", io.StringIO("SELECT (COUNT(?p) AS ?n) WHERE { ?p a kg:Paper }"))
    assert json.loads(kg("sparql", "-", "-g", built, "--format", "json").out) == [{"n": 12}]


def test_a_wrong_query_shows_the_place(kg, built):
    for language, query in (("cypher", "MATCH (n) RETRUN n"), ("sparql", "SELEKT ?x WHERE { ?x ?y ?z }")):
        told = kg(language, query, "-g", built)
        assert told.code == 5 and "line 1" in told.err


def test_triples_are_written_as_turtle(kg, built):
    construct = "CONSTRUCT { ?p kg:runsOn ?h } WHERE { ?p kg:runsOn ?h }"
    told = kg("sparql", construct, "-g", built, "--format", "ttl")
    assert told.code == 0 and "kg:runsOn" in told.out


def test_show_tells_papers_by_role_with_sentences(kg, built):
    told = kg("show", "lora", "-g", built)
    assert told.out.startswith("LoRA  Method  method/lora")
    assert "COMPARES_WITH" in told.out and "[LoRA]" in told.out
    assert "NVIDIA" in kg("show", "nvidia a100", "-g", built).out
    found = json.loads(kg("show", "LoRA", "-g", built, "--format", "json").out)
    assert found[0]["ref"]["id"] == "method/lora"


def test_show_of_an_unknown_name_suggests_near_ones(kg, built):
    told = kg("show", "PebbelTune", "-g", built)
    assert told.code == 4 and "PebbleTune" in told.err


def test_path_tells_the_steps(kg, built):
    told = kg("path", "PebbleTune", "LanternKV", "-g", built, "--limit", "1")
    assert told.code == 0
    assert told.out.startswith("1. PebbleTune – ") and "“" in told.out
    assert kg("path", "PebbleTune", "SaltFlow", "-g", built, "--longest", "1").code == 4


def test_papers_of_one_title_are_told_apart_by_their_ids(kg, tmp_path):
    from kg.graph import Graph
    from kg.tables import Tables
    from tests import graphs

    papers = [graphs.paper(key, title, "text") for key, title in (("p1", "Twins"), ("p2", "Twins"), ("p3", "Alone"))]
    things = [graphs.entity(f"method/{name}", "Method", name) for name in ("a", "b")]
    links = [graphs.link(paper["id"], "USES", thing["id"]) for paper in papers for thing in things]
    Graph(Tables.from_rows(papers=papers, entities=things, links=links)).save(tmp_path / "out")
    ways = [line for line in kg("path", "a", "b", "-g", tmp_path / "out").out.splitlines() if line[0].isdigit()]
    assert ways == ["1. a – Twins (paper/p1) – b", "2. a – Twins (paper/p2) – b", "3. a – Alone – b"]
    told = kg("show", "a", "-g", tmp_path / "out").out
    assert "  Twins (paper/p1)\n" in told and "  Twins (paper/p2)\n" in told and "  Alone\n" in told


def test_search_ranks_whole_names_first(kg, built):
    rows = json.loads(kg("search", "lora", "-g", built, "--format", "json").out)
    assert rows[0]["name"] == "LoRA"
    assert kg("search", "lora", "-g", built, "--type", "Nothing").code == 2


def test_stats_count_what_the_tables_hold(kg, built):
    counted = json.loads(kg("stats", "-g", built, "--format", "json").out)
    assert counted["papers"] == 12
    table = kg("stats", "-g", built).out
    assert "Paper" in table and "12" in table


def test_schema_tells_types_and_properties(kg):
    assert "RUNS_ON" in kg("schema").out
    assert "memory_gb" in kg("schema", "runs_on").out
    assert json.loads(kg("schema", "nodes", "--format", "json").out)[0]["node"] == "Paper"
    assert len(json.loads(kg("schema", "properties", "--format", "json").out)) > 20


def test_formats_lists_both_kinds(kg):
    rows = json.loads(kg("formats", "--format", "json").out)
    assert {"listing", "jsonl", "turtle", "html"} <= {row["format"] for row in rows}


def test_an_export_again_with_options(kg, built, tmp_path):
    told = kg("export", "turtle", "-g", built, "-o", tmp_path / "plain.ttl", "--no-evidence")
    assert told.code == 0 and "plain.ttl" in told.err
    assert (tmp_path / "plain.ttl").stat().st_size < (built / "graph.ttl").stat().st_size
    assert kg("export", "turtle", "-g", built, "--nonsense", "1").code == 2
    assert kg("export", "turtle", "-g", built, "--evidence=perhaps").code == 2
    assert kg("export", "html", "-g", built, "-o", tmp_path / "l.html", "--focus", "LoRA", "--hops", "1").code == 0
    assert (tmp_path / "l.html").stat().st_size < (built / "graph.html").stat().st_size


def test_options_of_formats_are_read_from_their_writers():
    def write(graph, target, *, deep: bool = False, hops: int = 1, type: Sequence[str] = (), base: str = ""): ...

    def plain(graph, target, *, hops: float = 1): ...

    both = {"a": write, "b": plain}
    assert settings(both, ["--hops", "2", "--deep", "--type", "A,B", "--type=C", "--base", "--x"]) == {
        "a": {"hops": 2, "deep": True, "type": ("A", "B", "C"), "base": "--x"},
        "b": {"hops": 2.0},
    }
    assert settings(both, ["--no-deep", "--no-hops"]) == {"a": {"deep": False, "hops": 0}, "b": {"hops": 0}}
    for wrong in (["--nothing"], ["--hops", "many"], ["--hops"], ["--no-base"], ["hops", "2"], ["--deep=maybe"]):
        with pytest.raises(click.UsageError):
            settings(both, wrong)


def test_explain_tells_what_became_of_each_candidate(kg, sample):
    told = kg("extract", sample, "--profile", "fast", "--explain")
    assert told.code == 0 and "left out" in told.out and "PebbleTune" in told.out


def test_import_reads_back_what_an_export_wrote(kg, built, tmp_path):
    told = kg("import", built / "graph.ttl", "-o", tmp_path / "again", "-q")
    assert told.code == 0
    assert (tmp_path / "again" / "graph.nt").read_bytes() == (built / "graph.nt").read_bytes()


def test_remove_takes_a_paper_out(kg, sample, tmp_path):
    out = tmp_path / "out"
    kg("build", sample, "-o", out, "--profile", "fast", "-q", "--only", "turtle")
    told = kg("remove", "SaltFlow: Rectified Flow Without the Last Ten Steps", "-g", out, "--profile", "fast")
    assert told.code == 0 and "1 paper removed" in told.err
    assert "SaltFlow" not in (out / "graph.ttl").read_text(encoding="utf-8")
    assert kg("remove", "SaltFlow", "-g", out, "--profile", "fast").code == 4


def test_validate_says_what_is_wrong_with_exit_code_1(kg, built, tmp_path):
    pytest.importorskip("pyshacl")
    assert kg("validate", built).code == 0
    bad = tmp_path / "bad.ttl"
    bad.write_text((built / "graph.ttl").read_text(encoding="utf-8").replace("skos:prefLabel", "skos:hiddenLabel"))
    told = kg("validate", bad)
    assert told.code == 1 and "violation" in told.out


def test_eval_prints_the_table(kg, sample, tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(kg("extract", sample, "--profile", "fast").out, encoding="utf-8")
    told = kg("eval", "--gold", gold, "--profile", "fast")
    assert told.code == 0 and "precision" in told.out and "12 papers" in told.out
    report = json.loads(kg("eval", "--gold", gold, "--profile", "fast", "--format", "json", "--errors").out)
    assert report["measures"]["all four"]["f1"] == 1.0 and report["errors"] == []
    assert kg("eval", "--gold", gold, "--profile", "fast", "--without", "nothing").code == 1


def test_ask_gives_one_answer_by_all_engines(kg, built):
    assert len(json.loads(kg("ask", "--list", "--format", "json").out)) >= 40
    told = [
        kg("ask", "1", "--engine", engine, "-g", built, "--format", "json") for engine in ("cypher", "sparql", "python")
    ]
    assert told[0].out == told[1].out == told[2].out and json.loads(told[0].out)
    assert "MATCH" in kg("ask", "1", "--query").out
    assert "def " in kg("ask", "1", "--query", "--engine", "python").out
    assert (kg("ask").code, kg("ask", "999", "-g", built).code) == (2, 4)


def test_serve_answers_until_stopped(built):
    from urllib.request import urlopen

    line = [sys.executable, "-m", "kg", "serve", "-g", str(built), "--port", "0"]
    with subprocess.Popen(line, stderr=subprocess.PIPE, text=True) as server:
        try:
            address = server.stderr.readline().split(" at ")[1].split()[0]
            ask = f"{address.rstrip('/')}/query?query=ASK%20%7B%20%3Fp%20a%20kg%3APaper%20%7D"
            with urlopen(ask, timeout=10) as reply:
                assert b"true" in reply.read()
        finally:
            server.send_signal(signal.SIGINT)
    assert server.returncode in (0, 130)


def test_push_without_a_server_says_so(kg, built):
    told = kg("push", "-g", built, "--uri", "bolt://127.0.0.1:9")
    assert told.code == 6 and "bolt://127.0.0.1:9" in told.err


def test_hostile_names_cannot_steer_the_terminal(kg, tmp_path):
    title = "\x1b[31mRed\x1b[0m [bold]Alert[/bold] \u009b2J of a Method"
    line = {"id": "evil", "title": title, "abstract": "We present Redness. It uses BERT on SQuAD."}
    (tmp_path / "e.jsonl").write_text(json.dumps(line))
    kg("build", tmp_path / "e.jsonl", "-o", tmp_path / "out", "--profile", "fast", "-q", "--only", "turtle")
    for arguments in (["show", "BERT"], ["search", "alert"], ["cypher", "MATCH (p:Paper) RETURN p.title"]):
        told = kg(*arguments, "-g", tmp_path / "out")
        assert told.code == 0
        assert "\x1b[31m" not in told.out and "\x9b" not in told.out
        assert "[bold]Alert[/bold]" in told.out
