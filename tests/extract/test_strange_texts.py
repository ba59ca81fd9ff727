"""Texts that are no abstract of machine learning: few entities or none, no crash, no endless run."""

import pytest

from kg import extract
from kg.model import Paper

NAMED = ("Method", "Model", "Dataset", "Hardware")
TEXTS = {
    "physics": (
        "Faint arcs around a distant galaxy cluster",
        "We observed a cluster of galaxies with a ground-based telescope over eleven nights. The arcs bend around its "
        "centre, and their shape tells how much dark matter the cluster holds. We find a mass of 4.2e14 solar masses "
        "within 300 kpc, in agreement with what the hot gas suggests. No second core is seen.",
    ),
    "recipe": (
        "Lentil soup for six",
        "Fry the onions in butter until soft. Add 400 g of lentils, two litres of stock and a bay leaf, and let it "
        "simmer for 40 minutes. Season with salt, pepper and a little vinegar. Serve with 2 slices of rye bread each.",
    ),
    "german": (
        "Der Garten im Winter",
        "Im Winter ruht der Garten, doch wer genau hinsieht, findet Spuren von Amseln und Meisen im Schnee. Die Beete "
        "sind mit Laub bedeckt, damit die Zwiebeln nicht erfrieren. Erst im März beginnt die Arbeit von neuem.",
    ),
    "code": (
        "def main(argv):",
        "for i in range(len(items)):\n    if items[i] is None:\n        continue\n    total += items[i].price * rate\n"
        "return {'total': total, 'count': i + 1}  # TODO: round",
    ),
    "rice": (
        "Rice with lentils",
        "Rinse the rice, fry the onions in butter until golden, add water and simmer for 20 minutes.",
    ),
    "heat": (
        "Ein Bericht",
        "Wir untersuchen die Wärmeleitung in dünnen Schichten und finden eine schwache Abhängigkeit.",
    ),
    "classes": ("main.py", "def f(x):\n    return {k: v for k, v in x.items()}  # TODO\nclass A(B):\n    pass"),
    "neutrinos": (
        "On neutrinos",
        "The decay width of the pion is measured at low energy and agrees with earlier bounds.",
    ),
}
EMPTY = {"empty": ("", ""), "a point": ("", "."), "white": (" ", "\n\n"), "a title": ("Title alone", "")}
TOKENS = {"letters": "a" * 20_000, "digits": "9" * 20_000, "dashes": "-" * 20_000, "mixed": "A1-" * 7_000}


def found(title, abstract, profile):
    (record,) = extract([Paper("1", title, abstract)], profile=profile)
    return record.entities


def names(title, abstract, profile):
    return [entity.name for entity in found(title, abstract, profile) if entity.type in NAMED]


@pytest.mark.parametrize("profile", ["default", "fast"])
@pytest.mark.parametrize("text", TEXTS)
def test_other_texts_give_few_names_or_none(text, profile):
    assert len(names(*TEXTS[text], profile)) <= 2
    assert len(found(*TEXTS[text], profile)) <= 4


@pytest.mark.parametrize("profile", ["default", "fast"])
@pytest.mark.parametrize("text", EMPTY)
def test_nothing_gives_nothing(text, profile):
    assert found(*EMPTY[text], profile) == ()


@pytest.mark.parametrize("profile", ["default", "fast"])
@pytest.mark.parametrize("token", TOKENS)
def test_a_token_of_twenty_thousand_characters_is_read(token, profile):
    assert "LoRA" in names("A long token", f"We use LoRA here {TOKENS[token]} and there.", profile)


@pytest.mark.parametrize("end", [". ", " "], ids=["sentences", "one sentence"])
def test_a_hundred_thousand_words_are_read(end):
    """At quadratic time this would take most of an hour; it takes seconds."""
    text = ("words of no consequence follow on" + end) * (100_000 // 6)
    assert names("A long text", text, "fast") == []
