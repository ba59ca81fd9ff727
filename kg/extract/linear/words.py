"""What the linear tagger remembers of the words it has met: tables with a row a word.

The papers of a field share most of their words, and what a word weighs by itself is the larger part of the tagger's
work: it is summed once and looked up ever after. The tables have bounded room and begin anew when it is used up.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.extract.linear.features import BOUNDS, Ids, form_ids, key, unary_ids

KEPT = 30_000
NONE = 0
Floats = NDArray[np.float32]


class Words:
    """Of each word its keys (`features.keys`) and what it adds to every tag of itself and of its neighbours.

    ``weights[row, block]`` is what the word adds at the distance that comes ``block`` th in `features.SEEN`; the row
    `NONE` stands for no word.
    """

    def __init__(self, emission: Floats) -> None:
        self._emission = emission
        self._begin(KEPT)

    def rows(self, words: Sequence[str]) -> Ids:
        """The rows of ``words``; those not met before are added. Rows hold until the next call."""
        known = self._rows
        new = [word for word in dict.fromkeys(words) if word not in known]
        if len(known) + len(new) > len(self.keys):
            new = list(dict.fromkeys(words))
            self._begin(max(KEPT, len(new) + 1))
        if new:
            self._add(new)
        return np.array([self._rows[word] for word in words], dtype=np.int64)

    def _begin(self, room: int) -> None:
        self._rows: dict[str, int] = {}
        self.keys = np.empty((room, 3), dtype=np.int64)
        self.weights = np.empty((room, len(BOUNDS), self._emission.shape[1]), dtype=np.float32)
        self._add([""])

    def _add(self, words: Sequence[str]) -> None:
        first = len(self._rows)
        self._rows.update(zip(words, range(first, first + len(words)), strict=True))
        self.keys[first : len(self._rows)] = [key(word) for word in words]
        ids = unary_ids(np.array([form_ids(word) for word in words], dtype=np.int64))
        for block, features in enumerate(np.split(self._emission.take(ids, axis=0), BOUNDS[1:])):
            self.weights[first : len(self._rows), block] = features.sum(axis=0)
