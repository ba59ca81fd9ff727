"""What a thing is elsewhere: its page on the Hugging Face Hub, its item in Wikidata, where the list has it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.resolve import known
from kg.resolve.forms import parse
from kg.resolve.identities import Thing
from kg.resolve.normal import node_id


def exact_matches(thing: Thing) -> tuple[str, ...]:
    """IRIs of the same thing elsewhere; none for a second thing of a name that another already has.

    >>> exact_matches(Thing("model/llama-2-7b", "Model", "LLaMA 2 7B"))
    ('https://huggingface.co/meta-llama/Llama-2-7b-hf',)
    >>> exact_matches(Thing("model/llama-2", "Model", "LLaMA 2"))
    ()
    """
    if thing.id != node_id(thing.type, thing.name):
        return ()
    return _listed().get((thing.type, known.canonical(parse(thing.name, thing.type).key, thing.type)), ())


@cache
def _listed() -> Mapping[tuple[str, str], tuple[str, ...]]:
    return {
        (kind, known.canonical(parse(name, kind).key, kind)): tuple(iris.split("|"))
        for kind, name, iris in known.rows("elsewhere.tsv")
    }
