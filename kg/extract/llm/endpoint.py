"""Where the model is and how it is asked: from options, else ``KG_LLM_*``, else ``OPENAI_*`` variables."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from kg.errors import ExtractionError

OPENAI = "https://api.openai.com/v1"
WHERE = "--extractor llm"
_PATH = "/chat/completions"
_SECRET = 8


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server and a model on it.

    ``url`` is the base (``http://localhost:8080/v1``). A paper's question waits ``timeout`` seconds for its whole
    reply and is asked again up to ``retries`` times where that may help, ``concurrency`` papers at a time.
    ``wait`` bounds each pause between tries, whatever the server asks for. Prices are those of a million tokens.
    The ``key`` is shown by nothing.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = 120.0
    retries: int = 4
    concurrency: int = 4
    wait: float = 60.0
    max_tokens: int = 0
    price_in: float = 0.0
    price_out: float = 0.0

    def __post_init__(self) -> None:
        _check_url(self.url)
        if not self.model.strip():
            raise ExtractionError("which model?", where=WHERE, mend="--llm model=NAME or KG_LLM_MODEL")
        if not (self.key.isascii() and (self.key.isprintable() and " " not in self.key)):
            mend = "it must be plain characters without blanks"
            raise ExtractionError("the key cannot be sent in a header", where=WHERE, mend=mend)
        for name, least in _LEAST.items():
            value = getattr(self, name)
            if not math.isfinite(value) or value < least:
                raise ExtractionError(f"{name} cannot be {value:g}", where=WHERE, mend=f"at least {least:g}")

    @property
    def address(self) -> str:
        """What questions are posted to."""
        parts = urlsplit(self.url)
        path = parts.path.rstrip("/").removesuffix(_PATH) + _PATH
        return urlunsplit(parts._replace(path=path, fragment=""))

    @property
    def shown(self) -> str:
        """The address as messages show it, without what follows a question mark."""
        return urlunsplit(urlsplit(self.address)._replace(query=""))

    def scrubbed(self, text: str) -> str:
        """Text of the server's without the key, should it repeat it.

        >>> Endpoint("http://localhost/v1", "m", "sk-123456").scrubbed("wrong key sk-123456")
        'wrong key [key]'
        """
        return text.replace(self.key, "[key]") if len(self.key) >= _SECRET else text


_LEAST = {"timeout": 0.01, "retries": 0, "concurrency": 1, "wait": 0, "max_tokens": 0, "price_in": 0, "price_out": 0}
_KINDS: dict[str, type[str] | type[int] | type[float]] = {
    "str": str,
    "int": int,
    "float": float,
}


def names() -> list[str]:
    """The names of all settings.

    >>> names()[:3]
    ['url', 'model', 'key']
    """
    return [one.name for one in fields(Endpoint)]


def endpoint(given: Mapping[str, Any] | None = None, environment: Mapping[str, str] | None = None) -> Endpoint:
    """The endpoint that ``given`` settings, and for the others the environment, describe.

    ``OPENAI_API_KEY`` goes only to the server that ``OPENAI_BASE_URL`` names, or to OpenAI's own where no address
    is given at all; never to one named otherwise. Raises `ExtractionError` saying what is missing or wrong.

    >>> endpoint({"url": "http://localhost:8080/v1", "model": "qwen3"}, {}).address
    'http://localhost:8080/v1/chat/completions'
    """
    variables = os.environ if environment is None else environment
    found: dict[str, Any] = {}
    for one in fields(Endpoint):
        value = (given or {}).get(one.name, variables.get(f"KG_LLM_{one.name.upper()}"))
        if value not in (None, ""):
            found[one.name] = _value(one.name, value, str(one.type))
    _refuse_unknown(given or {})
    if "url" not in found:
        key = variables.get("OPENAI_API_KEY", "").strip()
        url = variables.get("OPENAI_BASE_URL", "").strip() or (OPENAI if key else "")
        if not url:
            raise ExtractionError("where is the model?", where=WHERE, mend="--llm url=http://… or KG_LLM_URL")
        found = {"url": url, **({"key": key} if key else {}), **found}
    if "model" not in found:
        found["model"] = variables.get("OPENAI_MODEL", "").strip()
    return Endpoint(**found)


def _value(name: str, value: Any, kind: str) -> Any:
    made = _KINDS[kind]
    try:
        return made(value.strip() if isinstance(value, str) else value)
    except (TypeError, ValueError) as error:
        # Not the value itself: what was meant for the key may stand in the wrong place.
        raise ExtractionError(f"{name} must be a number", where=WHERE) from error


def _refuse_unknown(given: Mapping[str, Any]) -> None:
    for name in given:
        if name not in names():
            near = get_close_matches(name, names(), n=1)
            mend = f"did you mean {near[0]}?" if near else f"known: {', '.join(names())}"
            raise ExtractionError(f"no setting {name!r}", where=WHERE, mend=mend)


def _check_url(url: str) -> None:
    mend = "an address like http://localhost:8080/v1"
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        good = False
    if not good or any(c.isspace() or not c.isprintable() for c in url):
        raise ExtractionError("not the address of a server", where=WHERE, mend=mend)
    if "@" in parts.netloc:
        raise ExtractionError("an address with a user and password", where=WHERE, mend="give the key apart: KG_LLM_KEY")
