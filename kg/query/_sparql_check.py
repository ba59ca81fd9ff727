"""What is wrong with a SPARQL query, where, and what to write instead."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from kg.errors import QueryError
from kg.export.rdf.names import node_prefixes
from kg.export.rdf.terms import BASE
from kg.schema import load
from kg.schema.load import KG, own_terms

_TOKEN = re.compile(
    r"""(?P<iri><[^<>"{}|^`\\\s]*>)
      | (?P<comment>\#[^\n]*)
      | (?P<string>\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<variable>[?$]\w+)
      | (?P<name>(?:[^\W\d_][\w.-]*)?:(?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.))?)
      | (?P<word>[^\W\d_]\w*)""",
    re.VERBOSE | re.DOTALL,
)
_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
_UPDATES = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"),
)
_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        SELECT ASK CONSTRUCT DESCRIBE WHERE DISTINCT REDUCED PREFIX BASE OPTIONAL UNION FILTER MINUS BIND VALUES UNDEF
        GRAPH GROUP HAVING ORDER LIMIT OFFSET BY AS IN NOT EXISTS FROM NAMED DESC ASC SEPARATOR SILENT SERVICE A TRUE
        FALSE COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL
        FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH
        DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT
        SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE TRIPLE SUBJECT PREDICATE OBJECT ISTRIPLE
        LATERAL VERSION ADJUST STRLANGDIR LANGDIR HASLANG HASLANGDIR
        """,
    )
)
_SAYINGS = {
    "The SELECT contains a variable that is unbound": "a variable is selected that is neither grouped nor aggregated",
    "Duplicated variable name in SELECT": "a variable is selected twice",
    "The SELECT overrides an existing variable using an expression": "AS gives a name that is already taken",
    "IRI parsing failed": "not an IRI",
    "Prefix not found": "a prefix that is not declared",
}


class Token(NamedTuple):
    """A piece of a query: what it is, its text and where it begins."""

    kind: str
    text: str
    start: int


@functools.cache
def prefixes(base: str = BASE) -> Mapping[str, str]:
    """The prefixes a query may use undeclared: those of the ontology and one for each node type."""
    return {**load().prefixes, **node_prefixes(load(), base)}


def tokens(query: str) -> Iterator[Token]:
    """The names, words, strings and IRIs of a query; comments are left out."""
    for found in _TOKEN.finditer(query):
        if found.lastgroup is not None and found.lastgroup != "comment":
            yield Token(found.lastgroup, found[0], found.start())


def refuse(query: str) -> None:
    """Raise for what is never answered: updates, federated queries, and names that nothing can have.

    >>> refuse("ASK { ?paper kg:usess ?method }")
    Traceback (most recent call last):
    ...
    kg.errors.QueryError: query, line 1, column 14: no such term: kg:usess
      ASK { ?paper kg:usess ?method }
                   ^ (did you mean kg:uses?)
    """
    pieces = list(tokens(query))
    if not pieces:
        raise QueryError("the query is empty", where="query", mend="such as SELECT * WHERE { ?s ?p ?o } LIMIT 10")
    form = _form(pieces)
    if form is not None and form.text.upper() in _UPDATES:
        mend = "change the tables and build again; exports load into any store that takes updates"
        raise at(query, form.start, "this store is a projection of the tables and is only read", mend)
    for piece in pieces:
        if piece.kind == "word" and piece.text.upper() == "SERVICE":
            raise at(query, piece.start, "no other server is asked", "load its data into a store together with this")
    _refuse_unknown(query, pieces)


def declared(query: str) -> str:
    """Declarations, on one line, of the known prefixes that a query uses and does not declare."""
    pieces = list(tokens(query))
    own = {piece.text for before, piece in pairwise(pieces) if before.text.upper() == "PREFIX"}
    used = {piece.text.partition(":")[0] for piece in pieces if piece.kind == "name"}
    known = prefixes()
    missing = sorted(name for name in used if f"{name}:" not in own and name in known)
    return "".join(f"PREFIX {name}: <{known[name]}> " for name in missing)


def explain(query: str, error: SyntaxError) -> QueryError:
    """A parser's error with its place shown and what was probably meant."""
    found = _PLACE.match(str(error))
    if found is None:
        return QueryError(str(error), where="query")
    lines = query.split("\n")
    line = min(int(found[1]), len(lines))
    # The parser counts bytes.
    column = len(lines[line - 1].encode()[: int(found[2]) - 1].decode(errors="ignore"))
    offset = sum(len(text) + 1 for text in lines[: line - 1]) + column
    said = next((ours for theirs, ours in _SAYINGS.items() if theirs in found[3]), None)
    if said is not None:
        return at(query, offset, said)
    plain = _unquoted(query)
    unended = re.search(r"[\"']", plain)
    if unended:
        return at(query, unended.start(), "a text that does not end")
    word = next((piece for piece in tokens(query) if piece.kind == "word" and piece.text.upper() not in _WORDS), None)
    if word is not None:
        near = difflib.get_close_matches(word.text.upper(), sorted(_WORDS), 1, 0.7)
        return at(query, word.start, f"not SPARQL: {word.text}", f"did you mean {near[0]}?" if near else None)
    lone = _lone_bracket(plain)
    if lone is not None:
        return at(query, lone, "a bracket without its fellow")
    expected = sorted({sign or name for sign, name in re.findall(r'"([^"\\]{1,2})"|\b([A-Z]{2,})\b', found[3])})
    message = "the query ends too early" if offset >= len(query.rstrip()) else "not SPARQL here"
    return at(query, offset, message, f"expected {' or '.join(expected)}" if expected else None)


def at(query: str, offset: int, message: str, mend: str | None = None) -> QueryError:
    """An error at an offset of the query, with the line and a caret under it."""
    line = query.count("\n", 0, offset) + 1
    begin = query.rfind("\n", 0, offset) + 1
    shown = query[begin:].partition("\n")[0].replace("\t", " ")
    column = offset - begin
    place = f"query, line {line}, column {column + 1}"
    return QueryError(f"{message}\n  {shown}\n  {' ' * column}^", where=place, mend=mend)


def _form(pieces: list[Token]) -> Token | None:
    """The first word that is not part of a declaration."""
    return next(
        (piece for piece in pieces if piece.kind == "word" and piece.text.upper() not in ("PREFIX", "BASE")), None
    )


def _refuse_unknown(query: str, pieces: list[Token]) -> None:
    declared = dict(prefixes())
    for before, piece, after in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if before.text.upper() == "PREFIX" and after.kind == "iri":
            declared[piece.text.removesuffix(":")] = after.text[1:-1]
    ours = own_terms()
    for piece in pieces:
        if piece.kind != "name":
            continue
        prefix, _, local = piece.text.partition(":")
        if prefix not in declared:
            raise at(query, piece.start, f"no such prefix: {prefix}:", _meant(prefix, declared, "{}:"))
        if declared[prefix] == KG and local and local not in ours:
            raise at(query, piece.start, f"no such term: {piece.text}", _meant(local, ours, prefix + ":{}"))


def _meant(name: str, known: Iterable[str], form: str) -> str:
    """What was probably meant: near names, or where to find all of them."""
    folded = {one.casefold(): one for one in sorted(known)}
    near = difflib.get_close_matches(name.casefold().replace("_", ""), folded, 2, 0.6)
    if near:
        return f"did you mean {' or '.join(form.format(folded[one]) for one in near)}?"
    return "`kg schema` lists them"


def _unquoted(query: str) -> str:
    """The query with strings, IRIs and comments blanked out, so that what is left is syntax."""
    hidden = ("iri", "string", "comment")
    return _TOKEN.sub(lambda found: " " * len(found[0]) if found.lastgroup in hidden else found[0], query)


def _lone_bracket(plain: str) -> int | None:
    """The first bracket that closes nothing, or the last one that is never closed."""
    pairs = {")": "(", "]": "[", "}": "{"}
    opened: list[tuple[str, int]] = []
    for place, char in enumerate(plain):
        if char in pairs.values():
            opened.append((char, place))
        elif char in pairs and (not opened or opened.pop()[0] != pairs[char]):
            return place
    return opened[-1][1] if opened else None
