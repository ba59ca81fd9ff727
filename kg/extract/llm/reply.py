"""What a chat completion says: the JSON object in it, or why there is none."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from kg.extract.llm.transport import Failure

_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_FENCED = re.compile(r"\A\s*```\w*\n(.*?)\n?```\s*\Z", re.DOTALL)
_SHOWN = 200


def content(answer: Mapping[str, Any]) -> str:
    """The text of a completion.

    Raises `Failure` when the model refused, a filter stopped it, or the reply was cut off: asking again would
    only give the same.
    """
    choices = answer.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        raise Failure("the reply holds no message", mend="is this an OpenAI-compatible chat server?")
    refusal, why = message.get("refusal"), choice.get("finish_reason")
    if refusal:
        raise Failure(f"the model refused: {str(refusal)[:_SHOWN]}")
    if why == "content_filter":
        raise Failure("a content filter stopped the reply")
    if why == "length":
        mend = "--llm max_tokens=NUMBER, or a larger context on the server"
        raise Failure("the reply was cut off: it reached the most tokens allowed", mend=mend)
    return _text(message.get("content"))


def _text(found: Any) -> str:
    """Some servers give a list of parts."""
    if isinstance(found, list):
        parts = (part.get("text") for part in found if isinstance(part, dict))
        return "".join(part for part in parts if isinstance(part, str))
    return found if isinstance(found, str) else ""


def parsed(text: str) -> Any:
    """The JSON value of a reply, freed of a thought before it and a fence around it.

    Raises `ValueError` saying what is wrong with it.

    >>> parsed('<think>Hm.</think>```json\\n{"entities": []}\\n```')
    {'entities': []}
    """
    plain = _THOUGHT.sub("", text)
    fenced = _FENCED.match(plain)
    plain = fenced[1] if fenced else plain
    if not plain.strip():
        raise ValueError("it is empty")
    try:
        return json.loads(plain, parse_constant=_no_number)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    except ValueError as error:
        raise ValueError(f"it is no JSON ({str(error)[:_SHOWN]})") from error


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")
