"""Questions about papers."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kg.query.questions.question import Answer, Question, counted, links, names, of_type

if TYPE_CHECKING:
    import networkx


def without_code(graph: networkx.MultiDiGraph) -> Answer:
    """Papers that no link of code leaves."""
    with_code = {paper for paper, _, _ in links(graph, "HAS_CODE")}
    return names(
        graph,
        [(paper,) for paper in sorted(node for node, _ in of_type(graph, "Paper")) if paper not in with_code][:20],
    )


def per_year(graph: networkx.MultiDiGraph) -> Answer:
    """Count papers by year, all and those with code."""
    with_code = {paper for paper, _, _ in links(graph, "HAS_CODE")}
    dated = [(said["year"], paper in with_code) for paper, said in of_type(graph, "Paper") if "year" in said]
    papers = Counter(year for year, _ in dated)
    coded = Counter(year for year, code in dated if code)
    return [(year, papers[year], coded[year]) for year in sorted(papers, reverse=True)]


def most_authors(graph: networkx.MultiDiGraph) -> Answer:
    """Papers by the number of authors the listing counts."""
    rows = [(paper, said["author_count"]) for paper, said in of_type(graph, "Paper") if "author_count" in said]
    return names(graph, sorted(rows, key=lambda row: (-row[1], row[0]))[:10])


def organizations(graph: networkx.MultiDiGraph) -> Answer:
    """Count the papers of each organisation."""
    return counted(graph, Counter(thing for _, thing, _ in links(graph, "PUBLISHED_BY")), 10)


def method_and_dataset(graph: networkx.MultiDiGraph) -> Answer:
    """Papers that introduce a method and a dataset."""
    new = defaultdict(set)
    for paper, thing, _ in links(graph, "INTRODUCES"):
        new[paper].add((graph.nodes[thing]["type"], thing))
    rows = [
        (paper, method, data)
        for paper, things in new.items()
        for kind, method in things if kind == "Method"
        for other, data in things if other == "Dataset"
    ]  # fmt: skip
    return names(graph, sorted(rows)[:20])


def most_new(graph: networkx.MultiDiGraph) -> Answer:
    """Count what each paper introduces."""
    return counted(graph, Counter(paper for paper, _, _ in links(graph, "INTRODUCES")), 10)


def tasks(graph: networkx.MultiDiGraph) -> Answer:
    """Count the papers at each task."""
    return counted(graph, Counter(thing for _, thing, _ in links(graph, "ADDRESSES")), 10)


def metrics(graph: networkx.MultiDiGraph) -> Answer:
    """Count the papers at each metric."""
    return counted(graph, Counter(thing for _, thing, _ in links(graph, "MEASURES")), 10)


def repositories(graph: networkx.MultiDiGraph) -> Answer:
    """Repositories with the papers that point to them."""
    return names(
        graph,
        [(code, paper) for code, paper in sorted((code, paper) for paper, code, _ in links(graph, "HAS_CODE"))[:20]],
    )


QUESTIONS = (
    Question(
        26,
        "Which papers give no code?",
        ("paper",),
        """
        MATCH (p:Paper) WHERE NOT EXISTS { MATCH (p)-[:HAS_CODE]->(:Repository) }
        RETURN p.name AS paper ORDER BY p.id LIMIT 20
        """,
        """
        SELECT ?paper WHERE {
          ?p a kg:Paper ; skos:prefLabel ?paper ; kg:id ?id FILTER NOT EXISTS { ?p kg:hasCode ?code }
        } ORDER BY ?id LIMIT 20
        """,
        without_code,
    ),
    Question(
        27,
        "How many papers are there of each year, and how many of them give code?",
        ("year", "papers", "with_code"),
        """
        MATCH (p:Paper) WHERE p.year IS NOT NULL
        OPTIONAL MATCH (p)-[:HAS_CODE]->(c:Repository)
        WITH p, count(c) AS codes
        RETURN p.year AS year, count(p) AS papers, sum(CASE WHEN codes > 0 THEN 1 ELSE 0 END) AS with_code
        ORDER BY year DESC
        """,
        """
        SELECT ?year (COUNT(?p) AS ?papers) (SUM(IF(?code, 1, 0)) AS ?with_code) WHERE {
          ?p kg:year ?year BIND(EXISTS { ?p kg:hasCode ?any } AS ?code)
        } GROUP BY ?year ORDER BY DESC(?year)
        """,
        per_year,
    ),
    Question(
        28,
        "Which papers have most authors?",
        ("paper", "authors"),
        """
        MATCH (p:Paper) WHERE p.author_count IS NOT NULL
        RETURN p.name AS paper, p.author_count AS authors ORDER BY authors DESC, p.id LIMIT 10
        """,
        """
        SELECT ?paper ?authors WHERE {
          ?p kg:authorCount ?authors ; skos:prefLabel ?paper ; kg:id ?id
        } ORDER BY DESC(?authors) ?id LIMIT 10
        """,
        most_authors,
    ),
    Question(
        29,
        "Which organisations published most papers?",
        ("organization", "papers"),
        """
        MATCH (p:Paper)-[:PUBLISHED_BY]->(o:Organization)
        WITH o, count(p) AS papers
        RETURN o.name AS organization, papers ORDER BY papers DESC, o.id LIMIT 10
        """,
        """
        SELECT ?organization ?papers WHERE {
          { SELECT ?o (COUNT(?p) AS ?papers) WHERE { ?p kg:publishedBy ?o } GROUP BY ?o }
          ?o skos:prefLabel ?organization ; kg:id ?id
        } ORDER BY DESC(?papers) ?id LIMIT 10
        """,
        organizations,
    ),
    Question(
        30,
        "Which papers introduce a method and a dataset together?",
        ("paper", "method", "dataset"),
        """
        MATCH (m:Method)<-[:INTRODUCES]-(p:Paper)-[:INTRODUCES]->(d:Dataset)
        RETURN p.name AS paper, m.name AS method, d.name AS dataset ORDER BY p.id, m.id, d.id LIMIT 20
        """,
        """
        SELECT ?paper ?method ?dataset WHERE {
          ?p kg:introduces ?m, ?d ; skos:prefLabel ?paper ; kg:id ?x .
          ?m a kg:Method ; skos:prefLabel ?method ; kg:id ?y . ?d a kg:Dataset ; skos:prefLabel ?dataset ; kg:id ?z
        } ORDER BY ?x ?y ?z LIMIT 20
        """,
        method_and_dataset,
    ),
    Question(
        31,
        "Which papers introduce most new things?",
        ("paper", "things"),
        """
        MATCH (p:Paper)-[:INTRODUCES]->(t)
        WITH p, count(t) AS things
        RETURN p.name AS paper, things ORDER BY things DESC, p.id LIMIT 10
        """,
        """
        SELECT ?paper ?things WHERE {
          { SELECT ?p (COUNT(?t) AS ?things) WHERE { ?p kg:introduces ?t } GROUP BY ?p }
          ?p skos:prefLabel ?paper ; kg:id ?id
        } ORDER BY DESC(?things) ?id LIMIT 10
        """,
        most_new,
    ),
    Question(
        32,
        "Which tasks do most papers address?",
        ("task", "papers"),
        """
        MATCH (p:Paper)-[:ADDRESSES]->(t:Task)
        WITH t, count(p) AS papers
        RETURN t.name AS task, papers ORDER BY papers DESC, t.id LIMIT 10
        """,
        """
        SELECT ?task ?papers WHERE {
          { SELECT ?t (COUNT(?p) AS ?papers) WHERE { ?p kg:addresses ?t } GROUP BY ?t }
          ?t skos:prefLabel ?task ; kg:id ?id
        } ORDER BY DESC(?papers) ?id LIMIT 10
        """,
        tasks,
    ),
    Question(
        33,
        "Which metrics do most papers report?",
        ("metric", "papers"),
        """
        MATCH (p:Paper)-[:MEASURES]->(m:Metric)
        WITH m, count(p) AS papers
        RETURN m.name AS metric, papers ORDER BY papers DESC, m.id LIMIT 10
        """,
        """
        SELECT ?metric ?papers WHERE {
          { SELECT ?m (COUNT(?p) AS ?papers) WHERE { ?p kg:measures ?m } GROUP BY ?m }
          ?m skos:prefLabel ?metric ; kg:id ?id
        } ORDER BY DESC(?papers) ?id LIMIT 10
        """,
        metrics,
    ),
    Question(
        34,
        "Where is the code of which paper?",
        ("repository", "paper"),
        """
        MATCH (p:Paper)-[:HAS_CODE]->(c:Repository)
        RETURN c.name AS repository, p.name AS paper ORDER BY c.id, p.id LIMIT 20
        """,
        """
        SELECT ?repository ?paper WHERE {
          ?p kg:hasCode ?c ; skos:prefLabel ?paper ; kg:id ?y . ?c skos:prefLabel ?repository ; kg:id ?x
        } ORDER BY ?x ?y LIMIT 20
        """,
        repositories,
    ),
)
