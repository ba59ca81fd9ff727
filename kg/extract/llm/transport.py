"""One question over HTTP: what goes wrong becomes a `Failure` that says whether asking again may help."""

from __future__ import annotations

import email.utils
import http.client
import json
import socket
import time
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from kg.extract.llm.endpoint import Endpoint

_MOST = 16 << 20
_SHOWN = 300
_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_FOR_ALL = frozenset({301, 302, 303, 307, 308, 401, 402, 403, 404, 405})
_SPENT = ("insufficient_quota", "billing_hard_limit", "credit balance")
_MENDS = {
    401: "the key is missing or wrong: KG_LLM_KEY",
    403: "the key may not use this model",
    404: "check the address (it usually ends in /v1) and the model's name",
    405: "check the address (it usually ends in /v1)",
    429: "fewer at a time (--llm concurrency=1) or later",
}


class Failure(Exception):
    """A question without a reply.

    ``again``: asking once more may help, after ``after`` seconds where the server said so. ``for_all``: no other
    paper will fare better. ``status`` is that of HTTP, 0 where there was none.
    """

    def __init__(
        self,
        message: str,
        *,
        again: bool = False,
        for_all: bool = False,
        after: float | None = None,
        status: int = 0,
        mend: str | None = None,
    ) -> None:
        super().__init__(message)
        self.again, self.for_all, self.after, self.status, self.mend = again, for_all, after, status, mend


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: the key would go along to wherever it points."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Nowhere."""


def opener() -> OpenerDirector:
    """What `post` sends with; proxies are those of the environment."""
    return build_opener(_Stay())


def post(endpoint: Endpoint, body: Mapping[str, Any], by: OpenerDirector) -> dict[str, Any]:
    """The server's JSON object in reply to ``body``. Raises `Failure`."""
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "kg"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    data = json.dumps(body).encode()
    started = time.monotonic()
    try:
        with by.open(Request(endpoint.address, data, headers, method="POST"), timeout=endpoint.timeout) as answer:
            text = _whole(answer, started + endpoint.timeout)
    except HTTPError as error:
        with error:
            raise _refused(endpoint, error) from None
    except TimeoutError:
        raise _late(endpoint) from None
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise _late(endpoint) from None
        raise _unreachable(endpoint, error.reason) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        why = endpoint.scrubbed(str(error) or type(error).__name__)
        raise Failure(f"the connection broke: {why[:_SHOWN]}", again=True) from None
    return _object(endpoint, text)


def _whole(answer: http.client.HTTPResponse, until: float) -> bytes:
    """All of a reply; a socket's own timeout would let one that trickles go on for ever."""
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(1 << 16):
        pieces.append(piece)
        size += len(piece)
        if time.monotonic() > until:
            raise TimeoutError
        if size > _MOST:
            raise Failure(f"a reply of more than {_MOST >> 20} MB")
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return b"".join(pieces)


def _object(endpoint: Endpoint, text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Failure("the reply is no JSON object", mend="is this an OpenAI-compatible server?")
    if found.get("error") and not found.get("choices"):
        code = found["error"].get("code") if isinstance(found["error"], dict) else None
        status = code if isinstance(code, int) and not isinstance(code, bool) else 0
        raise _failure(endpoint, status, _said(text), None)
    return found


def _refused(endpoint: Endpoint, error: HTTPError) -> Failure:
    try:
        text = error.read(1 << 16)
    except (OSError, http.client.HTTPException):
        text = b""
    return _failure(endpoint, error.code, _said(text), error.headers.get("Retry-After"))


def _failure(endpoint: Endpoint, status: int, said: str, retry_after: str | None) -> Failure:
    spent = status in (402, 429) and any(word in said for word in _SPENT)
    answered = f"answered {status}" if status else "answered with an error"
    told = endpoint.scrubbed(said)[:_SHOWN]
    return Failure(
        f"{answered}: {told}" if told else answered,
        again=status in _AGAIN and not spent,
        for_all=status in _FOR_ALL or spent,
        after=seconds(retry_after),
        status=status,
        mend="the account has nothing left" if spent else _MENDS.get(status),
    )


def _said(text: bytes) -> str:
    """What an error's body says, in one line: its message and code where it is one of the protocol's."""
    plain = text.decode("utf-8", "replace")
    try:
        found = json.loads(plain)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        inner = found.get("error", found.get("detail", found.get("message", "")))
        if isinstance(inner, dict):
            parts = (inner.get("message"), inner.get("code"), inner.get("type"))
            inner = "; ".join(dict.fromkeys(str(part) for part in parts if part))
        plain = inner if isinstance(inner, str) else json.dumps(inner)
    return " ".join("".join(c if c.isprintable() else " " for c in plain).split())


def seconds(retry_after: str | None) -> float | None:
    """What a ``Retry-After`` asks for, a number or a date.

    >>> seconds("20"), seconds("soon"), seconds(None)
    (20.0, None, None)
    """
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return float(min(int(retry_after.strip()[:9]), 10**9))
    try:
        when = email.utils.parsedate_to_datetime(retry_after)
        return max(0.0, when.timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return None


def _late(endpoint: Endpoint) -> Failure:
    return Failure(f"no reply within {endpoint.timeout:g} s", again=True, mend="more time: --llm timeout=SECONDS")


def _unreachable(endpoint: Endpoint, reason: object) -> Failure:
    said = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason)
    unknown = isinstance(reason, socket.gaierror)
    told = endpoint.scrubbed(said)[:_SHOWN]
    # A reset is a moment's matter; where nobody listens nobody will for the next paper either.
    nobody = unknown or isinstance(reason, ConnectionRefusedError)
    return Failure(f"cannot be reached: {told}", again=not unknown, for_all=nobody, mend="is the server running?")
