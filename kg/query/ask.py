"""Ready questions: list them, and have one answered by any engine."""

from __future__ import annotations

import functools
from dataclasses import replace
from textwrap import dedent
from typing import TYPE_CHECKING, Literal

from kg.errors import UnknownNameError
from kg.query.questions.question import Question
from kg.query.rows import Rows

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["Engine", "Question", "ask", "question", "questions"]

Engine = Literal["cypher", "sparql", "python"]


@functools.cache
def questions() -> tuple[Question, ...]:
    """All ready questions, by number.

    >>> questions()[0].text
    'Which datasets do most papers evaluate on?'
    """
    from kg.query.questions import connections, datasets, hardware, methods, models, papers, results

    themes = (datasets, models, methods, hardware, results, papers, connections)
    found = (item for theme in themes for item in theme.QUESTIONS)
    plain = (replace(item, cypher=dedent(item.cypher).strip(), sparql=dedent(item.sparql).strip()) for item in found)
    return tuple(sorted(plain, key=lambda item: item.number))


def question(number: int) -> Question:
    """The question with a number.

    Raises `UnknownNameError` when there is none.

    >>> question(41)
    Traceback (most recent call last):
    ...
    kg.errors.UnknownNameError: no question 41 (there are 1 to 40: kg ask --list)
    """
    for item in questions():
        if item.number == number:
            return item
    raise UnknownNameError(f"no question {number}", mend=f"there are 1 to {len(questions())}: kg ask --list")


def ask(number: int, graph: Graph, engine: Engine = "cypher") -> Rows:
    """The answer to a ready question, by the engine asked for; all three give the same rows.

    Raises `UnknownNameError` when there is no such question.
    """
    chosen = question(number)
    if engine == "python":
        return Rows(chosen.columns, chosen.python(graph.networkx()))
    if engine == "sparql":
        return graph.sparql(chosen.sparql)
    return graph.cypher(chosen.cypher)
