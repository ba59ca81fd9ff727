"""What the network makes of numbers: whether each is a result, and which dataset and subject it belongs to.

A head reads the mean vector of a number's pieces; with those of names' mentions it tells how well each name fits.
`kg.extract.linkage` weighs what it says with what the words of the sentence show.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.extract.linkage import Heard, Option
from kg.extract.mention import Document, Thing
from kg.extract.neural.network import Reading, network
from kg.extract.neural.tagger import EXTRACTOR
from kg.extract.values import Value

Floats = NDArray[np.float32]


class Listener:
    """The head over the numbers of one document and the things they may belong to."""

    def __init__(self, reading: Reading, things: Sequence[Thing]) -> None:
        self._reading = reading
        self._names = reading.means([(m.start, m.end) for thing in things for m in thing.mentions])
        self._rows: dict[Thing, list[int]] = {}
        at = 0
        for thing in things:
            self._rows[thing] = list(range(at, at + len(thing.mentions)))
            at += len(thing.mentions)
        self._heard: dict[int, int] = {}

    def listen(self, values: Sequence[Value]) -> None:
        """Read some numbers, to be asked about with `odds` and `hear`."""
        self._heard = {value.start: row for row, value in enumerate(values)}
        numbers = self._reading.means([(value.start, value.end) for value in values])
        self._values, self._scores, self._none = network().fit(numbers, self._names)

    def odds(self, value: Value) -> float:
        """The log-odds of a number being a result."""
        return float(self._values[self._heard[value.start]])

    def hear(self, value: Value, datasets: Sequence[Option], subjects: Sequence[Option]) -> Heard:
        """The log-odds of a number, and the logarithm of each option's share."""
        row = self._heard[value.start]
        return Heard(float(self._values[row]), self._shares(row, 0, datasets), self._shares(row, 1, subjects))

    def _shares(self, row: int, part: int, options: Sequence[Option]) -> list[float]:
        scores = self._scores[part, row]
        sums = [
            float(np.logaddexp.reduce(scores[self._rows[option.thing]]))
            if option.thing
            else float(self._none[row, part])
            for option in options
        ]
        total = float(np.logaddexp.reduce(sums))
        return [one - total for one in sums]


def listener(document: Document, things: Sequence[Thing]) -> Listener | None:
    """The head over a document's numbers, where the network has read it."""
    reading: Reading | None = document.state.get(EXTRACTOR)
    return None if reading is None else Listener(reading, things)
