"""A server on loopback that speaks the chat-completions protocol, and misbehaves when told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answer:
    """What the server sends: JSON or raw bytes, after a while, whole or broken off or drop by drop."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    after: float = 0.0
    cut: int | None = None
    drip: float = 0.0
    hang_up: bool = False


@dataclass
class Asked:
    """A request as it came."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def paper(self) -> str:
        """The first question's paper."""
        return self.body["messages"][1]["content"]


Script = Callable[[Asked], Answer]


class Model:
    """The server: answers by ``script``, and keeps what it was asked in ``asked``."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.script: Script = lambda asked: says({"entities": [], "results": []})
        self.most_at_once = 0
        self._now = 0
        self._lock = threading.Lock()
        self._http = _Server(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._http.server_port}/v1"

    def answers(self, *answers: Answer) -> None:
        """Give these in turn, the last for ever."""
        left = list(answers)
        self.script = lambda asked: left.pop(0) if len(left) > 1 else left[0]

    @contextmanager
    def running(self) -> Iterator[Model]:
        thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._http.shutdown()
            self._http.server_close()
            thread.join()

    def answer(self, asked: Asked) -> Answer:
        with self._lock:
            self.asked.append(asked)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
            answer = self.script(asked)
        time.sleep(answer.after)
        with self._lock:
            self._now -= 1
        return answer


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is part of the play."""


def _handler(model: Model) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            answer = model.answer(Asked(self.path, dict(self.headers), json.loads(data)))
            self.close_connection = True
            if answer.hang_up:
                return
            body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            for place in range(0, len(body), 16) if answer.drip else ():
                self.wfile.write(body[place : place + 16])
                time.sleep(answer.drip)
            if not answer.drip:
                self.wfile.write(body[: answer.cut])

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    return Handler


def says(reply: Any, *, finish: str = "stop", tokens: tuple[int, int] | None = (100, 20), **message: Any) -> Answer:
    """A completion whose content is ``reply`` (text, or what is written as JSON)."""
    content = reply if isinstance(reply, str | None) else json.dumps(reply)
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}
    body: dict[str, Any] = {"object": "chat.completion", "choices": [choice]}
    if tokens:
        body["usage"] = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)}
    return Answer(body)


def fails(status: int, message: str = "no", *, code: str | None = None, **headers: str) -> Answer:
    """An error of the protocol."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer({"error": {"message": message, "type": None, "code": code}}, status, named)


def entity(name: str, kind: str = "Method", role: str = "uses", **more: Any) -> dict[str, Any]:
    """One entry of a reply, whole as a server that enforces the form would give it."""
    empty = {"aliases": [], "also": [], "also_roles": [], "sentences": [], "optional": False, "outcome": None}
    numbers = {"count": None, "memory_gb": None, "hours": None, "parameters": None}
    return {"name": name, "type": kind, "role": role, **empty, **numbers, **more}


def reply(*entities: dict[str, Any], results: Any = ()) -> dict[str, Any]:
    return {"entities": list(entities), "results": list(results)}
