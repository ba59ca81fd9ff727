"""What the network makes of numbers: whether each is a result.

A head reads the mean vector of a number's pieces; `kg.extract.linkage` weighs its word with what the words of the
sentence show.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.mention import Document
from kg.extract.neural.network import Reading, network
from kg.extract.neural.tagger import EXTRACTOR
from kg.extract.values import Value


def hear(document: Document, values: Sequence[Value]) -> list[float] | list[None]:
    """The log-odds of each number being a result; None each where the network has not read the document."""
    reading: Reading | None = document.state.get(EXTRACTOR)
    if reading is None or not values:
        return [None] * len(values)
    return network().weigh(reading.means([(value.start, value.end) for value in values]))
