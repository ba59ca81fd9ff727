"""Servers for the tests of Neo4j: whose, where, and what to do when there is none."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "docker" / "compose.yaml"


@dataclass(frozen=True)
class Access:
    """Where a server answers, and as whom."""

    uri: str
    user: str = "neo4j"
    password: str | None = None

    @property
    def arguments(self) -> tuple[str, str, str | None]:
        return self.uri, self.user, self.password


def script() -> ModuleType:
    """`scripts/neo4j/server.py` as a module."""
    name = "kg_neo4j_server_script"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / "neo4j" / "server.py")
        assert spec is not None and spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def missing(reason: str) -> None:
    """Skip the test, or fail it where servers are required."""
    if os.environ.get("KG_REQUIRE_NEO4J"):
        pytest.fail(f"KG_REQUIRE_NEO4J is set, and no Neo4j can be had: {reason}", pytrace=False)
    pytest.skip(f"no Neo4j can be had: {reason}")


@contextmanager
def own(password: str | None = None, settings: Mapping[str, str] | None = None) -> Iterator[Any]:
    """A server of the test's own, not yet started, in a temporary folder that is removed at the end."""
    module = script()
    try:
        module.fetch()
        module.java()
    except module.NoServer as error:
        missing(str(error))
    server = module.temporary(password, settings)
    try:
        yield server
    finally:
        server.remove()


@contextmanager
def any_server() -> Iterator[Access]:
    """The server named by ``NEO4J_URI``, else one of our own, else one in a container, else none."""
    if uri := os.environ.get("NEO4J_URI"):
        yield Access(uri, os.environ.get("NEO4J_USER", "neo4j"), os.environ.get("NEO4J_PASSWORD"))
        return
    module = script()
    try:
        server = module.temporary(password="kg-tests-only").start()
    except module.NoServer as error:
        with _container(str(error)) as access:
            yield access
        return
    try:
        yield Access(server.uri, "neo4j", server.password)
    finally:
        server.remove()


@contextmanager
def _container(reason: str) -> Iterator[Access]:
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "info"], capture_output=True, check=False).returncode:
        missing(f"{reason}; and no docker engine runs here")
    command = [docker or "docker", "compose", "-f", str(COMPOSE), "-p", "kg-tests"]
    environment = {**os.environ, "NEO4J_PASSWORD": "kg-tests-only"}
    subprocess.run([*command, "up", "-d", "--wait", "neo4j"], check=True, env=environment)
    try:
        time.sleep(1)
        yield Access("bolt://127.0.0.1:7687", "neo4j", "kg-tests-only")
    finally:
        subprocess.run([*command, "down", "-v"], check=False, env=environment)
