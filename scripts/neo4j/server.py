#!/usr/bin/env python3
"""Start, stop and remove a real Neo4j Community server for the tests, without a container.

Its jars come from Maven (`pom.xml` beside this file) into ``.neo4j/`` at the repository's root,
once; it listens on free loopback ports and keeps its data in a folder that `Server.remove`
deletes. Neo4j is GPLv3: a tool of the tests, never part of the package.

    python scripts/neo4j/server.py fetch
    python scripts/neo4j/server.py start [--home DIR] [--password PASSWORD] [--set KEY=VALUE]
    python scripts/neo4j/server.py status HOME
    python scripts/neo4j/server.py admin HOME database import full neo4j …
    python scripts/neo4j/server.py stop HOME [--keep]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE.parents[1] / ".neo4j"
FOLDERS = ("conf", "data", "logs", "plugins", "import", "run")
OPENS = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
STATE = "server.json"
# A server that lives for minutes is not worth the optimising compiler, which costs more than it saves.
QUICK = ("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
LASTING = ("-Xmx1g",)


class NoServer(RuntimeError):
    """A server cannot be had here; the message says why."""


def fetch(cache: Path = CACHE) -> Path:
    """The folder of the server's jars, brought by Maven when it is not there yet."""
    pom = HERE / "pom.xml"
    version = re.search(r"<neo4j.version>(.+?)</neo4j.version>", pom.read_text(encoding="utf-8"))
    if version is None:
        raise NoServer(f"{pom}: names no neo4j.version")
    lib = cache / version[1] / "lib"
    if (lib.parent / "complete").exists():
        return lib
    maven = shutil.which("mvn")
    if maven is None:
        raise NoServer("mvn is not installed (apt-get install maven), and the jars of Neo4j are not in " + str(lib))
    command = [maven, "-q", "-B", "-f", str(pom), "dependency:copy-dependencies"]
    options = [f"-DoutputDirectory={lib}", "-DincludeScope=runtime"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, timeout=900, check=False)
    if done.returncode:
        raise NoServer(f"Maven could not bring Neo4j {version[1]}: {(done.stdout + done.stderr)[-800:]}")
    (lib.parent / "complete").touch()
    return lib


def java() -> str:
    """The Java to run with: 17 or newer."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    if found is None:
        raise NoServer("java is not installed (apt-get install openjdk-17-jre-headless)")
    said = subprocess.run([found, "-version"], capture_output=True, text=True, timeout=60, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < 17:
        raise NoServer(
            f"Neo4j 5 needs Java 17 or 21; {found} is {said.splitlines()[0] if said else 'of no known version'}"
        )
    return found


def free_port() -> int:
    """A loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Server:
    """One server in its own ``home``; with a ``password`` it asks for one, without it does not."""

    home: Path
    password: str | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    jvm: Sequence[str] = QUICK
    bolt: int = field(default_factory=free_port)
    http: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def uri(self) -> str:
        """Where Bolt answers."""
        return f"bolt://127.0.0.1:{self.bolt}"

    def prepare(self) -> Server:
        """Lay out the home folder and set the first password."""
        fresh = not (self.home / "conf").exists()
        for name in FOLDERS:
            (self.home / name).mkdir(parents=True, exist_ok=True)
        self._configure()
        if fresh and self.password is not None:
            self.admin("dbms", "set-initial-password", self.password)
        return self

    def _configure(self) -> None:
        settings = {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.listen_address": f"127.0.0.1:{self.bolt}",
            "server.http.listen_address": f"127.0.0.1:{self.http}",
            "dbms.security.auth_enabled": "true" if self.password is not None else "false",
            "server.memory.pagecache.size": "256m",
            "dbms.usage_report.enabled": "false",
            **self.settings,
        }
        text = "".join(f"{key}={value}\n" for key, value in settings.items())
        (self.home / "conf" / "neo4j.conf").write_text(text, encoding="utf-8")

    def start(self, wait: float = 300) -> Server:
        """Start it and wait until Bolt answers."""
        self.prepare()
        command = [*self._java(), *self.jvm, *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in OPENS)]
        command += ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={self.home}", f"--config-dir={self.home}/conf"]
        with (self.home / "logs" / "console.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        self._remember()
        until = time.monotonic() + wait
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > until:
                said = (self.home / "logs" / "console.log").read_text(encoding="utf-8", errors="replace")
                self.stop()
                raise NoServer(f"Neo4j did not start: {said[-800:]}")
            time.sleep(0.1)
        return self

    def answers(self) -> bool:
        """Whether Bolt shakes hands."""
        try:
            with socket.create_connection(("127.0.0.1", self.bolt), timeout=1) as link:
                link.sendall(bytes.fromhex("6060b017" + "00000005" + "00000004" + "00000000" + "00000000"))
                return len(link.recv(4)) == 4
        except OSError:
            return False

    def stop(self) -> None:
        """Stop it in order; its data stays."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Stop it as a crash would."""
        self._end(signal.SIGKILL)

    def _end(self, sign: signal.Signals) -> None:
        process, self.process = self.process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(sign)
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=60)

    def remove(self) -> None:
        """Stop it and delete all it wrote."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def admin(self, *arguments: str) -> str:
        """Run ``neo4j-admin`` on this home (the server stopped, for most) and return what it said."""
        command = [*self._java(), *QUICK, "org.neo4j.cli.AdminTool", *arguments]
        places = {"NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            env={**os.environ, **places},
            cwd=self.home,
            timeout=900,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"neo4j-admin {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout

    def _java(self) -> list[str]:
        return [java(), "-cp", f"{fetch()}/*"]

    def _remember(self) -> None:
        pid = self.process.pid if self.process else None
        state = {"uri": self.uri, "pid": pid, "bolt": self.bolt, "http": self.http, "password": self.password}
        (self.home / STATE).write_text(json.dumps(state), encoding="utf-8")


def temporary(password: str | None = None, settings: Mapping[str, str] | None = None) -> Server:
    """A server in a new temporary folder, not yet started."""
    return Server(Path(tempfile.mkdtemp(prefix="kg-neo4j-")), password, settings or {})


def _state(home: Path) -> dict[str, object]:
    try:
        found: dict[str, object] = json.loads((home / STATE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NoServer(f"{home}: no server was started here") from None
    return found


def _stop(home: Path, keep: bool) -> None:
    pid = _state(home)["pid"]
    if isinstance(pid, int) and b"org.neo4j.server" in _command_of(pid):
        os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + 60
        while _command_of(pid) and time.monotonic() < until:
            time.sleep(0.1)
    if not keep:
        shutil.rmtree(home)


def _command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it worked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("fetch", help="bring the jars")
    start = commands.add_parser("start", help="start a server and print where it is")
    start.add_argument("--home", type=Path, default=None)
    start.add_argument("--password", default=None, help="ask for this password of user neo4j (default: ask for none)")
    start.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a line of neo4j.conf")
    for name, text in (("status", "say whether it answers"), ("stop", "stop it and remove its folder")):
        one = commands.add_parser(name, help=text)
        one.add_argument("home", type=Path)
    commands.choices["stop"].add_argument("--keep", action="store_true", help="leave the folder")
    admin = commands.add_parser("admin", help="run neo4j-admin on a stopped server's home")
    admin.add_argument("home", type=Path)
    admin.add_argument("arguments", nargs=argparse.REMAINDER)
    return _run(parser.parse_args(arguments))


def _run(chosen: argparse.Namespace) -> int:
    say = sys.stdout.write
    try:
        if chosen.command == "fetch":
            say(f"{fetch()}\n")
        elif chosen.command == "start":
            settings = dict(item.split("=", 1) for item in chosen.set)
            home = chosen.home or Path(tempfile.mkdtemp(prefix="kg-neo4j-"))
            server = Server(home.resolve(), chosen.password, settings).start()
            say(f"{server.uri}\n{server.home}\n")
        elif chosen.command == "status":
            state = _state(chosen.home)
            server = Server(chosen.home, bolt=int(str(state["bolt"])), http=int(str(state["http"])))
            say(f"{server.uri} {'answers' if server.answers() else 'does not answer'}\n")
        elif chosen.command == "admin":
            say(Server(chosen.home.resolve()).admin(*chosen.arguments))
        else:
            _stop(chosen.home.resolve(), chosen.keep)
    except NoServer as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
