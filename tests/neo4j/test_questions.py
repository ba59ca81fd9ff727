"""The embedded store and Neo4j give the same rows: to the ready questions, and to forty queries of all kinds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import neo4j
import neo4j.graph
import pytest

from kg import Graph
from kg.neo4j import push
from kg.neo4j.shape import MARK, MERGES
from kg.query.ask import questions
from kg.query.cypher import cypher
from tests.graphs import small
from tests.questions.corpus import corpus

from . import servers

pytestmark = pytest.mark.neo4j
Answer = Callable[..., list[tuple[Any, ...]]]

PAPERS = 400
EXTRA = {
    "filter": "MATCH (p:Paper) WHERE p.year >= 2024 AND p.name CONTAINS '1' RETURN p.id ORDER BY p.id",
    "dates": "MATCH (p:Paper) WHERE p.published >= date('2024-06-01') RETURN p.id, p.published ORDER BY p.id",
    "date parts": (
        "MATCH (p:Paper) WHERE p.published IS NOT NULL RETURN p.published.month AS m, count(*) AS c ORDER BY m"
    ),
    "date functions": (
        "RETURN date('2024-02-28') + duration('P2D') AS d, date.truncate('month', date('2024-02-28')) AS t"
    ),
    "null": "MATCH (p:Paper) WHERE p.published IS NULL RETURN count(p) AS n, count(p.published) AS none",
    "coalesce": "MATCH (p:Paper) RETURN coalesce(p.year, 0) AS year, count(*) AS c ORDER BY year",
    "in": "MATCH (m:Model) WHERE m.id IN ['model/llama', 'model/gpt-4'] RETURN m.name ORDER BY m.name",
    "regex": "MATCH (m:Method) WHERE m.name =~ '(?i).*LORA.*' RETURN m.id ORDER BY m.id",
    "strings": (
        "MATCH (m:Model) RETURN toLower(m.name) AS x, size(m.name) AS n, split(m.id, '/')[1] AS s ORDER BY m.id LIMIT 9"
    ),
    "numbers": (
        "RETURN 7 / 2 AS a, 7 % 3 AS b, 2 ^ 3 AS c, round(2.5) AS d, abs(-3) AS e, toInteger('4') AS f, 1.0 / 3 AS g"
    ),
    "lists": "RETURN [1, 2, 3][0] AS a, [1, 2, 3][-1] AS b, [1, 2, 3][0..2] AS c, range(1, 5, 2) AS d, size([]) AS e",
    "comprehension": "RETURN [x IN range(1, 6) WHERE x % 2 = 0 | x * x] AS squares",
    "reduce": "RETURN reduce(total = 0, x IN [1, 2, 3] | total + x) AS total",
    "predicates": (
        "RETURN all(x IN [1, 2] WHERE x > 0) AS a, any(x IN [] WHERE true) AS b, none(x IN [1] WHERE x > 1) AS c"
    ),
    "three-valued": "RETURN null = null AS a, null IN [1] AS b, 1 IN [null, 1] AS c, NOT null AS d, true OR null AS e",
    "case": "MATCH (m:Model) RETURN CASE WHEN m.papers > 1 THEN 'many' ELSE 'few' END AS k, count(*) AS c ORDER BY k",
    "optional": "MATCH (m:Model) OPTIONAL MATCH (m)-[:VARIANT_OF]->(b) RETURN m.id, b.id ORDER BY m.id, b.id LIMIT 40",
    "counted": "MATCH (p:Paper)-[:USES]->(m:Method) RETURN m.id, count(p) AS c ORDER BY c DESC, m.id LIMIT 10",
    "distinct": "MATCH (p:Paper)-[r]->(t) RETURN DISTINCT type(r) AS t ORDER BY t",
    "collect": (
        "MATCH (p:Paper)-[:EVALUATES_ON]->(d) WITH p, d ORDER BY d.id RETURN p.id, collect(d.id) AS ds ORDER BY p.id"
    ),
    "aggregates": "MATCH ()-[r:USES]->() RETURN min(r.confidence) AS a, max(r.confidence) AS b, avg(r.confidence) AS c",
    "with where": "MATCH (p:Paper)-[:USES]->(m) WITH m, count(*) AS c WHERE c > 2 RETURN m.id, c ORDER BY c DESC, m.id",
    "unwind": "UNWIND [3, 1, 2] AS x RETURN x, x * 2 AS y ORDER BY x",
    "unwind property": "MATCH (m:Method) UNWIND m.aliases AS alias RETURN m.id, alias ORDER BY m.id, alias",
    "variable length": "MATCH (m:Model)-[:VARIANT_OF*1..3]->(b:Model) RETURN m.id, b.id ORDER BY m.id, b.id",
    "zero length": "MATCH (m:Model {id: 'model/llama-2-7b'})-[:VARIANT_OF*0..]->(b) RETURN b.id ORDER BY b.id",
    "undirected": "MATCH (a:Model {id: 'model/llama-2'})-[:VARIANT_OF]-(b) RETURN b.id ORDER BY b.id",
    "trail": (
        "MATCH (a:Method {id: 'method/lora'})<-[:USES]-(p)-[:USES]->(b) RETURN b.id, count(*) AS c ORDER BY "
        "c DESC, b.id"
    ),
    "shortest path": (
        "MATCH (a:Method {id: 'method/lora'}), (b:Dataset {id: 'dataset/gsm8k'}) "
        "MATCH p = shortestPath((a)-[:USES|EVALUATES_ON*..6]-(b)) RETURN length(p) AS l"
    ),
    "all shortest paths": (
        "MATCH (a:Method {id: 'method/lora'}), (b:Dataset {id: 'dataset/gsm8k'}) "
        "MATCH p = allShortestPaths((a)-[:USES|EVALUATES_ON*..4]-(b)) "
        "RETURN [n IN nodes(p) | n.id] AS ids ORDER BY ids"
    ),
    "path": (
        "MATCH p = (:Model {id: 'model/llama-2-7b'})-[:VARIANT_OF]->() RETURN p, nodes(p), relationships(p), length(p)"
    ),
    "node and link": "MATCH (p:Paper)-[r:RUNS_ON]->(h) RETURN p, r, h ORDER BY r.key LIMIT 5",
    "labels and type": (
        "MATCH (p:Paper)-[r]->(t) RETURN labels(t) AS l, type(r) AS t, count(*) AS c ORDER BY c DESC, t, l[0]"
    ),
    "exists": "MATCH (p:Paper) WHERE EXISTS { (p)-[:RUNS_ON]->(:Hardware) } RETURN count(p) AS c",
    "exists where": (
        "MATCH (m:Method) WHERE EXISTS { MATCH (p)-[:USES]->(m) WHERE p.year > 2023 } RETURN m.id ORDER BY m.id"
    ),
    "not exists": "MATCH (m:Model) WHERE NOT EXISTS { (m)<-[:USES]-() } RETURN count(m) AS c",
    "count subquery": "MATCH (m:Method) RETURN m.id, COUNT { (m)<-[:USES]-() } AS c ORDER BY c DESC, m.id LIMIT 10",
    "call": (
        "MATCH (m:Model) CALL (m) { MATCH (m)<-[:USES]-(p) RETURN count(p) AS c } RETURN m.id, c ORDER BY c "
        "DESC, m.id LIMIT 9"
    ),
    "union": (
        "CALL () { MATCH (m:Method) RETURN m.id AS id UNION MATCH (m:Model) RETURN m.id AS id } "
        "RETURN id ORDER BY id LIMIT 20"
    ),
    "pattern comprehension": "MATCH (m:Model {id: 'model/llama-2'}) RETURN size([(m)<-[:VARIANT_OF]-(v) | v.id]) AS n",
    "map projection": "MATCH (m:Model {id: 'model/llama-2'}) RETURN m {.id, .name, more: m.papers} AS m",
    "skip and limit": "MATCH (m:Method) RETURN m.id ORDER BY m.id SKIP 5 LIMIT 5",
    "evidence": (
        "MATCH ()-[r:RUNS_ON]->() RETURN r.sentence, r.evidence_text[0], size(r.evidence_start) ORDER BY r.key LIMIT 9"
    ),
    "label disjunction": "MATCH (n:Method|Model) RETURN labels(n)[0] AS l, count(*) AS c ORDER BY l",
    "parameters": "MATCH (m:Model) WHERE m.id = $id AND m.papers >= $least RETURN m.name, $list[1] AS second",
    "order by null": "MATCH (p:Paper) RETURN p.published ORDER BY p.published DESC LIMIT 100",
    "spread": "MATCH (m:Method) RETURN stDev(m.papers) AS s, sum(m.papers) AS t",
    "list slices of strings": (
        "RETURN substring('abcdef', 1, 3) AS a, left('abc', 2) AS b, replace('aXa', 'X', 'b') AS c, trim(' a ') AS d"
    ),
}


@pytest.fixture(scope="module", params=["small", "corpus"])
def both(request: pytest.FixtureRequest, access: servers.Access) -> Iterator[tuple[Graph, Answer]]:
    graph = small() if request.param == "small" else corpus(PAPERS)
    auth = (access.user, access.password) if access.password else None
    with neo4j.GraphDatabase.driver(access.uri, auth=auth, notifications_min_severity="OFF") as driver:
        (held,) = driver.execute_query("MATCH (n:Paper) WHERE n.kg <> 'test-questions' RETURN count(n)")[0]
        if "NEO4J_URI" not in os.environ:
            driver.execute_query("MATCH (n) DETACH DELETE n")
        elif held[0]:
            pytest.skip("this server holds another graph, which these questions would see too")
        push(graph, *access.arguments, namespace="test-questions")

        def answer(query: str, **parameters: Any) -> list[tuple[Any, ...]]:
            records, _, _ = driver.execute_query(query, **parameters)
            return [tuple(map(plain, record)) for record in records]

        yield graph, answer
        driver.execute_query("MATCH (n {kg: 'test-questions'}) DETACH DELETE n")
        driver.execute_query("MATCH (g:KgGraph {name: 'test-questions'}) DELETE g")


def plain(value: Any) -> Any:
    """A value of the driver as `kg.query.cypher` gives it."""
    if isinstance(value, neo4j.graph.Node):
        return {"labels": list(value.labels), "properties": own(value)}
    if isinstance(value, neo4j.graph.Relationship):
        ends = [end["id"] for end in value.nodes if end is not None]
        return {"type": value.type, "source": ends[0], "target": ends[1], "properties": own(value)}
    if isinstance(value, neo4j.graph.Path):
        return {"nodes": list(map(plain, value.nodes)), "relationships": list(map(plain, value.relationships))}
    if isinstance(value, list):
        return list(map(plain, value))
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, float):
        return round(value, 6)
    return value.to_native() if hasattr(value, "to_native") else value


def own(entity: neo4j.graph.Entity) -> dict[str, Any]:
    hidden = {MARK, *MERGES.values()}
    return {name: plain(value) for name, value in entity.items() if name not in hidden}


def rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return [rounded(item) for item in value] if isinstance(value, list) else value


def embedded(graph: Graph, query: str, **parameters: Any) -> list[tuple[Any, ...]]:
    return [tuple(map(rounded, row)) for row in cypher(graph, query, parameters)]


@pytest.mark.parametrize("number", [item.number for item in questions()])
def test_a_ready_question_has_one_answer(both: tuple[Graph, Answer], number: int) -> None:
    graph, answer = both
    query = next(item.cypher for item in questions() if item.number == number)
    assert answer(query) == embedded(graph, query)


@pytest.mark.parametrize("name", EXTRA)
def test_a_query_of_each_kind_has_one_answer(both: tuple[Graph, Answer], name: str) -> None:
    graph, answer = both
    parameters: dict[str, Any] = {}
    if name == "parameters":
        parameters = {"id": "model/llama-2", "least": 0, "list": ["a", "b"]}
    found = answer(EXTRA[name], **parameters)
    assert found == embedded(graph, EXTRA[name], **parameters)
    assert found or graph.papers.num_rows < PAPERS
