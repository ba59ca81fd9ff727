"""Questions about results."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kg.query.questions.question import Answer, Question, counted, links, names

if TYPE_CHECKING:
    import networkx


def _parts(graph: networkx.MultiDiGraph, kind: str) -> dict[str, str]:
    """Where the links of one type lead from each result."""
    return {result: thing for result, thing, _ in links(graph, kind)}


def best_on_gsm8k(graph: networkx.MultiDiGraph) -> Answer:
    """Results on GSM8K by value, with the best sentence of each."""
    subject, data = _parts(graph, "OF_SUBJECT"), _parts(graph, "ON_DATASET")
    rows = []
    for paper, result, said in links(graph, "REPORTS"):
        if data.get(result) == "dataset/gsm8k":
            rows.append((result, graph.nodes[result]["value"], subject[result], paper, said["sentence"]))
    rows.sort(key=lambda row: (-row[1], row[0]))
    return names(graph, [(thing, value, paper, sentence) for _, value, thing, paper, sentence in rows[:5]])


def by_dataset(graph: networkx.MultiDiGraph) -> Answer:
    """Count the results on each dataset."""
    return counted(graph, Counter(_parts(graph, "ON_DATASET").values()), 10)


def in_accuracy(graph: networkx.MultiDiGraph) -> Answer:
    """Results whose metric is accuracy."""
    subject, data, metric = (_parts(graph, kind) for kind in ("OF_SUBJECT", "ON_DATASET", "IN_METRIC"))
    found = sorted(result for result, thing in metric.items() if thing == "metric/accuracy")[:20]
    return names(graph, [(subject[one], data[one], graph.nodes[one]["value"]) for one in found])


def new_on_gsm8k(graph: networkx.MultiDiGraph) -> Answer:
    """Things evaluated on GSM8K by the papers that introduce them."""
    found = {thing for thing, data, _ in links(graph, "EVALUATED_ON") if data == "dataset/gsm8k"}
    return names(graph, [(graph.nodes[thing]["type"], thing) for thing in sorted(found)])


def contested(graph: networkx.MultiDiGraph) -> Answer:
    """Datasets on which results of several things stand, with their range."""
    subject, data = _parts(graph, "OF_SUBJECT"), _parts(graph, "ON_DATASET")
    things, values = defaultdict(set), defaultdict(list)
    for result, on in data.items():
        things[on].add(subject[result])
        values[on].append(graph.nodes[result]["value"])
    rows = [(on, len(of), min(values[on]), max(values[on])) for on, of in things.items() if len(of) > 1]
    return names(graph, sorted(rows, key=lambda row: (-row[1], row[0]))[:20])


QUESTIONS = (
    Question(
        21,
        "What are the best results on GSM8K, and which sentence says so?",
        ("thing", "value", "paper", "sentence"),
        """
        MATCH (p:Paper)-[said:REPORTS]->(r:Result)-[:ON_DATASET]->(:Dataset {id: 'dataset/gsm8k'})
        MATCH (r)-[:OF_SUBJECT]->(t)
        RETURN t.name AS thing, r.value AS value, p.name AS paper, said.sentence AS sentence
        ORDER BY value DESC, r.id LIMIT 5
        """,
        """
        SELECT ?thing ?value ?paper ?sentence WHERE {
          ?r kg:onDataset dataset:gsm8k ; kg:ofSubject ?t ; mls:hasValue ?value ; kg:id ?id .
          ?p kg:reports ?r ; skos:prefLabel ?paper . ?t skos:prefLabel ?thing .
          ?evidence oa:hasBody ?r ; kg:position 0 ; kg:sentence ?sentence
        } ORDER BY DESC(?value) ?id LIMIT 5
        """,
        best_on_gsm8k,
    ),
    Question(
        22,
        "On which datasets are most numbers reported?",
        ("dataset", "results"),
        """
        MATCH (r:Result)-[:ON_DATASET]->(d:Dataset)
        WITH d, count(r) AS results
        RETURN d.name AS dataset, results ORDER BY results DESC, d.id LIMIT 10
        """,
        """
        SELECT ?dataset ?results WHERE {
          { SELECT ?d (COUNT(?r) AS ?results) WHERE { ?r kg:onDataset ?d } GROUP BY ?d }
          ?d skos:prefLabel ?dataset ; kg:id ?id
        } ORDER BY DESC(?results) ?id LIMIT 10
        """,
        by_dataset,
    ),
    Question(
        23,
        "Which accuracies are reported, of what and on what?",
        ("thing", "dataset", "value"),
        """
        MATCH (t)<-[:OF_SUBJECT]-(r:Result)-[:ON_DATASET]->(d:Dataset)
        MATCH (r)-[:IN_METRIC]->(:Metric {id: 'metric/accuracy'})
        RETURN t.name AS thing, d.name AS dataset, r.value AS value ORDER BY r.id LIMIT 20
        """,
        """
        SELECT ?thing ?dataset ?value WHERE {
          ?r kg:inMetric metric:accuracy ; kg:ofSubject ?t ; kg:onDataset ?d ; mls:hasValue ?value ; kg:id ?id .
          ?t skos:prefLabel ?thing . ?d skos:prefLabel ?dataset
        } ORDER BY ?id LIMIT 20
        """,
        in_accuracy,
    ),
    Question(
        24,
        "Which new things were evaluated on GSM8K?",
        ("type", "thing"),
        """
        MATCH (t)-[:EVALUATED_ON]->(:Dataset {id: 'dataset/gsm8k'})
        WITH DISTINCT t
        RETURN head(labels(t)) AS type, t.name AS thing ORDER BY t.id
        """,
        """
        SELECT ?type ?thing WHERE {
          ?t kg:evaluatedOn dataset:gsm8k ; a ?class ; skos:prefLabel ?thing ; kg:id ?id .
          VALUES (?class ?type) { (kg:Method "Method") (kg:Model "Model") (kg:Dataset "Dataset")
                                  (kg:Hardware "Hardware") (kg:Task "Task") (kg:Metric "Metric") }
        } ORDER BY ?id
        """,
        new_on_gsm8k,
    ),
    Question(
        25,
        "On which datasets do several things compete, and how far do the numbers lie apart?",
        ("dataset", "things", "lowest", "highest"),
        """
        MATCH (t)<-[:OF_SUBJECT]-(r:Result)-[:ON_DATASET]->(d:Dataset)
        WITH d, count(DISTINCT t) AS things, min(r.value) AS lowest, max(r.value) AS highest WHERE things > 1
        RETURN d.name AS dataset, things, lowest, highest ORDER BY things DESC, d.id LIMIT 20
        """,
        """
        SELECT ?dataset ?things ?lowest ?highest WHERE {
          { SELECT ?d (COUNT(DISTINCT ?t) AS ?things) (MIN(?value) AS ?lowest) (MAX(?value) AS ?highest) WHERE {
              ?r kg:onDataset ?d ; kg:ofSubject ?t ; mls:hasValue ?value } GROUP BY ?d }
          FILTER(?things > 1)
          ?d skos:prefLabel ?dataset ; kg:id ?id
        } ORDER BY DESC(?things) ?id LIMIT 20
        """,
        contested,
    ),
)
