"""What the `kg` container runs, run outside of one against the tests' server."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from . import servers


@pytest.mark.neo4j
def test_the_command_of_kg_builds_and_pushes(root: Path, tmp_path: Path, access: servers.Access) -> None:
    compose = yaml.safe_load(servers.COMPOSE.read_text(encoding="utf-8"))
    shell, option, command = compose["services"]["kg"]["command"]
    assert (shell, option) == ("sh", "-c")
    own = command.replace("/pages", shlex.quote(str(root / "samples")))
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "KG_GRAPH": str(tmp_path / "graph"),  # the Dockerfile sets it too
        "NEO4J_URI": access.uri,
        "NEO4J_USER": access.user,
        "NEO4J_PASSWORD": access.password or "",
    }
    for line in (own, "kg push"):
        run = ["sh", "-c", line]
        done = subprocess.run(run, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing changed" in done.stdout + done.stderr
