"""What no rule can see: nicknames, renamings, the usual reading of an acronym, and names that only look like variants.

The data files are small, written by hand, and say in their headers what they hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from kg.resolve.forms import parse


@cache
def _senses() -> dict[str, dict[str, str]]:
    """Of each type: the key of every known form, with the key of the thing; the first row that has a form wins."""
    found: dict[str, dict[str, str]] = {}
    for kind, name, forms in rows("known.tsv"):
        canonical = parse(name, kind).key
        table = found.setdefault(kind, {})
        canonical = table.get(canonical, canonical)
        for form in (name, *forms.split("|")):
            table.setdefault(parse(form.strip(), kind).key, canonical)
    return found


@cache
def _apart() -> dict[str, frozenset[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for kind, name, others in rows("apart.tsv"):
        pairs = found.setdefault(kind, set())
        pairs.update((parse(name, kind).key, parse(other.strip(), kind).key) for other in others.split("|"))
    return {kind: frozenset(pairs) for kind, pairs in found.items()}


def rows(name: str) -> Iterator[tuple[str, str, str]]:
    """The rows of one data file: type, name, and the third column as it stands."""
    text = (files("kg.resolve") / "data" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            kind, first, rest = line.split("\t")
            yield kind, first, rest


def canonical(key: str, kind: str) -> str:
    """The key of the thing that a known form's key stands for; any other key is its own.

    >>> canonical(parse("SBERT", "Model").key, "Model") == canonical(parse("Sentence-BERT", "Model").key, "Model")
    True
    """
    return _senses().get(kind, {}).get(key, key)


def is_known(key: str, kind: str) -> bool:
    """Whether the form stands in the list under this type."""
    return key in _senses().get(kind, {})


def types_of(key: str) -> frozenset[str]:
    """The types under which the list knows a thing of this key."""
    return frozenset(kind for kind, table in _senses().items() if table.get(key) == key)


def means_elsewhere(short: str, long: str, kind: str) -> bool:
    """Whether the list knows ``short`` as ``long`` under another type, and under ``kind`` as something else."""
    here = _senses().get(kind, {})
    if parse(short, kind).key not in here:
        return False
    return any(
        other != kind and table.get(parse(short, other).key, "") == table.get(parse(long, other).key, "-")
        for other, table in _senses().items()
    )


def stands_apart(key: str, ancestor: str, kind: str) -> bool:
    """Whether the list says that ``key`` is no variant of ``ancestor`` though it looks like one."""
    return (key, ancestor) in _apart().get(kind, frozenset())
