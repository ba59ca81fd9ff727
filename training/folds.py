"""The papers of cross-validation, each read with weights that were learned without it."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.evaluate.gold import papers
from kg.extract import kinship, linkage, standing, types
from kg.extract.assembly import record
from kg.extract.mention import Document
from kg.extract.neural import network as neural
from kg.extract.pipeline import build, run
from kg.extract.profiles import components
from kg.model import Record
from training import calibration
from training import results as results_training
from training import types as types_training
from training.choosing import Group
from training.standing import judged

Judged = list[tuple[dict[str, float], bool]]


class Reading:
    """Papers, and the weights that they are read with."""

    def __init__(
        self,
        weights: Path,
        part: list[Any],
        kinship: Mapping[str, float] | None = None,
        types: Mapping[str, float] | None = None,
        standing: Mapping[str, float] | None = None,
    ) -> None:
        self.weights, self.part = weights, part
        self.kinship, self.types, self.standing = kinship or {}, types or {}, standing or {}
        self.results: Mapping[str, float] = {}

    def _use(self) -> None:
        """Have the components read the weights of this fold."""
        neural.WEIGHTS = self.weights
        neural.network.cache_clear()
        kinship._weights = lambda: self.kinship  # type: ignore[assignment]
        linkage._weights = lambda: self.results  # type: ignore[assignment]
        types._weights = lambda: self.types  # type: ignore[assignment]
        standing._weights = lambda: self.standing  # type: ignore[assignment]

    def _before(self, component: str) -> Iterator[tuple[Any, Document]]:
        """The fold's papers as they stand before a component of the default profile."""
        self._use()
        names = components("default")
        return zip(self.part, run(build(names[: names.index(component)]), papers(self.part)), strict=True)

    def typed(self) -> list[Group]:
        """The fold's things with the types each may have, the right ones marked."""
        return [one for gold, document in self._before("types") for one in types_training.judged(gold, document)]

    def things(self) -> Judged:
        """The fold's things before any is left out, each with whether a reader puts it down."""
        return [one for gold, document in self._before("standing") for one in judged(gold, document)]

    def numbers(self) -> Iterator[Iterator[results_training.Example]]:
        """The numbers of each of the fold's papers, with what they are results of."""
        for gold, document in self._before("results"):
            yield results_training.examples(gold.get("results") or (), document)

    def read(self) -> tuple[list[Record], Judged]:
        """Records and judged links of the fold's papers."""
        self._use()
        documents = list(run(build(components("default")), papers(self.part)))
        pairs = zip(self.part, documents, strict=True)
        links = [one for gold, document in pairs for one in calibration.judged(gold, document)]
        return [record(document, "", "default") for document in documents], links


class Fold(Reading):
    """The papers of one fold and what was learned without them."""

    def __init__(self, args: argparse.Namespace, number: int, part: list[Any]) -> None:
        self.number, self.folder = number, args.out / f"fold{number}"
        super().__init__(self.folder / "weights", part)
        if not (self.folder / "network.pt").exists():
            self._train(args)
        exported(self.folder / "network.pt", args.base, self.weights)

    def _train(self, args: argparse.Namespace) -> None:
        shared = ["--gold", args.gold, "--base", args.base, "--with-dev", "--decay", "0.9"]
        rates = ["--rate", args.rate, "--head-rate", args.head_rate, "--batch", args.batch, "--epochs", args.epochs]
        folders = [self.folder / f"run{number}" for number in range(len(args.run))]
        for (start, seed), folder in zip(args.run, folders, strict=True):
            held = ["--hold", f"{self.number}/{args.folds}", "--seed", seed]
            _call("training", *shared, *rates, *held, "--start", start, "--out", folder)
        networks = [folder / "network.pt" for folder in folders]
        _call("training.average", *networks, "--out", self.folder / "network.pt")


def exported(network: Path, base: Path, weights: Path) -> None:
    """Write a network's weights of eight bits into a folder, unless they are there."""
    if not (weights / "tokenizer.json").exists():
        _call("training.export", "--network", network, "--base", base, "--out", weights, "--weights", "s8")


def _call(module: str, *arguments: object) -> None:
    subprocess.run([sys.executable, "-m", module, *map(str, arguments)], check=True)
