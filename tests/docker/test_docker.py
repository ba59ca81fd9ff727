"""No engine runs here: the files are checked, and the commands in them run outside a container."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml

KNOWN = {"FROM", "RUN", "COPY", "WORKDIR", "LABEL", "ENV", "USER", "VOLUME", "HEALTHCHECK", "CMD"}


@pytest.fixture(scope="module")
def compose(root: Path) -> Any:
    return yaml.safe_load((root / "docker" / "compose.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def instructions(root: Path) -> list[tuple[str, str]]:
    text = (root / "docker" / "Dockerfile").read_text(encoding="utf-8")
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in joined.splitlines() if line)]


def run(command: str, root: Path, **environment: str) -> str:
    """Run a shell command with the `kg` of this environment first on the path."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", command], env={**os.environ, "PATH": path, **environment}, cwd=root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_instruction_is_one_and_the_images_are_pinned(instructions: list[tuple[str, str]]) -> None:
    assert {word for word, _ in instructions} <= KNOWN
    images = [rest.split()[0] for word, rest in instructions if word == "FROM"]
    assert len(images) == 2
    assert all(re.fullmatch(r"python:3\.11\.\d+-slim-\w+", image) for image in images)


def test_the_image_runs_as_a_user_without_rights_and_checks_its_health(instructions: list[tuple[str, str]]) -> None:
    last = [word for word, _ in instructions]
    last = last[len(last) - last[::-1].index("FROM") :]
    users = [rest for word, rest in instructions if word == "USER"]
    assert users == ["10001:10001"]
    assert "HEALTHCHECK" in last
    assert last.index("USER") < last.index("CMD")


def test_every_file_that_is_copied_is_there_and_reaches_the_build(
    root: Path, instructions: list[tuple[str, str]]
) -> None:
    ignored = (root / "docker" / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    copied = [
        path for word, rest in instructions if word == "COPY" and "--from" not in rest for path in rest.split()[:-1]
    ]
    assert {f"!{path.removeprefix('./')}" for path in copied} == {line for line in ignored if line.startswith("!")}
    assert all((root / path).exists() for path in copied)


def test_the_wheel_is_built_from_what_is_copied(
    root: Path, tmp_path: Path, instructions: list[tuple[str, str]]
) -> None:
    pytest.importorskip("hatchling", reason="hatchling builds the wheel")
    for path in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / path, tmp_path)
    for path in ("kg", "schema"):
        shutil.copytree(root / path, tmp_path / path, ignore=shutil.ignore_patterns("__pycache__"))
    run(f"{shlex.quote(sys.executable)} -m hatchling build -t wheel -d out", tmp_path)
    assert len(list((tmp_path / "out").glob("kg-*.whl"))) == 1


def test_the_health_check_and_the_default_command_work(root: Path, instructions: list[tuple[str, str]]) -> None:
    for word, rest in instructions:
        if word in ("HEALTHCHECK", "CMD"):
            words = yaml.safe_load(rest[rest.index("[") :])
            assert run(shlex.join(words), root)


def test_the_command_builds_a_folder_in_the_volume_for_a_mount_cannot_be_replaced(
    root: Path, tmp_path: Path, compose: Any, instructions: list[tuple[str, str]]
) -> None:
    shell, flag, command = compose["services"]["kg"]["command"]
    build, push = command.split(" && ")
    assert (shell, flag, push) == ("sh", "-c", "kg push")
    places = dict(re.findall(r"(\w+)=(\S+)", next(rest for word, rest in instructions if "KG_GRAPH" in rest)))
    mounted = [volume.rpartition(":")[2] for volume in compose["services"]["kg"]["volumes"] if "exports" in volume]
    assert [str(PurePosixPath(places["KG_GRAPH"]).parent)] == mounted
    run(f"{build.replace('/pages', str(root / 'samples'))} --profile fast", tmp_path, KG_GRAPH=str(tmp_path / "graph"))
    assert run("kg stats --format csv", tmp_path, KG_GRAPH=str(tmp_path / "graph")).count("Paper")


def test_neo4j_is_community_and_pinned_to_the_tested_version(root: Path, compose: Any) -> None:
    pom = (root / "scripts" / "neo4j" / "pom.xml").read_text(encoding="utf-8")
    version = re.search(r"<neo4j.version>(.+?)<", pom)
    assert version is not None
    assert compose["services"]["neo4j"]["image"] == f"neo4j:{version[1]}-community"


def test_the_server_is_open_to_this_machine_only_and_asks_for_a_password(compose: Any) -> None:
    neo4j = compose["services"]["neo4j"]
    assert all(port.startswith("127.0.0.1:") for port in neo4j["ports"])
    assert ":?" in neo4j["environment"]["NEO4J_AUTH"]
    assert neo4j["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")


def test_kg_waits_until_the_server_is_healthy_and_volumes_are_declared(compose: Any) -> None:
    kg = compose["services"]["kg"]
    assert kg["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    named = {volume.split(":")[0] for service in compose["services"].values() for volume in service["volumes"]}
    assert {name for name in named if not name.startswith((".", "/", "$"))} == set(compose["volumes"])
