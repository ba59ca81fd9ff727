from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.beside import Helper, make_all
from kg.errors import ExportError
from kg.graph import Graph
from kg.projections import every_task, tasks
from tests import graphs


def saved(folder: Path) -> Graph:
    graph = graphs.small()
    graph.save(folder)
    return graph


def contents(folder: Path) -> dict[str, str]:
    """Digests of all files below ``folder`` but RocksDB's, which are never twice the same."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and "rocksdb" not in file.parts]
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_two_processes_write_what_one_writes(tmp_path: Path) -> None:
    told: list[int] = []
    alone = make_all(saved(tmp_path / "alone"), every_task(), None, told.append)
    assert told == list(range(1, len(alone) + 1))
    with Helper(every_task) as helper:
        both = make_all(saved(tmp_path / "both"), every_task(), helper, told.append)
    assert [stage.name for stage in both] == [stage.name for stage in alone] == list(every_task())
    assert contents(tmp_path / "both") == contents(tmp_path / "alone")
    assert len(contents(tmp_path / "both")) > len(both)
    asked = "ASK { ?paper a kg:Paper }"
    assert Graph.load(tmp_path / "both").sparql(asked).rows == Graph.load(tmp_path / "alone").sparql(asked).rows


def test_the_helper_makes_what_it_is_asked_for(tmp_path: Path) -> None:
    saved(tmp_path / "graph")
    with Helper(every_task) as helper:
        stage = helper.make(tmp_path / "graph", "export turtle")
    assert stage.name == "export turtle" and stage.gave.startswith("graph.ttl (")
    assert (tmp_path / "graph" / "graph.ttl").exists()


def test_what_goes_wrong_there_is_raised_here(tmp_path: Path) -> None:
    graph = saved(tmp_path / "graph")
    (tmp_path / "graph" / "graph.ttl").mkdir()
    with Helper(every_task) as helper:
        with pytest.raises(IsADirectoryError) as alone:
            make_all(graph, tasks(["turtle"]), None, lambda done: None)
        with pytest.raises(IsADirectoryError) as beside:
            helper.make(tmp_path / "graph", "export turtle")
        assert str(beside.value).split("->")[-1] == str(alone.value).split("->")[-1]
        with pytest.raises(IsADirectoryError):
            make_all(graph, tasks(["turtle", "gexf", "graphml"]), helper, lambda done: None)


def test_a_helper_that_has_died_is_an_error_and_no_wait(tmp_path: Path) -> None:
    graph = saved(tmp_path / "graph")
    with Helper(every_task) as helper:
        helper.end()
        with pytest.raises(ExportError, match=r"export turtle: .* has ended .*--workers 1"):
            helper.make(tmp_path / "graph", "export turtle")
        with pytest.raises(ExportError, match="has ended"):
            make_all(graph, every_task(), helper, lambda done: None)


STOPPED = """
import multiprocessing, sys
from pathlib import Path
from kg.beside import Helper, make_all
from kg.graph import Graph
from kg.projections import every_task

if __name__ == "__main__":
    graph = Graph.load(sys.argv[1])
    with Helper(every_task) as helper:
        print(multiprocessing.active_children()[0].pid, flush=True)
        while True:
            make_all(graph, every_task(), helper, lambda done: None)
"""


@pytest.mark.skipif(os.name != "posix", reason="a process group")
@pytest.mark.parametrize("moment", [0.0, 1.5])
def test_ctrl_c_ends_both_with_one_message(tmp_path: Path, root: Path, moment: float) -> None:
    saved(tmp_path / "graph")
    script = tmp_path / "script.py"
    script.write_text(STOPPED, encoding="utf-8")
    first = subprocess.Popen(
        [sys.executable, script, tmp_path / "graph"],
        **{"cwd": root, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True},
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert first.stdout is not None
    second = int(first.stdout.readline())
    with pytest.raises(subprocess.TimeoutExpired):
        first.wait(moment)
    os.killpg(first.pid, signal.SIGINT)
    _, said = first.communicate(timeout=60)
    # The first may have been at an error of its own when it was stopped; the second says nothing.
    assert "Process" not in said and said.count("KeyboardInterrupt") == 1 and said.strip().endswith("KeyboardInterrupt")
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)
