"""The released network: int8 encoder under onnxruntime, loaded once per process and when first needed.

One text at a time and one thread: a paper's numbers never depend on its neighbours, and workers do not fight for cores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.errors import ExtractionError
from kg.extract.neural.encoding import Encoded, Encoding, windows
from kg.extract.neural.labels import TAGS

if TYPE_CHECKING:
    import onnxruntime

# onnxruntime's fused kernel for a sum and its normalisation is scalar code: eight times as slow as the two apart.
_SLOW_FUSION = "SkipLayerNormFusion"
WEIGHTS = Path(__file__).parent / "weights"
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network makes of a text: for each word piece a vector, and the log-odds of each tag."""

    pieces: Encoded
    vectors: Floats
    scores: Floats

    def stretches(self, bounds: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The pieces (first, last) that stretches of the text begin and end in, at least one each."""
        offsets = np.array(bounds, dtype=np.int64).reshape(-1, 2)
        firsts = np.searchsorted(self.pieces.ends, offsets[:, 0], side="right")
        lasts = np.maximum(firsts + 1, np.searchsorted(self.pieces.starts, offsets[:, 1], side="left"))
        return list(zip(firsts.tolist(), lasts.tolist(), strict=True))

    def means(self, bounds: Sequence[tuple[int, int]]) -> Floats:
        """The mean vector of the pieces of each stretch of the text, a row a stretch."""
        rows = [np.add.reduce(self.vectors[a:b], axis=0) / (b - a) for a, b in self.stretches(bounds)]
        return np.stack(rows) if rows else np.empty((0, self.vectors.shape[1]), dtype=np.float32)


class Network:
    """``read(text, body)`` gives the `Reading` of a text whose title ends before ``body``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._encoding = Encoding.load(folder / "tokenizer.json")
        self._tagger = _session(folder / "tagger.onnx")
        self._heads = _session(folder / "heads.onnx")
        self._numbers = _session(folder / "numbers.onnx")

    def read(self, text: str, body: int) -> Reading:
        """Run the network over ``text``; a long one in overlapping windows, each piece read where it stands deepest."""
        pieces = self._encoding.encode(text, body)
        parts = windows(len(pieces))
        read = [self._run(pieces, first, last) for first, last in parts]
        if len(read) == 1:
            return Reading(pieces, *read[0])
        vectors = np.empty((len(pieces), read[0][0].shape[1]), dtype=np.float32)
        scores = np.empty((len(pieces), len(TAGS)), dtype=np.float32)
        at = 0
        for number, ((first, last), (some_vectors, some_scores)) in enumerate(zip(parts, read, strict=True)):
            end = (last + parts[number + 1][0]) // 2 if number + 1 < len(parts) else last
            vectors[at:end], scores[at:end] = (
                some_vectors[at - first : end - first],
                some_scores[at - first : end - first],
            )
            at = end
        return Reading(pieces, vectors, scores)

    def judge(self, things: Floats) -> Floats:
        """The head's scores for things, a row each: roles, outcomes, optional-ness (`kg.extract.neural.heads`)."""
        scores: Floats = self._heads.run(None, {"things": things})[0]
        return scores

    def weigh(self, numbers: Floats) -> list[float]:
        """The log-odds of numbers being results, from a row of vectors each (`kg.extract.neural.numbers`)."""
        odds: list[float] = self._numbers.run(None, {"numbers": numbers})[0].tolist()
        return odds

    def _run(self, pieces: Encoded, first: int, last: int) -> tuple[Floats, Floats]:
        ids = np.concatenate(([self._encoding.start], pieces.ids[first:last], [self._encoding.end]))
        features = np.pad(pieces.features[first:last], ((1, 1), (0, 0)))
        vectors, scores = self._tagger.run(None, {"ids": ids[None], "features": features[None]})
        return vectors[0, 1:-1], scores[0, 1:-1]


@cache
def network() -> Network:
    """The released network of this process."""
    return Network(WEIGHTS)


def _session(path: Path) -> onnxruntime.InferenceSession:
    import onnxruntime

    if not path.is_file():
        raise ExtractionError(
            "the weights of the tagger are not in the package",
            where=str(path),
            mend="reinstall kg, or train them as training/README.md says, or use --profile fast",
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    providers = ["CPUExecutionProvider"]
    return onnxruntime.InferenceSession(str(path), options, providers, disabled_optimizers=[_SLOW_FUSION])
