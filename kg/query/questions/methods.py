"""Questions about methods."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from kg.query.questions.question import Answer, Question, counted, links, names, of_type

if TYPE_CHECKING:
    import networkx


def new_and_used(graph: networkx.MultiDiGraph) -> Answer:
    """Methods that a paper of 2025 introduces and another paper uses."""
    used = defaultdict(set)
    for paper, thing, _ in links(graph, "USES"):
        used[thing].add(paper)
    found: dict[str, set[str]] = defaultdict(set)
    for paper, thing, _ in links(graph, "INTRODUCES"):
        if graph.nodes[thing]["type"] == "Method" and graph.nodes[paper].get("year") == 2025:
            found[thing] |= used[thing] - {paper}
    return counted(graph, {thing: len(by) for thing, by in found.items() if by}, 20)


def most_used(graph: networkx.MultiDiGraph) -> Answer:
    """Count the links of use that end at each method."""
    used = Counter(thing for _, thing, _ in links(graph, "USES") if graph.nodes[thing]["type"] == "Method")
    return counted(graph, used, 10)


def together(graph: networkx.MultiDiGraph) -> Answer:
    """Count the pairs of methods that papers use."""
    used = defaultdict(set)
    for paper, thing, _ in links(graph, "USES"):
        if graph.nodes[thing]["type"] == "Method":
            used[paper].add(thing)
    pairs = Counter(pair for methods in used.values() for pair in combinations(sorted(methods), 2))
    rows = [(*pair, count) for pair, count in pairs.items() if count > 1]
    return names(graph, sorted(rows, key=lambda row: (-row[2], row[0], row[1]))[:20])


def baselines(graph: networkx.MultiDiGraph) -> Answer:
    """Count the comparisons that end at each method."""
    compared = Counter(thing for _, thing, _ in links(graph, "COMPARES_WITH") if graph.nodes[thing]["type"] == "Method")
    return counted(graph, compared, 10)


def other_names(graph: networkx.MultiDiGraph) -> Answer:
    """Methods with their aliases, those with most papers first."""
    named = [(said, other) for _, said in of_type(graph, "Method") for other in said.get("aliases", ())]
    first = sorted(named, key=lambda row: (-row[0]["papers"], row[0]["name"], row[1]))[:20]
    return [(said["name"], other) for said, other in first]


QUESTIONS = (
    Question(
        11,
        "Which methods introduced in 2025 do other papers already use?",
        ("method", "papers"),
        """
        MATCH (new:Paper {year: 2025})-[:INTRODUCES]->(m:Method)<-[:USES]-(p:Paper) WHERE p.id <> new.id
        WITH m, count(DISTINCT p) AS papers
        RETURN m.name AS method, papers ORDER BY papers DESC, m.id LIMIT 20
        """,
        """
        SELECT ?method ?papers WHERE {
          { SELECT ?m (COUNT(DISTINCT ?p) AS ?papers) WHERE {
              ?new kg:year 2025 ; kg:introduces ?m . ?m a kg:Method . ?p kg:uses ?m FILTER(?p != ?new) } GROUP BY ?m }
          ?m skos:prefLabel ?method ; kg:id ?id
        } ORDER BY DESC(?papers) ?id LIMIT 20
        """,
        new_and_used,
    ),
    Question(
        12,
        "Which methods do most papers use?",
        ("method", "papers"),
        """
        MATCH (p:Paper)-[:USES]->(m:Method)
        WITH m, count(p) AS papers
        RETURN m.name AS method, papers ORDER BY papers DESC, m.id LIMIT 10
        """,
        """
        SELECT ?method ?papers WHERE {
          { SELECT ?m (COUNT(?p) AS ?papers) WHERE { ?p kg:uses ?m . ?m a kg:Method } GROUP BY ?m }
          ?m skos:prefLabel ?method ; kg:id ?id
        } ORDER BY DESC(?papers) ?id LIMIT 10
        """,
        most_used,
    ),
    Question(
        13,
        "Which methods are used together?",
        ("one", "other", "papers"),
        """
        MATCH (a:Method)<-[:USES]-(p:Paper)-[:USES]->(b:Method) WHERE a.id < b.id
        WITH a, b, count(p) AS papers WHERE papers > 1
        RETURN a.name AS one, b.name AS other, papers ORDER BY papers DESC, a.id, b.id LIMIT 20
        """,
        """
        SELECT ?one ?other ?papers WHERE {
          { SELECT ?a ?b (COUNT(?p) AS ?papers) WHERE {
              ?p kg:uses ?a, ?b . ?a a kg:Method ; kg:id ?i . ?b a kg:Method ; kg:id ?j FILTER(?i < ?j)
            } GROUP BY ?a ?b HAVING(COUNT(?p) > 1) }
          ?a skos:prefLabel ?one ; kg:id ?x . ?b skos:prefLabel ?other ; kg:id ?y
        } ORDER BY DESC(?papers) ?x ?y LIMIT 20
        """,
        together,
    ),
    Question(
        14,
        "Which methods are baselines most often?",
        ("method", "papers"),
        """
        MATCH (p:Paper)-[:COMPARES_WITH]->(m:Method)
        WITH m, count(p) AS papers
        RETURN m.name AS method, papers ORDER BY papers DESC, m.id LIMIT 10
        """,
        """
        SELECT ?method ?papers WHERE {
          { SELECT ?m (COUNT(?p) AS ?papers) WHERE { ?p kg:comparesWith ?m . ?m a kg:Method } GROUP BY ?m }
          ?m skos:prefLabel ?method ; kg:id ?id
        } ORDER BY DESC(?papers) ?id LIMIT 10
        """,
        baselines,
    ),
    Question(
        15,
        "Under which other names do papers write the methods they speak of most?",
        ("method", "alias"),
        """
        MATCH (m:Method) UNWIND m.aliases AS alias
        RETURN m.name AS method, alias ORDER BY m.papers DESC, method, alias LIMIT 20
        """,
        """
        SELECT ?method ?alias WHERE {
          ?m a kg:Method ; skos:prefLabel ?method ; skos:altLabel ?alias ; kg:papers ?papers
        } ORDER BY DESC(?papers) ?method ?alias LIMIT 20
        """,
        other_names,
    ),
)
