"""One graph of the sample page for all tests of the command line, and a way to run it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.cli.app import run


@dataclass(frozen=True)
class Told:
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Run ``kg`` with arguments."""

    def call(*arguments: object) -> Told:
        code = run([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return Told(code, told.out, told.err)

    return call


@pytest.fixture(scope="session")
def sample() -> Path:
    """The page that comes with the project."""
    return Path(__file__).parents[2] / "samples" / "daily-papers.txt"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """A folder with the graph of the sample page, made by the command."""
    folder = tmp_path_factory.mktemp("built") / "exports"
    assert run(["build", str(sample), "-o", str(folder), "--profile", "fast", "--quiet"]) == 0
    return folder
