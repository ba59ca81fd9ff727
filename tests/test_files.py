"""Files and folders take their place whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.files import recover, replacing, replacing_folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_takes_its_place_with_unix_ends_and_readable_by_all(tmp_path: Path) -> None:
    target = tmp_path / "new" / "a.txt"
    with replacing(target) as file:
        file.write("é\n")
    assert target.read_bytes() == "é\n".encode()
    assert target.stat().st_mode & 0o777 == 0o644
    assert names(target.parent) == ["a.txt"]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.bin"
    target.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), replacing(target, binary=True) as file:
        file.write(b"new")
        raise ZeroDivisionError
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["a.bin"]


def test_a_folder_takes_its_place_and_the_old_one_goes(tmp_path: Path) -> None:
    target = tmp_path / "tables"
    for number in (1, 2):
        with replacing_folder(target) as folder:
            (folder / f"{number}.txt").write_text("x")
    assert names(target) == ["2.txt"]
    assert names(tmp_path) == ["tables"]


def test_a_failure_leaves_the_old_folder(tmp_path: Path) -> None:
    target = tmp_path / "tables"
    target.mkdir()
    (target / "old.txt").write_text("x")
    with pytest.raises(ZeroDivisionError), replacing_folder(target):
        raise ZeroDivisionError
    assert names(target) == ["old.txt"]
    assert names(tmp_path) == ["tables"]


def test_a_folder_set_aside_by_a_dead_process_comes_back(tmp_path: Path) -> None:
    (tmp_path / ".tables.old").mkdir()
    (tmp_path / ".tables.old" / "kept.txt").write_text("x")
    recover(tmp_path / "tables")
    assert names(tmp_path / "tables") == ["kept.txt"]


def test_what_a_killed_process_left_is_swept_by_the_next_write(tmp_path: Path) -> None:
    code = "import pathlib,os,signal,kg.files as f\n" \
           "with f.replacing(pathlib.Path('a.txt')) as file:\n    os.kill(os.getpid(), signal.SIGKILL)\n"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(names(tmp_path)) == 1
    with replacing(tmp_path / "a.txt") as file:
        file.write("whole")
    assert names(tmp_path) == ["a.txt"]


def test_what_a_living_process_writes_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / f".a.txt.tmp-{os.getppid()}-abc"
    mine.write_text("being written")
    with replacing(tmp_path / "a.txt") as file:
        file.write("whole")
    assert names(tmp_path) == [mine.name, "a.txt"]
