"""Asks the model about papers: tries again where that may help, mends replies that break the form, counts tokens."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any

from kg.extract.llm.endpoint import Endpoint
from kg.extract.llm.form import faults, form
from kg.extract.llm.prompt import messages, repair
from kg.extract.llm.reply import content, parsed
from kg.extract.llm.transport import Failure, opener, post
from kg.extract.llm.usage import Usage

_CANNOT = (400, 422, 501)
_KEPT_REPLY = 20_000


class Client:
    """One endpoint, asked from several threads."""

    def __init__(self, endpoint: Endpoint, usage: Usage) -> None:
        self._endpoint, self._usage = endpoint, usage
        self._opener = opener()
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._resume = 0.0
        self._options = _options(endpoint)

    def ask(self, sentences: Sequence[str]) -> dict[str, Any]:
        """The model's reply about a paper, whose first sentence is the title.

        A reply that breaks the form is sent back once. Should the second be broken too but still list entities, it
        is taken as it is, for `kg.extract.llm.reading` to drop what is wrong in it. Raises `Failure`.
        """
        asked = messages(sentences)
        text = self._complete(asked)
        reply, wrong = _held(text)
        if wrong:
            text = self._complete([*asked, *repair(text[:_KEPT_REPLY], wrong)])
            second, wrong = _held(text)
            reply = second if second is not None else reply
        if reply is None:
            raise Failure(f"the reply does not keep the form, nor does a second one: {wrong[0]}")
        return reply

    def stop(self) -> None:
        """Let no thread begin another try."""
        self._stopped.set()

    def _complete(self, asked: Sequence[Mapping[str, str]]) -> str:
        """The text of one completion, after as many tries as need be."""
        for tried in range(self._endpoint.retries + 1):
            self._pause()
            try:
                answer = self._post(asked)
                break
            except Failure as failure:
                delay = _delay(tried, failure.after)
                if not failure.again or tried == self._endpoint.retries:
                    raise
                if delay > self._endpoint.wait:
                    raise Failure(
                        f"{failure} (and wants {delay:,.0f} s of peace)", status=failure.status, mend=failure.mend
                    ) from None
                if failure.status == 429:
                    with self._lock:
                        self._resume = max(self._resume, time.monotonic() + delay)
                elif self._stopped.wait(delay):
                    raise
        self._usage.asked(answer.get("usage"))
        return self._endpoint.scrubbed(content(answer))

    def _post(self, asked: Sequence[Mapping[str, str]]) -> dict[str, Any]:
        """One question; an option that the server does not know is left out from then on."""
        while True:
            with self._lock:
                options = dict(self._options)
            try:
                body = {"model": self._endpoint.model, "messages": list(asked), **options}
                return post(self._endpoint, body, self._opener)
            except Failure as failure:
                plainer = _plainer(options, str(failure)) if failure.status in _CANNOT else None
                if plainer is None:
                    raise
                with self._lock:
                    self._options = plainer

    def _pause(self) -> None:
        """Wait while the server asked everyone for peace."""
        while (left := self._resume - time.monotonic()) > 0:
            if self._stopped.wait(left):
                break
        if self._stopped.is_set():
            raise Failure("stopped")


def _held(text: str) -> tuple[dict[str, Any] | None, list[str]]:
    """The reply as far as it can be read, and what is wrong with it."""
    try:
        found = parsed(text)
    except ValueError as error:
        return None, [str(error)]
    wrong = list(faults(found, form()))
    usable = isinstance(found, dict) and isinstance(found.get("entities"), list)
    return (found if usable else None), wrong


def _delay(tried: int, after: float | None) -> float:
    """Half a second, one, two, four … or what the server asks for."""
    return 0.5 * 2**tried if after is None else after


def _options(endpoint: Endpoint) -> dict[str, Any]:
    shape = {"name": "paper", "strict": True, "schema": form()}
    options: dict[str, Any] = {"response_format": {"type": "json_schema", "json_schema": shape}, "temperature": 0}
    return {**options, "max_tokens": endpoint.max_tokens} if endpoint.max_tokens else options


def _plainer(options: Mapping[str, Any], said: str) -> dict[str, Any] | None:
    """The options without the one a server complains of; ``None`` where it is none of them.

    >>> _plainer({"max_tokens": 9, "temperature": 0}, "use 'max_completion_tokens', max_tokens is not supported")
    {'temperature': 0, 'max_completion_tokens': 9}
    """
    rest = dict(options)
    if "max_tokens" in rest and "max_completion_tokens" in said:
        rest["max_completion_tokens"] = rest.pop("max_tokens")
        return rest
    if "temperature" in rest and "temperature" in said:
        del rest["temperature"]
        return rest
    shape = rest.pop("response_format", None)
    if shape is None or not any(word in said for word in ("response_format", "json_schema", "schema", "grammar")):
        return None
    # Enforced by schema, then any JSON, then only asked for in the prompt.
    return {**rest, "response_format": {"type": "json_object"}} if shape["type"] == "json_schema" else rest
