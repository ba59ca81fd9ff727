"""What the network says of numbers: which are results, and on which dataset of which subject."""

import math

import pytest

from kg.extract.linkage import Option
from kg.extract.mention import Mention, Thing
from kg.extract.neural.numbers import listener
from kg.extract.pipeline import build, run
from kg.extract.values import numbers
from kg.model import Paper

ABSTRACT = (
    "We propose MossNet, a network of 12 layers that was trained in 2019. "
    "MossNet reaches 84.2% accuracy on ImageNet and 61.5% on COCO, while ResNet-50 reaches 79.1% on ImageNet."
)


@pytest.fixture(scope="module")
def document():
    found = next(iter(run(build(("sentences", "neural_tagger")), [Paper("1", "MossNet: Reading Forests", ABSTRACT)])))
    for name, kind in (("MossNet", "Model"), ("ResNet-50", "Model"), ("ImageNet", "Dataset"), ("COCO", "Dataset")):
        starts = [at for at in range(len(found.text)) if found.text.startswith(name, at)]
        mentions = [Mention(at, at + len(name), name, kind, 1.0, "test") for at in starts]
        found.things.append(Thing(name, kind, mentions, 1.0))
    return found


@pytest.fixture(scope="module")
def heard(document):
    values = numbers(document.text, document.body, len(document.text))
    head = listener(document, document.things)
    head.listen(values)
    return head, {value.value: value for value in values}


def options(document, kind):
    return [*(Option(thing, ()) for thing in document.things if thing.type == kind), Option(None, ())]


def test_what_is_reached_is_likelier_a_result_than_a_count(heard):
    head, values = heard
    assert min(head.odds(values[one]) for one in (84.2, 61.5, 79.1)) > head.odds(values[12.0])


def test_the_options_of_a_number_share_all_there_is(document, heard):
    head, values = heard
    said = head.hear(values[84.2], options(document, "Dataset"), options(document, "Model"))
    assert sum(map(math.exp, said.datasets)) == pytest.approx(1.0, abs=1e-4)
    assert sum(map(math.exp, said.subjects)) == pytest.approx(1.0, abs=1e-4)


def test_what_is_said_of_a_rival_speaks_more_for_the_rival(document, heard):
    head, values = heard
    own, rival = (head.hear(values[one], (), options(document, "Model")).subjects for one in (84.2, 79.1))
    assert rival[1] > own[1]


def test_what_is_said_of_a_second_dataset_speaks_more_for_it(document, heard):
    head, values = heard
    first, second = (head.hear(values[one], options(document, "Dataset"), ()).datasets for one in (84.2, 61.5))
    assert second[1] > first[1]


def test_a_text_that_the_network_has_not_read_is_not_listened_to():
    document = next(iter(run(build(("sentences",)), [Paper("1", "MossNet", ABSTRACT)])))
    assert listener(document, []) is None
