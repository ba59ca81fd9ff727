"""What the model was asked and what it cost, counted over threads."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from typing import Any

from kg.extract.llm.endpoint import Endpoint


class Usage:
    """Sums of one run: papers ``read``, ``kept`` from before and ``failed``; questions, tokens; names dropped."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    def count(self, **more: int) -> None:
        """Add to the counters."""
        with self._lock:
            self._counts.update(more)

    def asked(self, usage: Any) -> None:
        """Count one question by the ``usage`` of its reply; what a server does not say is not guessed."""
        given = usage if isinstance(usage, Mapping) else {}
        tokens = [_number(given.get(name)) for name in ("prompt_tokens", "completion_tokens")]
        self.count(questions=1, tokens_in=tokens[0] or 0, tokens_out=tokens[1] or 0, uncounted=int(None in tokens))

    def __getitem__(self, name: str) -> int:
        with self._lock:
            return self._counts[name]

    def cost(self, endpoint: Endpoint) -> float | None:
        """The price of the tokens; ``None`` where no price was given."""
        if not (endpoint.price_in or endpoint.price_out):
            return None
        return (self["tokens_in"] * endpoint.price_in + self["tokens_out"] * endpoint.price_out) / 1e6

    def summary(self, endpoint: Endpoint) -> str:
        """One line for people.

        >>> usage = Usage()
        >>> usage.asked({"prompt_tokens": 1500, "completion_tokens": 500})
        >>> usage.count(read=1, dropped=2)
        >>> usage.summary(Endpoint("http://localhost/v1", "m", price_in=2.0, price_out=8.0))
        '1 read by m with 1 question, 1,500 tokens in and 500 out, cost 0.0070, 2 answers dropped'
        """
        said = f"{self['read']:,} read by {endpoint.model}"
        if self["questions"]:
            plural = "" if self["questions"] == 1 else "s"
            said += f" with {self['questions']:,} question{plural}"
            said += f", {self['tokens_in']:,} tokens in and {self['tokens_out']:,} out"
            if self["uncounted"]:
                said += f" (not told of {self['uncounted']:,})"
            cost = self.cost(endpoint)
            said += "" if cost is None else f", cost {cost:,.4f}"
        for name, what in (("kept", "replies kept from before"), ("dropped", "answers dropped"), ("failed", "failed")):
            said += f", {self[name]:,} {what}" if self[name] else ""
        return said


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
