"""``--extractor llm`` and its settings, for the commands that extract."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.extract.llm import LLM

_CACHE = "cache"


def extractor_options() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """``--extractor`` and ``--llm``."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(
            (
                click.option("--extractor", type=click.Choice(["rules", "llm"]), default="rules", show_default=True,
                             help="Who reads: kg itself by --profile, or a language model of yours (docs/llm.md)."),
                click.option("--llm", "llm", multiple=True, metavar="NAME=VALUE",
                             help="A setting of --extractor llm (or KG_LLM_NAME): url, model, key, timeout, retries, "
                                  "concurrency, wait, max_tokens, price_in, price_out, cache."),
            )
        ):  # fmt: skip
            function = option(function)
        return function

    return decorate


def language_model(
    extractor: str, given: Iterable[str], on_error: Callable[[KgError], None], folder: Path | None = None
) -> LLM | None:
    """The extractor that the options ask for; ``None`` for kg's own.

    Replies are kept in the ``cache`` given, else beside the records of the graph in ``folder``.
    """
    settings = dict(_setting(item) for item in given)
    if extractor != "llm":
        if settings:
            raise click.UsageError("--llm goes with --extractor llm")
        return None
    from os import environ

    from kg.cache import CACHE
    from kg.extract.llm import LLM, endpoint
    from kg.extract.llm.replies import FOLDER

    usual = (folder or Path(environ.get("KG_GRAPH", "exports"))) / CACHE / FOLDER
    replies = settings.pop(_CACHE, "") or environ.get("KG_LLM_CACHE") or usual
    return LLM(endpoint(settings), replies=Path(replies), on_error=on_error)


def _setting(item: str) -> tuple[str, str]:
    name, equals, value = item.partition("=")
    if not equals:
        # Not the item itself: it may be a key.
        raise click.UsageError("--llm takes NAME=VALUE")
    return name.strip().replace("-", "_"), value
