"""Read papers from anything a user names: the front door of `kg.sources`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from kg.errors import FormatError, InputError
from kg.model import Paper
from kg.registry import Registry
from kg.sources.files import pages
from kg.sources.format import InputFormat, Page
from kg.sources.identity import merged


def registry() -> Registry:
    """The registry of input formats (the name ``formats`` is the sub-package's)."""
    return Registry("kg.sources.formats", "FORMAT")


def read_papers(
    inputs: Iterable[str | Path],
    *,
    captured: date | None = None,
    on_error: Callable[[InputError], None] | None = None,
    on_note: Callable[[str], None] | None = None,
) -> list[Paper]:
    """Read all papers of ``inputs``: files, folders, or ``-`` for standard input.

    The format of each file is decided by its content. A paper that stands on several pages is one
    `Paper` that knows them all. ``captured`` is the day the pages were saved, for dates printed
    without a year. What cannot be read goes to ``on_error`` and the rest goes on; without it the
    first such `InputError` is raised. ``on_note`` hears what a user may want to know.

    >>> from pathlib import Path
    >>> read_papers([Path("samples/daily-papers.txt")])[0].organization  # doctest: +SKIP
    'Example Lab'
    """
    return merged(_all(inputs, captured, on_error or _raise, on_note or (lambda _: None)))


def _raise(error: InputError) -> None:
    raise error


def _all(
    inputs: Iterable[str | Path],
    captured: date | None,
    on_error: Callable[[InputError], None],
    on_note: Callable[[str], None],
) -> Iterator[Paper]:
    known: list[InputFormat] = [item for _, item in registry()]
    for page in pages(inputs, captured=captured, on_error=on_error, on_note=on_note):
        try:
            yield from choose(page, known).read(page)
        except InputError as error:
            on_error(error)
        except (OSError, EOFError) as error:
            on_error(InputError(f"cannot be read to its end: {error}", where=page.where, mend="check the file"))


def choose(page: Page, known: Iterable[InputFormat]) -> InputFormat:
    """The format surest of ``page``.

    Raises `FormatError` saying what was looked for when none is.
    """
    known = list(known)
    head = page.head()
    if not head.strip():
        raise FormatError("the file is empty", where=page.where, mend="save the page again")
    sure, best = max(((item.sniff(head), item) for item in known), key=lambda pair: pair[0])
    if sure <= 0:
        looked = "; ".join(item.looks_for for item in known)
        raise FormatError(f"in no known format; looked for {looked}", where=page.where, mend="see `kg formats`")
    return best
