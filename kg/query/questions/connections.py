"""Questions about what leads to what, and on what grounds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.query.questions.question import Answer, Question, counted, links, names

if TYPE_CHECKING:
    import networkx

_ROLES = ("INTRODUCES", "USES", "COMPARES_WITH", "MENTIONS")


def grounds(graph: networkx.MultiDiGraph) -> Answer:
    """The best sentence of each link from a paper to hardware."""
    rows = [
        (paper, thing, said["sentence"])
        for paper, thing, said in links(graph, "RUNS_ON")
        if graph.nodes[paper]["type"] == "Paper" and "sentence" in said
    ]
    return names(graph, sorted(rows)[:10])


def least_certain(graph: networkx.MultiDiGraph) -> Answer:
    """Links of comparison by confidence, the lowest first."""
    rows = [(said["confidence"], paper, thing) for paper, thing, said in links(graph, "COMPARES_WITH")]
    return names(graph, [(paper, thing, sure) for sure, paper, thing in sorted(rows)[:10]])


def readers(graph: networkx.MultiDiGraph) -> Answer:
    """Count the pieces of evidence that each extractor read for links of papers."""
    read: Counter[str] = Counter()
    for source, _, said in graph.edges(data=True):
        if graph.nodes[source]["type"] == "Paper" and said["type"] != "REPORTS":
            read.update(said.get("evidence_extractor", ()))
    return sorted(read.items(), key=lambda row: (-row[1], row[0]))


def steps(graph: networkx.MultiDiGraph) -> Answer:
    """The length of a shortest way through papers."""
    import networkx

    a, b = "method/lora", "method/quantization"
    known = networkx.Graph((source, target) for source, target, _ in links(graph, *_ROLES))
    if a not in graph or b not in graph:
        return []
    near = a in known and b in known and networkx.has_path(known, a, b)
    length = networkx.shortest_path_length(known, a, b) if near else None
    return names(graph, [(a, b, length if length is not None and length <= 4 else None)])


def around_lora(graph: networkx.MultiDiGraph) -> Answer:
    """Count by type what lies within two links, whichever way they point."""
    import networkx

    if "method/lora" not in graph:
        return []
    near = networkx.single_source_shortest_path_length(graph.to_undirected(as_view=True), "method/lora", cutoff=2)
    kinds = Counter(graph.nodes[node]["type"] for node in near if node != "method/lora")
    return sorted(kinds.items())


def foundations(graph: networkx.MultiDiGraph) -> Answer:
    """Count the new things that are built on each thing."""
    built = {(thing, ground) for thing, ground, _ in links(graph, "BASED_ON")}
    return counted(graph, Counter(ground for _, ground in built), 10)


_ANY = "kg:introduces|kg:uses|kg:comparesWith|kg:mentions"
QUESTIONS = (
    Question(
        35,
        "Which sentence says what a paper ran on?",
        ("paper", "hardware", "sentence"),
        """
        MATCH (p:Paper)-[r:RUNS_ON]->(h:Hardware) WHERE r.sentence IS NOT NULL
        RETURN p.name AS paper, h.name AS hardware, r.sentence AS sentence ORDER BY p.id, h.id LIMIT 10
        """,
        """
        SELECT ?paper ?hardware ?sentence WHERE {
          ?link a kg:PaperLink ; rdf:predicate kg:runsOn ; rdf:subject ?p ; rdf:object ?h .
          ?evidence oa:hasBody ?link ; kg:position 0 ; kg:sentence ?sentence .
          ?p skos:prefLabel ?paper ; kg:id ?x . ?h skos:prefLabel ?hardware ; kg:id ?y
        } ORDER BY ?x ?y LIMIT 10
        """,
        grounds,
    ),
    Question(
        36,
        "Which comparisons are least certain?",
        ("paper", "thing", "confidence"),
        """
        MATCH (p:Paper)-[c:COMPARES_WITH]->(t)
        RETURN p.name AS paper, t.name AS thing, c.confidence AS confidence ORDER BY confidence, p.id, t.id LIMIT 10
        """,
        """
        SELECT ?paper ?thing ?confidence WHERE {
          ?link rdf:predicate kg:comparesWith ; itsrdf:taConfidence ?confidence ; rdf:subject ?p ; rdf:object ?t .
          ?p skos:prefLabel ?paper ; kg:id ?x . ?t skos:prefLabel ?thing ; kg:id ?y
        } ORDER BY ?confidence ?x ?y LIMIT 10
        """,
        least_certain,
    ),
    Question(
        37,
        "Which part of the extractor read how much of the evidence?",
        ("extractor", "pieces"),
        """
        MATCH (:Paper)-[r]->(t) WHERE r.evidence_extractor IS NOT NULL AND NOT t:Result
        UNWIND r.evidence_extractor AS extractor
        RETURN extractor, count(*) AS pieces ORDER BY pieces DESC, extractor
        """,
        """
        SELECT ?extractor (COUNT(?evidence) AS ?pieces) WHERE {
          ?evidence oa:hasBody ?link ; prov:wasGeneratedBy ?by . ?link a kg:PaperLink . ?by rdfs:label ?extractor
        } GROUP BY ?extractor ORDER BY DESC(?pieces) ?extractor
        """,
        readers,
    ),
    Question(
        38,
        "How many steps lie between LoRA and quantization, going through papers, if no more than four?",
        ("one", "other", "steps"),
        """
        MATCH (a:Method {id: 'method/lora'}), (b:Method {id: 'method/quantization'})
        OPTIONAL MATCH way = shortestPath((a)-[:INTRODUCES|USES|COMPARES_WITH|MENTIONS*1..4]-(b))
        RETURN a.name AS one, b.name AS other, length(way) AS steps
        """,
        f"""
        SELECT ?one ?other ?steps WHERE {{
          method:lora skos:prefLabel ?one . method:quantization skos:prefLabel ?other .
          OPTIONAL {{ SELECT (MIN(?length) AS ?steps) WHERE {{
            {{ method:lora ^({_ANY})/({_ANY}) method:quantization BIND(2 AS ?length) }} UNION
            {{ {{ SELECT DISTINCT ?between WHERE {{ method:lora ^({_ANY})/({_ANY}) ?between }} }}
              {{ SELECT DISTINCT ?between WHERE {{ method:quantization ^({_ANY})/({_ANY}) ?between }} }}
              BIND(4 AS ?length) }}
          }} }}
        }}
        """,
        steps,
    ),
    Question(
        39,
        "What lies within two links of LoRA?",
        ("type", "things"),
        """
        MATCH (l:Method {id: 'method/lora'})-[*1..2]-(t) WHERE t.id <> l.id
        WITH DISTINCT t
        RETURN head(labels(t)) AS type, count(t) AS things ORDER BY type
        """,
        """
        SELECT ?type (COUNT(DISTINCT ?t) AS ?things) WHERE {
          { { method:lora ?a ?t } UNION { ?t ?a method:lora } UNION {
              { SELECT DISTINCT ?near WHERE {
                  { method:lora ?b ?near } UNION { ?near ?b method:lora } ?near kg:id ?known } }
              { ?near ?c ?t } UNION { ?t ?c ?near } } }
          FILTER(?t != method:lora) ?t kg:id ?id ; a ?class .
          VALUES (?class ?type) { (kg:Paper "Paper") (kg:Method "Method") (kg:Model "Model") (kg:Dataset "Dataset")
            (kg:Hardware "Hardware") (kg:Task "Task") (kg:Metric "Metric") (kg:Result "Result") (kg:Author "Author")
            (kg:Organization "Organization") (kg:Repository "Repository") }
        } GROUP BY ?type ORDER BY ?type
        """,
        around_lora,
    ),
    Question(
        40,
        "What are most new things built on?",
        ("ground", "things"),
        """
        MATCH (t)-[:BASED_ON]->(g)
        WITH g, count(DISTINCT t) AS things
        RETURN g.name AS ground, things ORDER BY things DESC, g.id LIMIT 10
        """,
        """
        SELECT ?ground ?things WHERE {
          { SELECT ?g (COUNT(DISTINCT ?t) AS ?things) WHERE { ?t kg:basedOn ?g } GROUP BY ?g }
          ?g skos:prefLabel ?ground ; kg:id ?id
        } ORDER BY DESC(?things) ?id LIMIT 10
        """,
        foundations,
    ),
)
