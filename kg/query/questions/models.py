"""Questions about models."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.query.questions.question import Answer, Question, counted, links, names, of_type

if TYPE_CHECKING:
    import networkx


def against_gpt_4(graph: networkx.MultiDiGraph) -> Answer:
    """Links of comparison that end at GPT-4."""
    found = [(by, said) for by, thing, said in links(graph, "COMPARES_WITH") if thing == "model/gpt-4"]
    return names(
        graph, [(paper, said.get("outcome", "not said")) for paper, said in sorted(found, key=lambda row: row[0])]
    )


def most_used(graph: networkx.MultiDiGraph) -> Answer:
    """Count the links of use that end at each model."""
    used = Counter(thing for _, thing, _ in links(graph, "USES") if graph.nodes[thing]["type"] == "Model")
    return counted(graph, used, 10)


def variants(graph: networkx.MultiDiGraph) -> Answer:
    """Everything from which links of variance lead to Llama-2, however many."""
    import networkx

    of = networkx.DiGraph((form, whole) for form, whole, _ in links(graph, "VARIANT_OF"))
    found = networkx.ancestors(of, "model/llama-2") if "model/llama-2" in of else set()
    return names(graph, [(model,) for model in sorted(found)])


def largest(graph: networkx.MultiDiGraph) -> Answer:
    """Models by their number of parameters."""
    sized = [(model, said["parameters"]) for model, said in of_type(graph, "Model") if "parameters" in said]
    return names(graph, sorted(sized, key=lambda row: (-row[1], row[0]))[:10])


def outperformed(graph: networkx.MultiDiGraph) -> Answer:
    """Count the comparisons that came out better for the paper's own system."""
    beaten = Counter(thing for _, thing, said in links(graph, "COMPARES_WITH") if said.get("outcome") == "better")
    return counted(graph, beaten, 10)


QUESTIONS = (
    Question(
        6,
        "Which papers compare with GPT-4, and how does their own system fare?",
        ("paper", "outcome"),
        """
        MATCH (p:Paper)-[c:COMPARES_WITH]->(:Model {id: 'model/gpt-4'})
        RETURN p.name AS paper, coalesce(c.outcome, 'not said') AS outcome ORDER BY p.id
        """,
        """
        SELECT ?paper (COALESCE(?said, "not said") AS ?outcome) WHERE {
          ?link rdf:object model:gpt-4 ; rdf:predicate kg:comparesWith ; rdf:subject ?p .
          OPTIONAL { ?link kg:outcome ?said }
          ?p skos:prefLabel ?paper ; kg:id ?id
        } ORDER BY ?id
        """,
        against_gpt_4,
    ),
    Question(
        7,
        "Which models do most papers build on?",
        ("model", "papers"),
        """
        MATCH (p:Paper)-[:USES]->(m:Model)
        WITH m, count(p) AS papers
        RETURN m.name AS model, papers ORDER BY papers DESC, m.id LIMIT 10
        """,
        """
        SELECT ?model ?papers WHERE {
          { SELECT ?m (COUNT(?p) AS ?papers) WHERE { ?p kg:uses ?m . ?m a kg:Model } GROUP BY ?m }
          ?m skos:prefLabel ?model ; kg:id ?id
        } ORDER BY DESC(?papers) ?id LIMIT 10
        """,
        most_used,
    ),
    Question(
        8,
        "Which models are variants of Llama-2, near or far?",
        ("model",),
        """
        MATCH (m)-[:VARIANT_OF*1..8]->(:Model {id: 'model/llama-2'})
        WITH DISTINCT m
        RETURN m.name AS model ORDER BY m.id
        """,
        """
        SELECT ?model WHERE {
          ?m kg:variantOf+ model:llama-2 ; skos:prefLabel ?model ; kg:id ?id
        } ORDER BY ?id
        """,
        variants,
    ),
    Question(
        9,
        "Which are the largest models?",
        ("model", "parameters"),
        """
        MATCH (m:Model) WHERE m.parameters IS NOT NULL
        RETURN m.name AS model, m.parameters AS parameters ORDER BY parameters DESC, m.id LIMIT 10
        """,
        """
        SELECT ?model ?parameters WHERE {
          ?m a kg:Model ; kg:parameters ?parameters ; skos:prefLabel ?model ; kg:id ?id
        } ORDER BY DESC(?parameters) ?id LIMIT 10
        """,
        largest,
    ),
    Question(
        10,
        "What do papers say most often that they outperform?",
        ("thing", "times"),
        """
        MATCH (p:Paper)-[:COMPARES_WITH {outcome: 'better'}]->(t)
        WITH t, count(p) AS times
        RETURN t.name AS thing, times ORDER BY times DESC, t.id LIMIT 10
        """,
        """
        SELECT ?thing ?times WHERE {
          { SELECT ?t (COUNT(?link) AS ?times) WHERE {
              ?link kg:outcome "better" ; rdf:predicate kg:comparesWith ; rdf:object ?t } GROUP BY ?t }
          ?t skos:prefLabel ?thing ; kg:id ?id
        } ORDER BY DESC(?times) ?id LIMIT 10
        """,
        outperformed,
    ),
)
