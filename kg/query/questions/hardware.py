"""Questions about hardware."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.query.questions.question import Answer, Question, counted, links, names

if TYPE_CHECKING:
    import networkx


def most_used(graph: networkx.MultiDiGraph) -> Answer:
    """Count the papers at each piece of hardware."""
    papers = defaultdict(set)
    for source, thing, _ in links(graph, "RUNS_ON"):
        if graph.nodes[source]["type"] == "Paper":
            papers[thing].add(source)
    return counted(graph, {thing: len(by) for thing, by in papers.items()}, 10)


def device_hours(graph: networkx.MultiDiGraph) -> Answer:
    """Sum hours, each times the number of devices."""
    hours: dict[str, float] = defaultdict(float)
    for _, thing, said in links(graph, "RUNS_ON"):
        if "hours" in said:
            hours[thing] += said["hours"] * said.get("count", 1)
    return names(graph, sorted(hours.items(), key=lambda row: (-row[1], row[0]))[:10])


def on_one_device(graph: networkx.MultiDiGraph) -> Answer:
    """Papers that use Llama or a variant of it and run on one device."""
    import networkx

    of = networkx.DiGraph((form, whole) for form, whole, _ in links(graph, "VARIANT_OF"))
    roots = {"model/llama", "model/llama-2", "model/llama-3"}
    family = roots.union(*(networkx.ancestors(of, root) for root in roots if root in of))
    used = [(paper, model) for paper, model, _ in links(graph, "USES") if model in family]
    alone = [(paper, device) for paper, device, said in links(graph, "RUNS_ON") if said.get("count") == 1]
    return names(graph, sorted((paper, model, device) for paper, model in used for by, device in alone if by == paper))


def most_devices(graph: networkx.MultiDiGraph) -> Answer:
    """Links by their count of devices."""
    rows = [(paper, thing, said["count"]) for paper, thing, said in links(graph, "RUNS_ON") if "count" in said]
    return names(graph, sorted(rows, key=lambda row: (-row[2], row[0], row[1]))[:10])


def new_things(graph: networkx.MultiDiGraph) -> Answer:
    """Links from things, not papers, to hardware."""
    rows = [(thing, device) for thing, device, _ in links(graph, "RUNS_ON") if graph.nodes[thing]["type"] != "Paper"]
    return names(graph, sorted(set(rows))[:20])


QUESTIONS = (
    Question(
        16,
        "Which hardware do most papers run on?",
        ("hardware", "papers"),
        """
        MATCH (p:Paper)-[:RUNS_ON]->(h:Hardware)
        WITH h, count(DISTINCT p) AS papers
        RETURN h.name AS hardware, papers ORDER BY papers DESC, h.id LIMIT 10
        """,
        """
        SELECT ?hardware ?papers WHERE {
          { SELECT ?h (COUNT(?p) AS ?papers) WHERE { ?p kg:runsOn ?h . ?p a kg:Paper } GROUP BY ?h }
          ?h skos:prefLabel ?hardware ; kg:id ?id
        } ORDER BY DESC(?papers) ?id LIMIT 10
        """,
        most_used,
    ),
    Question(
        17,
        "On which hardware were most device-hours spent?",
        ("hardware", "device_hours"),
        """
        MATCH (:Paper)-[r:RUNS_ON]->(h:Hardware) WHERE r.hours IS NOT NULL
        WITH h, sum(r.hours * coalesce(r.count, 1)) AS device_hours
        RETURN h.name AS hardware, device_hours ORDER BY device_hours DESC, h.id LIMIT 10
        """,
        """
        SELECT ?hardware ?device_hours WHERE {
          { SELECT ?h (SUM(?hours * COALESCE(?count, 1)) AS ?device_hours) WHERE {
              ?link kg:hours ?hours ; rdf:predicate kg:runsOn ; rdf:object ?h OPTIONAL { ?link kg:count ?count }
            } GROUP BY ?h }
          ?h skos:prefLabel ?hardware ; kg:id ?id
        } ORDER BY DESC(?device_hours) ?id LIMIT 10
        """,
        device_hours,
    ),
    Question(
        18,
        "Which papers work with a Llama model on a single device?",
        ("paper", "model", "hardware"),
        """
        MATCH (root:Model) WHERE root.id IN ['model/llama', 'model/llama-2', 'model/llama-3']
        MATCH (m)-[:VARIANT_OF*0..8]->(root)
        WITH DISTINCT m
        MATCH (m)<-[:USES]-(p:Paper)-[:RUNS_ON {count: 1}]->(h:Hardware)
        RETURN p.name AS paper, m.name AS model, h.name AS hardware ORDER BY p.id, m.id, h.id
        """,
        """
        SELECT ?paper ?model ?hardware WHERE {
          { SELECT DISTINCT ?m WHERE {
              VALUES ?root { model:llama model:llama-2 model:llama-3 } ?m kg:variantOf* ?root . ?m kg:id ?known } }
          ?p kg:uses ?m ; skos:prefLabel ?paper ; kg:id ?x .
          ?link rdf:subject ?p ; kg:count 1 ; rdf:predicate kg:runsOn ; rdf:object ?h .
          ?m skos:prefLabel ?model ; kg:id ?y . ?h skos:prefLabel ?hardware ; kg:id ?z
        } ORDER BY ?x ?y ?z
        """,
        on_one_device,
    ),
    Question(
        19,
        "Which papers ran on the largest number of devices?",
        ("paper", "hardware", "count"),
        """
        MATCH (p:Paper)-[r:RUNS_ON]->(h:Hardware) WHERE r.count IS NOT NULL
        RETURN p.name AS paper, h.name AS hardware, r.count AS count ORDER BY count DESC, p.id, h.id LIMIT 10
        """,
        """
        SELECT ?paper ?hardware ?count WHERE {
          ?link kg:count ?count ; rdf:predicate kg:runsOn ; rdf:subject ?p ; rdf:object ?h .
          ?p skos:prefLabel ?paper ; kg:id ?x . ?h skos:prefLabel ?hardware ; kg:id ?y
        } ORDER BY DESC(?count) ?x ?y LIMIT 10
        """,
        most_devices,
    ),
    Question(
        20,
        "Which new methods and models were run on which hardware by those who introduce them?",
        ("thing", "hardware"),
        """
        MATCH (t)-[:RUNS_ON]->(h:Hardware) WHERE NOT t:Paper
        WITH DISTINCT t, h
        RETURN t.name AS thing, h.name AS hardware ORDER BY t.id, h.id LIMIT 20
        """,
        """
        SELECT ?thing ?hardware WHERE {
          ?t kg:runsOn ?h ; a kg:Entity ; skos:prefLabel ?thing ; kg:id ?x . ?h skos:prefLabel ?hardware ; kg:id ?y
        } ORDER BY ?x ?y LIMIT 20
        """,
        new_things,
    ),
)
