"""The public side of the endpoint: the SPARQL 1.1 Protocol for queries, a page, and nothing else.

A question is looked at here (no updates, no other servers, names that exist, a parse) so that its
error says where and what; then it goes to Oxigraph, whose answer is passed on as it comes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from kg.errors import KgError, QueryError, ServerError
from kg.query.sparql import parsed
from kg.serve.backend import Backend
from kg.serve.page import page

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_DATASET = ("default-graph-uri", "named-graph-uri")
_LOCAL = frozenset(("localhost", "127.0.0.1", "[::1]"))
_GRACE = 1.0  # seconds Oxigraph has to say itself that the time is over
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """What a caller may do: seconds a query may take, bytes it may have, whether other sites' pages may ask."""

    timeout: float = 30.0
    length: int = 1 << 20
    cors: bool = False


class Door:
    """An HTTP server before a `Backend`."""

    def __init__(self, backend: Backend, host: str, port: int, limits: Limits) -> None:
        self.backend = backend
        self.limits = limits
        self.guarded = host in ("127.0.0.1", "localhost", "::1")

        class _Bound(_Handler):
            door = self

        try:
            self._server = ThreadingHTTPServer((host, port), _Bound)
        except OSError as error:
            mend = "choose another port"
            raise ServerError(error.strerror or str(error), where=f"{host}:{port}", mend=mend) from error
        self._server.daemon_threads = True
        self.address = f"http://{host}:{self._server.server_address[1]}/"

    @contextmanager
    def opened(self) -> Iterator[str]:
        """Answer in the background while the context lasts."""
        thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self.address
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()


class _Refused(KgError):
    """A request that is answered with an error of HTTP."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers


class _Handler(BaseHTTPRequestHandler):
    door: Door
    protocol_version = "HTTP/1.1"
    server_version = "kg"
    timeout = 60  # an idle connection is closed

    def do_GET(self) -> None:
        """The page, or a query in the address."""
        self._answer(self._get)

    def do_POST(self) -> None:
        """A query in the body."""
        self._answer(self._post)

    def do_OPTIONS(self) -> None:
        """What other sites' pages ask before they ask."""
        self._answer(self._preflight)

    def do_PUT(self) -> None:
        """Refused, as every other method."""
        self._answer(self._no_method)

    do_DELETE = do_PATCH = do_HEAD = do_PUT

    def log_message(self, format: str, *args: Any) -> None:
        """Questions are nobody's business."""

    def _answer(self, handle: Any) -> None:
        try:
            self._check_host()
            handle()
        except _Refused as refused:
            self.close_connection = True  # its body may be unread
            self._send(refused.status, "text/plain; charset=utf-8", f"{refused.message}\n".encode(), refused.headers)
        except QueryError as error:
            self._send(400, "text/plain; charset=utf-8", f"{error}\n".encode(), {})
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _check_host(self) -> None:
        """On loopback, a name that is not loopback's is another site's page that had its name point here."""
        name = self.headers.get("Host", "localhost")
        if self.door.guarded and (name if name.endswith("]") else name.rpartition(":")[0] or name) not in _LOCAL:
            raise _Refused(421, "this endpoint answers as localhost only")

    def _get(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/":
            self._send(200, "text/html; charset=utf-8", page(), {"Content-Security-Policy": _CSP})
            return
        self._only_queries(parts.path)
        self._ask(parse_qs(parts.query, keep_blank_values=True), None)

    def _post(self) -> None:
        body = self._body()
        parts = urlsplit(self.path)
        self._only_queries(parts.path)
        asked = parse_qs(parts.query, keep_blank_values=True)
        kind = self.headers.get_content_type()
        if kind == _FORM:
            asked |= parse_qs(self._text(body), keep_blank_values=True)
            self._ask(asked, None)
        elif kind == _QUERY:
            self._ask(asked, self._text(body))
        else:
            raise _Refused(415, f"a query comes as {_FORM} or {_QUERY}")

    def _preflight(self) -> None:
        if not self.door.limits.cors:
            raise _Refused(403, "pages of other sites may not ask here; kg serve --cors lets them")
        allowed = {"Access-Control-Allow-Methods": "GET, POST", "Access-Control-Allow-Headers": "Content-Type, Accept"}
        self._send(204, None, b"", allowed)

    def _no_method(self) -> None:
        raise _Refused(405, "only GET and POST", Allow="GET, POST")

    def _only_queries(self, path: str) -> None:
        if path in ("/update", "/store"):
            raise _Refused(403, "this endpoint is only read")
        if path not in ("/query", "/sparql"):
            raise _Refused(404, "nothing here: ask at /query")

    def _body(self) -> bytes:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            raise _Refused(411, "say how long the query is: Content-Length")
        if int(length) > self.door.limits.length:
            raise _Refused(413, f"a query may have {self.door.limits.length:,} bytes")
        return self.rfile.read(int(length))

    def _text(self, body: bytes) -> str:
        try:
            return body.decode()
        except UnicodeDecodeError as error:
            raise _Refused(400, f"a query is UTF-8: {error.reason} at byte {error.start}") from error

    def _ask(self, asked: dict[str, list[str]], query: str | None) -> None:
        """Look at a query and pass it on."""
        if "update" in asked:
            raise _Refused(403, "this endpoint is only read")
        queries = [*asked.get("query", ()), *([query] if query is not None else [])]
        if len(queries) != 1:
            raise _Refused(400, "no query" if not queries else "more than one query")
        sent = [("query", parsed(queries[0]))]
        sent += [(name, value) for name in _DATASET for value in asked.get(name, ())]
        self._forward(urlencode(sent).encode())

    def _forward(self, body: bytes) -> None:
        backend, limit = self.door.backend, self.door.limits.timeout
        generation = backend.generation
        deadline = time.monotonic() + limit + _GRACE
        connection = HTTPConnection("127.0.0.1", backend.port, timeout=limit + _GRACE)
        headers = {"Content-Type": _FORM, "Accept": self.headers.get("Accept", "*/*")}
        try:
            connection.request("POST", "/query", body, headers)
            answer = connection.getresponse()
        except TimeoutError as error:
            connection.close()
            backend.renew(generation)
            raise _Refused(504, f"no answer within {limit:g} seconds: ask for less, or give it more time") from error
        except (HTTPException, ConnectionError) as error:
            connection.close()
            raise _Refused(503, "the server starts anew after a query that did not end: ask again") from error
        try:
            self._relay(connection, answer, deadline)
        except TimeoutError:
            backend.renew(generation)
        finally:
            connection.close()

    def _relay(self, connection: HTTPConnection, answer: HTTPResponse, deadline: float) -> None:
        """Pass an answer on as it comes; one that does not end in time is cut off, visibly, for it is chunked."""
        if answer.status >= 400:
            text = answer.read(_PIECE)
            status = 504 if b"imeout" in text or b"ancelled" in text else answer.status
            self._send(status, answer.headers.get("Content-Type", "text/plain"), text, {})
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.headers.get("Content-Type", "application/octet-stream"))
        self.send_header("Transfer-Encoding", "chunked")
        self._common_headers()
        self.end_headers()
        closing, self.close_connection = self.close_connection, True  # until the answer is known to be whole
        while (left := deadline - time.monotonic()) > 0:
            if connection.sock is not None:
                connection.sock.settimeout(left)
            try:
                piece = answer.read1(_PIECE)
            except HTTPException:
                return
            if not piece:
                self.wfile.write(b"0\r\n\r\n")
                self.close_connection = closing
                return
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))

    def _send(self, status: int, kind: str | None, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        if kind is not None:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self._common_headers()
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _common_headers(self) -> None:
        self.send_header("X-Content-Type-Options", "nosniff")
        if self.door.limits.cors:
            self.send_header("Access-Control-Allow-Origin", "*")
        if self.close_connection:
            self.send_header("Connection", "close")


_CSP = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'"
