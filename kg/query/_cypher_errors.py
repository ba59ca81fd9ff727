"""What is wrong with a query, where, and what to write instead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from kg import schema
from kg.errors import QueryError

_UNKNOWN = re.compile(
    r"unknown (?P<kind>node label|relationship type) '(?P<name>[^']+)'|property '(?P<property>[^']+)'"
)
_PREFIX = re.compile(
    r"^(Cypher )?(syntax|execution|schema|type mismatch) error( at line \d+, col \d+)?:\s*", re.IGNORECASE
)
_CLAUSES = ("MATCH", "OPTIONAL", "WHERE", "RETURN", "WITH", "UNWIND", "ORDER", "SKIP", "LIMIT", "UNION", "CALL", "AS")


def at(query: str, offset: int, message: str, mend: str | None = None) -> QueryError:
    """An error at an offset of the query, with the line and a caret under it.

    >>> print(at("RETURN 1 +", 9, "ends too early").args[0])
    ends too early
      RETURN 1 +
               ^
    """
    line = query.count("\n", 0, offset) + 1
    begin = query.rfind("\n", 0, offset) + 1
    return _placed(query, message, line, offset - begin + 1, mend)


@contextmanager
def explained(query: str) -> Iterator[None]:
    """Turn the store's errors into `QueryError`."""
    import kglite

    try:
        yield
    except kglite.ReadOnlyError as error:
        offset = _write_offset(query)
        mend = "change the tables and build again; in Neo4j, use its own tools"
        raise at(query, offset, "this store is a projection of the tables and is only read", mend) from error
    except kglite.CypherTimeoutError as error:
        raise QueryError(f"no answer in time: {error}", where="query", mend="ask for less: a label, a LIMIT") from error
    except kglite.KgError as error:
        raise _translated(query, error) from error
    except (ValueError, TypeError) as error:
        raise QueryError(str(error), where="parameters", mend="use strings, numbers, dates, lists and maps") from error


def refuse_unknown_names(query: str, warnings: Iterable[str]) -> None:
    """Raise for a label, link type or property that no graph of ours can hold."""
    for warning in warnings:
        found = _UNKNOWN.search(warning)
        if found is None:
            continue
        name = found["name"] or found["property"]
        kind, known = _known(found["kind"])
        if name not in known:
            raise at(query, _offset_of(query, name), f"no such {kind}: {name}", _suggestion(name, known, kind))


def _known(kind: str | None) -> tuple[str, set[str]]:
    types = schema.load()
    if kind == "node label":
        return "node label", set(types.node_types)
    if kind == "relationship type":
        return "link type", set(types.link_types)
    nodes = {name for one in types.node_types.values() for name in one.properties}
    return "property", nodes | {name for one in types.link_types.values() for name in one.properties}


def _suggestion(name: str, known: Iterable[str], kind: str) -> str:
    names = sorted(known)
    folded = {one.casefold(): one for one in reversed(names)}
    near = difflib.get_close_matches(name.casefold(), folded, 3, 0.6)
    if near:
        return f"did you mean {' or '.join(folded[one] for one in near)}?"
    return f"`kg schema` lists them: {', '.join(names)}" if len(names) <= 12 else f"`kg schema` lists every {kind}"


def _translated(query: str, error: Any) -> QueryError:
    first = _PREFIX.sub("", str(error).splitlines()[0] if str(error) else type(error).__name__)
    line, column = getattr(error, "line", None), getattr(error, "col", None)
    if line is not None and column is not None:
        return _placed(query, first, line, column, _keyword(query, line, column))
    for pattern in (r"variable '(\w+)'", r"function:? '?([\w.]+)", r"procedure '([\w.]+)'", r"parameter: (\$\w+)"):
        named = re.search(pattern, first)
        if named:
            message = first.split(". Available:")[0]
            return at(query, _offset_of(query, named[1]), message, _mend(named[1], pattern))
    return QueryError(first, where="query")


def _mend(name: str, pattern: str) -> str:
    if name.startswith("$"):
        return f"give it a value: parameters={{{name[1:]!r}: …}}"
    if pattern.startswith("variable"):
        return "bind it in MATCH, UNWIND or WITH first"
    return "docs/neo4j.md lists what this store does not do"


def _keyword(query: str, line: int, column: int) -> str | None:
    """A clause that the word at the place may have been meant for."""
    lines = query.splitlines()
    word = re.match(r"\w+", lines[line - 1][column - 1 :]) if line <= len(lines) else None
    near = difflib.get_close_matches(word[0].upper(), _CLAUSES, 1, 0.7) if word else []
    if word and near and near[0] != word[0].upper():
        return f"did you mean {near[0]}?"
    return _unclosed(query)


def _unclosed(query: str) -> str | None:
    """Which bracket is left open, outside of strings."""
    bare = re.sub(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", "", query)
    for opening, closing in ("()", "[]", "{}"):
        if bare.count(opening) > bare.count(closing):
            return f"a {opening} is not closed"
    return None


def _placed(query: str, message: str, line: int, column: int, mend: str | None) -> QueryError:
    lines = query.splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1].replace("\t", " ")
    return QueryError(
        f"{message}\n  {shown}\n  {' ' * (column - 1)}^", where=f"line {line}, column {column}", mend=mend
    )


def _offset_of(query: str, name: str) -> int:
    found = re.search(rf"(?<![\w$]){re.escape(name)}(?!\w)", query)
    return found.start() if found else 0


def _write_offset(query: str) -> int:
    found = re.search(r"\b(CREATE|MERGE|SET|DELETE|DETACH|REMOVE|DROP|INSERT|FOREACH|CALL)\b", query, re.IGNORECASE)
    return found.start() if found else 0
