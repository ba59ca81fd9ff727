"""The description of a graph as a dataset (VoID, DCAT, PROV): counts, licence, generator, sources."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from kg.export.rdf import terms
from kg.export.rdf.vocabulary import A, Pairs, Vocabulary

if TYPE_CHECKING:
    from kg.graph import Graph

LICENSE = "https://opensource.org/license/mit"
_RIGHTS = "Titles, abstracts and quotations belong to their authors."


def description(
    graph: Graph, vocabulary: Vocabulary, base: str, triples: Mapping[str, int]
) -> Iterator[tuple[str, Pairs]]:
    """The blocks that describe the dataset; ``triples`` counts them by named graph."""
    term, name = vocabulary.term, f"{base}graph"
    counts = _counts(graph)
    classes = {kind: f"<{name}/class/{kind}>" for kind in counts["nodes"]}
    predicates = {kind: f"<{name}/link/{kind}>" for kind in counts["links"]}
    pages = {page: f"<{base}page/{terms.path(page)}>" for page in _pages(graph)}
    parts = [part for part in ("data", "evidence") if triples[part]]
    pairs: Pairs = [
        *vocabulary.types("void:Dataset", "dcat:Dataset"),
        (term("dcterms:title"), terms.text("A graph of machine-learning papers")),
        (term("dcterms:identifier"), terms.text(f"sha256:{graph.digest}")),
        (term("dcterms:license"), terms.iri(LICENSE)),
        (term("dcterms:rights"), terms.text(_RIGHTS)),
        (term("dcterms:conformsTo"), terms.iri(vocabulary.schema.version_iri)),
        (term("void:uriSpace"), terms.text(base)),
        (term("void:triples"), terms.integer(sum(triples.values()))),
        (term("void:entities"), terms.integer(sum(counts["nodes"].values()))),
        (term("prov:wasGeneratedBy"), f"<{name}/build>"),
        *_times(graph, vocabulary),
        *((term("void:vocabulary"), terms.iri(space)) for space in sorted(set(vocabulary.schema.prefixes.values()))),
        *((term("void:subset"), f"<{name}/{part}>") for part in parts),
        *((term("void:classPartition"), item) for item in classes.values()),
        *((term("void:propertyPartition"), item) for item in predicates.values()),
        *((term("prov:wasDerivedFrom"), item) for item in pages.values()),
    ]
    yield f"<{name}>", pairs
    for part in parts:
        triple_count = (term("void:triples"), terms.integer(triples[part]))
        yield f"<{name}/{part}>", [*vocabulary.types("void:Dataset"), triple_count]
    for kind, item in classes.items():
        iri = vocabulary.schema.node_types[kind].iri
        entities = (term("void:entities"), terms.integer(counts["nodes"][kind]))
        yield item, [*vocabulary.types("void:Dataset"), (term("void:class"), f"<{iri}>"), entities]
    for kind, item in predicates.items():
        iri = vocabulary.schema.link_types[kind].iri
        yield item, [*vocabulary.types("void:Dataset"), (term("void:property"), f"<{iri}>")]
    yield from _generator(vocabulary, name)
    for page, item in pages.items():
        yield item, [(A, term("prov:Entity")), (term("rdfs:label"), terms.text(page))]


def _generator(vocabulary: Vocabulary, name: str) -> Iterator[tuple[str, Pairs]]:
    term = vocabulary.term
    agent = (term("prov:wasAssociatedWith"), f"<{name}/generator>")
    yield f"<{name}/build>", [*vocabulary.types("prov:Activity"), agent]
    release = version("kg")
    yield (
        f"<{name}/generator>",
        [
            *vocabulary.types("prov:SoftwareAgent"),
            (term("rdfs:label"), terms.text("kg")),
            (term("schema:softwareVersion"), terms.text(release)),
        ],
    )


def _times(graph: Graph, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """When the graph was made, where the caller says so; when its newest paper came out.

    The clock is not asked: the same graph gives the same bytes.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        made = datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        yield vocabulary.term("dcterms:created"), f'"{made}"^^<{terms.XSD}dateTime>'
    newest = pc.max(graph.papers["published"]).as_py()
    if newest is not None:
        yield vocabulary.term("dcterms:modified"), terms.day(newest)


def _counts(graph: Graph) -> dict[str, dict[str, int]]:
    """Nodes by type and the link types there are, by name."""
    nodes = {item["values"]: item["counts"] for item in pc.value_counts(graph.entities["type"]).to_pylist()}
    links = {name for table in (graph.links, graph.relations) for name in pc.unique(table["type"]).to_pylist()}
    if len(graph.papers):
        nodes["Paper"] = len(graph.papers)
    if len(graph.results):
        nodes["Result"] = len(graph.results)
        links |= {"REPORTS", "OF_SUBJECT", "ON_DATASET"}
    return {"nodes": dict(sorted(nodes.items())), "links": dict.fromkeys(sorted(links), 0)}


def _pages(graph: Graph) -> list[str]:
    """The pages papers were read from, without the lines."""
    places = pc.unique(pc.list_flatten(graph.papers["pages"])).to_pylist()
    return sorted(
        {page if line.isdecimal() else place for place in places for page, _, line in [place.rpartition(":")]}
    )
