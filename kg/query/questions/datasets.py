"""Questions about datasets."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kg.query.questions.question import Answer, Question, counted, links, names

if TYPE_CHECKING:
    import networkx


def most_evaluated(graph: networkx.MultiDiGraph) -> Answer:
    """Count the links that end at each dataset."""
    return counted(graph, Counter(data for _, data, _ in links(graph, "EVALUATES_ON")), 10)


def by_year(graph: networkx.MultiDiGraph) -> Answer:
    """Count papers by their year and the dataset they use."""
    used = {(paper, data) for paper, data, _ in links(graph, "EVALUATES_ON", "TRAINS_ON")}
    counts = Counter((graph.nodes[paper]["year"], data) for paper, data in used if "year" in graph.nodes[paper])
    rows = [(year, data, count) for (year, data), count in counts.items()]
    return names(graph, sorted(rows, key=lambda row: (-row[0], -row[2], row[1]))[:20])


def trained_and_evaluated(graph: networkx.MultiDiGraph) -> Answer:
    """Datasets with links of both types."""
    trains = Counter(data for _, data, _ in links(graph, "TRAINS_ON"))
    evaluates = Counter(data for _, data, _ in links(graph, "EVALUATES_ON"))
    return names(graph, [(data, trains[data], evaluates[data]) for data in sorted(trains) if data in evaluates])


def introduced(graph: networkx.MultiDiGraph) -> Answer:
    """Links of introduction that end at a dataset."""
    rows = [(data, paper) for paper, data, _ in links(graph, "INTRODUCES") if graph.nodes[data]["type"] == "Dataset"]
    return names(graph, sorted(rows)[:20])


def from_elsewhere(graph: networkx.MultiDiGraph) -> Answer:
    """Datasets evaluated on by two papers or more, none of which introduces them."""
    new = {data for _, data, _ in links(graph, "INTRODUCES")}
    papers = defaultdict(set)
    for paper, data, _ in links(graph, "EVALUATES_ON"):
        papers[data].add(paper)
    return counted(graph, {data: len(by) for data, by in papers.items() if len(by) > 1 and data not in new}, 20)


QUESTIONS = (
    Question(
        1,
        "Which datasets do most papers evaluate on?",
        ("dataset", "papers"),
        """
        MATCH (p:Paper)-[:EVALUATES_ON]->(d:Dataset)
        WITH d, count(p) AS papers
        RETURN d.name AS dataset, papers ORDER BY papers DESC, d.id LIMIT 10
        """,
        """
        SELECT ?dataset ?papers WHERE {
          { SELECT ?d (COUNT(?p) AS ?papers) WHERE { ?p kg:evaluatesOn ?d } GROUP BY ?d }
          ?d skos:prefLabel ?dataset ; kg:id ?id
        } ORDER BY DESC(?papers) ?id LIMIT 10
        """,
        most_evaluated,
    ),
    Question(
        2,
        "Which datasets were used most, year by year?",
        ("year", "dataset", "papers"),
        """
        MATCH (p:Paper)-[:EVALUATES_ON|TRAINS_ON]->(d:Dataset) WHERE p.year IS NOT NULL
        WITH p.year AS year, d, count(DISTINCT p) AS papers
        RETURN year, d.name AS dataset, papers ORDER BY year DESC, papers DESC, d.id LIMIT 20
        """,
        """
        SELECT ?year ?dataset ?papers WHERE {
          { SELECT ?year ?d (COUNT(DISTINCT ?p) AS ?papers) WHERE {
              ?p kg:evaluatesOn|kg:trainsOn ?d ; kg:year ?year } GROUP BY ?year ?d }
          ?d skos:prefLabel ?dataset ; kg:id ?id
        } ORDER BY DESC(?year) DESC(?papers) ?id LIMIT 20
        """,
        by_year,
    ),
    Question(
        3,
        "Which datasets are both trained on and evaluated on?",
        ("dataset", "trained", "evaluated"),
        """
        MATCH (a:Paper)-[:TRAINS_ON]->(d:Dataset)
        WITH d, count(DISTINCT a) AS trained
        MATCH (b:Paper)-[:EVALUATES_ON]->(d)
        WITH d, trained, count(DISTINCT b) AS evaluated
        RETURN d.name AS dataset, trained, evaluated ORDER BY d.id
        """,
        """
        SELECT ?dataset ?trained ?evaluated WHERE {
          { SELECT ?d (COUNT(?p) AS ?trained) WHERE { ?p kg:trainsOn ?d } GROUP BY ?d }
          { SELECT ?d (COUNT(?p) AS ?evaluated) WHERE { ?p kg:evaluatesOn ?d } GROUP BY ?d }
          ?d skos:prefLabel ?dataset ; kg:id ?id
        } ORDER BY ?id
        """,
        trained_and_evaluated,
    ),
    Question(
        4,
        "Which datasets do papers introduce, and which paper is it?",
        ("dataset", "paper"),
        """
        MATCH (p:Paper)-[:INTRODUCES]->(d:Dataset)
        RETURN d.name AS dataset, p.name AS paper ORDER BY d.id, p.id LIMIT 20
        """,
        """
        SELECT ?dataset ?paper WHERE {
          ?p kg:introduces ?d ; skos:prefLabel ?paper ; kg:id ?by .
          ?d a kg:Dataset ; skos:prefLabel ?dataset ; kg:id ?id
        } ORDER BY ?id ?by LIMIT 20
        """,
        introduced,
    ),
    Question(
        5,
        "Which datasets do several papers evaluate on that none of the papers here introduces?",
        ("dataset", "papers"),
        """
        MATCH (p:Paper)-[:EVALUATES_ON]->(d:Dataset)
        WHERE NOT EXISTS { MATCH (:Paper)-[:INTRODUCES]->(d) }
        WITH d, count(p) AS papers WHERE papers > 1
        RETURN d.name AS dataset, papers ORDER BY papers DESC, d.id LIMIT 20
        """,
        """
        SELECT ?dataset ?papers WHERE {
          { SELECT ?d (COUNT(?p) AS ?papers) WHERE {
              ?p kg:evaluatesOn ?d FILTER NOT EXISTS { ?new kg:introduces ?d } } GROUP BY ?d }
          FILTER(?papers > 1)
          ?d skos:prefLabel ?dataset ; kg:id ?id
        } ORDER BY DESC(?papers) ?id LIMIT 20
        """,
        from_elsewhere,
    ),
)
