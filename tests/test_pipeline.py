from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kg
from kg.cache import CACHE, Cache
from kg.files import replacing_folder
from kg.pipeline import run
from tests.sources.pages import Made, blank

ABSTRACT = (
    "We introduce {name}, a method that fine-tunes Llama-2-7B on one NVIDIA A100 GPU. {name} outperforms LoRA on GSM8K "
    "and reaches an accuracy of {score}% there. It keeps memory low by updating few rows at a time. {more}"
)
NAMES = ("PebbleTune", "LanternKV", "CairnNet", "MothLM")
MORE = ("It is simple to apply.", "We release all code.", "Three seeds agree.", "Ablations show why it works.")


def page(folder: Path, name: str, *places: int) -> Path:
    papers = [
        Made(f"{NAMES[i]}: Less Is Enough", ABSTRACT.format(name=NAMES[i], score=50 + i, more=MORE[i])) for i in places
    ]
    (folder / name).write_text(blank(papers), encoding="utf-8")
    return folder / name


def build(*inputs: Path, **options):
    return run(inputs, profile="fast", **options)


def contents(folder: Path) -> dict[str, str]:
    """Digests of all files below ``folder`` that are the same for the same graph (a RocksDB store is not)."""
    files = [f for f in sorted(folder.rglob("*")) if f.is_file() and "stores" not in f.parts]
    return {str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


@pytest.fixture(scope="module")
def sample(root: Path) -> Path:
    return root / "samples" / "daily-papers.txt"


def test_a_graph_in_memory_answers(sample):
    graph = kg.build([sample], profile="fast")
    assert graph.papers.num_rows == 12
    rows = graph.cypher("MATCH (p:Paper)-[:INTRODUCES]->(m {name: 'PebbleTune'}) RETURN p.name").rows
    assert rows == [("PebbleTune: Fine-Tuning Quantized Language Models One Row at a Time",)]


def test_a_build_fills_the_folder_and_a_second_one_changes_nothing(tmp_path, sample):
    from kg.export import registry

    build(sample, folder=tmp_path / "out")
    first = contents(tmp_path / "out")
    for name, form in registry():
        assert (tmp_path / "out" / form.filename).exists() == form.default, name
    seen: list[str] = []
    again = build(sample, folder=tmp_path / "out", progress=lambda stage, done, total: seen.append(stage))
    assert contents(tmp_path / "out") == first
    assert "extract" not in seen
    assert "12 kept from before" in next(s.gave for s in again.report.stages if s.name == "extract")


def test_only_new_papers_are_extracted(tmp_path):
    build(page(tmp_path, "a.txt", 0, 1), folder=tmp_path / "out", formats=[])
    seen: list[tuple[str, int, int]] = []
    both = page(tmp_path, "b.txt", 0, 1, 2)
    build(both, folder=tmp_path / "out", formats=[], progress=lambda *told: seen.append(told))
    assert [told for told in seen if told[0] == "extract"] == [("extract", 1, 1)]


def test_adding_gives_what_a_whole_build_gives(tmp_path):
    a, b = page(tmp_path, "a.txt", 0, 1), page(tmp_path, "b.txt", 1, 2)
    build(a, folder=tmp_path / "out", formats=[])
    added = build(b, folder=tmp_path / "out", formats=[], add=True)
    assert added.graph.digest == build(a, b).graph.digest
    assert added.report.pages == {"b.txt": 2}


def test_a_removed_paper_is_gone_from_everything(tmp_path):
    a = page(tmp_path, "a.txt", 0, 1, 2)
    out = tmp_path / "out"
    build(a, folder=out)
    with pytest.raises(kg.UnknownNameError, match="LanternKV"):
        kg.remove(out, ["LanternKV: Less Is Enuf"], profile="fast")
    kg.remove(out, ["LanternKV: Less Is Enough"], profile="fast")
    left = kg.Graph.load(out)
    assert left.papers.num_rows == 2
    assert left.cypher("MATCH (n) WHERE n.name CONTAINS 'Lantern' RETURN n").rows == []
    assert left.sparql("SELECT ?s WHERE { ?s ?p ?o FILTER(CONTAINS(STR(?o), 'Lantern')) }").rows == []
    assert not [f for f in out.glob("*") if f.is_file() and b"LanternKV" in f.read_bytes()]
    assert not [p for p in Cache(out).papers() if "Lantern" in p.title]
    assert not list((out / CACHE).glob("partial-*"))
    with pytest.raises(kg.GraphError, match="nothing would be left"):
        kg.remove(out, ["pebbletune-less-is-enough", "paper/cairnnet-less-is-enough"], profile="fast")


def test_bad_input_is_told_and_the_rest_goes_on(tmp_path):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    errors: list[kg.InputError] = []
    built = build(bad, page(tmp_path, "a.txt", 0), on_error=errors.append)
    assert built.graph.papers.num_rows == 1
    assert [str(bad) == e.where for e in errors] == [True]
    with pytest.raises(kg.InputError, match="no papers"):
        build(bad, on_error=errors.append)


def test_what_is_not_ours_in_the_folder_stays(tmp_path):
    a, out = page(tmp_path, "a.txt", 0), tmp_path / "out"
    out.mkdir()
    (out / "README.md").write_text("mine")
    build(a, folder=out, formats=["turtle", "gexf"])
    (out / "notes").mkdir()
    (out / "notes" / "n.txt").write_text("mine too")
    build(a, folder=out, formats=["turtle"])
    assert (out / "README.md").read_text() + (out / "notes" / "n.txt").read_text() == "minemine too"
    assert (out / "graph.ttl").exists() and not (out / "graph.gexf").exists()


def test_an_export_once_asked_for_is_kept_up_to_date(tmp_path):
    out = tmp_path / "out"
    graph = build(page(tmp_path, "a.txt", 0), folder=out, formats=["turtle"]).graph
    graph.export("gexf")
    build(page(tmp_path, "a.txt", 1), folder=out)
    assert b"LanternKV" in (out / "graph.gexf").read_bytes()


def exports(folder: Path) -> set[str]:
    from kg.export import registry

    return {name for name, form in registry() if (folder / form.filename).exists()}


def test_the_exports_chosen_are_those_of_every_later_build(tmp_path):
    a, b, out = page(tmp_path, "a.txt", 0, 1), page(tmp_path, "b.txt", 2), tmp_path / "out"
    build(a, folder=out, formats=["turtle", "gexf"])
    kg.remove(out, ["pebbletune-less-is-enough"], profile="fast")
    assert exports(out) == {"turtle", "gexf"}
    (out / "graph.gexf").unlink()
    build(b, folder=out, add=True)
    assert exports(out) == {"turtle", "gexf"}
    kg.Graph.load(out).save()
    assert build(b, folder=out).graph.papers.num_rows == 1
    assert exports(out) == {"turtle", "gexf"}
    build(b, folder=out, formats=[])
    build(b, folder=out)
    assert exports(out) == set()


def test_usual_stands_for_all_usual_exports(tmp_path):
    from kg.export import registry

    usual = {name for name, form in registry() if form.default}
    a, out = page(tmp_path, "a.txt", 0), tmp_path / "out"
    build(a, folder=out, formats=["turtle"])
    build(a, folder=out, formats=["usual"])
    assert exports(out) == usual
    (out / "graph.ttl").unlink()
    build(a, folder=out)
    assert exports(out) == usual


def test_a_folder_of_other_things_is_refused_before_any_work(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.tex").write_text("years of work")
    with pytest.raises(kg.GraphError, match=r"thesis\.tex"):
        build(tmp_path / "nowhere.txt", folder=tmp_path / "home")
    (tmp_path / "file").write_text("")
    with pytest.raises(kg.GraphError, match="is a file"):
        build(tmp_path / "nowhere.txt", folder=tmp_path / "file")


def test_an_unknown_format_is_refused_and_the_old_graph_stays(tmp_path):
    out = tmp_path / "out"
    build(page(tmp_path, "a.txt", 0), folder=out, formats=["turtle"])
    before = contents(out)
    with pytest.raises(kg.KgError, match="turtel"):
        build(page(tmp_path, "a.txt", 1), folder=out, formats=["turtel"])
    assert {name: digest for name, digest in contents(out).items() if CACHE not in name} == {
        name: digest for name, digest in before.items() if CACHE not in name
    }


def test_a_linked_folder_is_filled_where_it_points_to(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "disk")
    build(page(tmp_path, "a.txt", 0), folder=tmp_path / "out", formats=["turtle"])
    assert (tmp_path / "out").is_symlink() and (tmp_path / "disk" / "graph.ttl").exists()


def test_damaged_records_are_extracted_again(tmp_path):
    a, out = page(tmp_path, "a.txt", 0), tmp_path / "out"
    digest = build(a, folder=out, formats=[]).graph.digest
    (out / CACHE / "records.parquet").write_bytes(b"damaged")
    assert build(a, folder=out, formats=[]).graph.digest == digest


KILLED = """
import sys
from kg.pipeline import run
run([sys.argv[1]], profile="fast", folder=sys.argv[2])
"""


def _first_output(out: Path, killed: subprocess.Popen) -> bool:
    """Wait until the build has begun to write; ``False`` when it ended before."""
    while killed.poll() is None:
        if any(file.is_file() for left in out.parent.glob(f".{out.name}.tmp-*") for file in left.rglob("*.parquet")):
            return True
        time.sleep(0.001)
    return False


def test_a_build_killed_half_way_leaves_the_old_graph_whole_and_the_next_one_goes_on(tmp_path, sample):
    out = tmp_path / "out"
    build(page(tmp_path, "a.txt", 0), folder=out)
    before = contents(out)
    killed = subprocess.Popen([sys.executable, "-c", KILLED, sample, out], cwd=Path(__file__).parents[1])
    try:
        assert _first_output(out, killed), "the build ended before it was killed"
    finally:
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    after = contents(out)
    assert {n: d for n, d in after.items() if CACHE not in n} == {n: d for n, d in before.items() if CACHE not in n}
    assert kg.Graph.load(out).papers.num_rows == 1
    assert list(tmp_path.glob(".out.tmp-*"))
    seen: list[str] = []
    build(sample, folder=out, progress=lambda stage, done, total: seen.append(stage))
    assert "extract" not in seen, "what the killed build had read is not read again"
    assert kg.Graph.load(out).papers.num_rows == 12
    assert not list(tmp_path.glob(".out.tmp-*"))


@pytest.mark.skipif(sys.platform != "linux", reason="folders change names in one step on Linux only")
def test_readers_never_see_a_folder_half_replaced(tmp_path):
    out = tmp_path / "out"
    with replacing_folder(out) as new:
        (new / "whole").write_text("1")
    reader = subprocess.Popen(
        [sys.executable, "-c", "import os, sys\nwhile os.path.exists(sys.argv[1]): pass", out / "whole"]
    )
    for turn in range(200):
        with replacing_folder(out) as new:
            (new / "whole").write_text(str(turn))
    assert reader.poll() is None
    reader.kill()
    reader.wait()
