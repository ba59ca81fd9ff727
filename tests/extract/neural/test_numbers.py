"""What the network says of numbers: which are results."""

import pytest

from kg.extract.neural.numbers import hear
from kg.extract.pipeline import build, run
from kg.extract.profiles import components
from kg.extract.values import numbers
from kg.model import Paper

TITLE = "MossNet: Reading Forests"
ABSTRACT = (
    "We propose MossNet, a network of 12 layers that was trained in 2019. "
    "MossNet reaches 84.2% accuracy on ImageNet and 61.5% on COCO, while ResNet-50 reaches 79.1% on ImageNet."
)


def read(*names):
    return next(iter(run(build(names), [Paper("1", TITLE, ABSTRACT)])))


def heard(document):
    values = numbers(document.text, document.body, len(document.text))
    return {value.value: odds for value, odds in zip(values, hear(document, values), strict=True)}


def test_what_is_reached_is_likelier_a_result_than_a_count():
    said = heard(read("sentences", "neural_tagger"))
    assert min(said[one] for one in (84.2, 61.5, 79.1)) > 0 > said[12.0]


def test_of_a_text_that_the_network_has_not_read_it_says_nothing():
    said = heard(read("sentences"))
    assert said and set(said.values()) == {None}


@pytest.mark.parametrize("profile", ["default", "fast"])
def test_a_number_is_of_the_system_that_reaches_it(profile):
    document = read(*components(profile))
    found = {(one.subject.name, one.dataset.name, one.value) for one in document.results}
    assert ("MossNet", "ImageNet", 84.2) in found
    assert ("MossNet", "ImageNet", 79.1) not in found


def test_a_rival_has_its_own_number():
    found = {(one.subject.name, one.dataset.name, one.value) for one in read(*components("default")).results}
    assert found == {("MossNet", "ImageNet", 84.2), ("MossNet", "COCO", 61.5), ("ResNet-50", "ImageNet", 79.1)}
