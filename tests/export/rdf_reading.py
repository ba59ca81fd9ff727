"""Read RDF exports with the two readers people use."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import rdflib

FORMS = {
    "ntriples": (ox.RdfFormat.N_TRIPLES, "nt"),
    "turtle": (ox.RdfFormat.TURTLE, "turtle"),
    "nquads": (ox.RdfFormat.N_QUADS, "nquads"),
    "trig": (ox.RdfFormat.TRIG, "trig"),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
}
QUADS = ("nquads", "trig")


def by_oxigraph(path: Path, form: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(path=str(path), format=FORMS[form][0])}


def by_rdflib(path: Path, form: str) -> rdflib.Graph:
    if form not in QUADS:
        return rdflib.Graph().parse(str(path), format=FORMS[form][1])
    dataset = rdflib.Dataset()
    dataset.parse(str(path), format=FORMS[form][1])
    flat = rdflib.Graph()
    for subject, predicate, value, _ in dataset.quads():
        flat.add((subject, predicate, value))
    return flat
