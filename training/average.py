"""``python -m training.average --out FILE NETWORK…``: one network whose weights are the mean of several.

The networks have gone on from one start with different seeds; the mean lies nearer to the middle of the basin they
share than any of them, at the price of one (Wortsman et al., 2022, *Model soups*).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.network import Network, load, save


def main() -> None:
    args = _arguments()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    save(average([load(path) for path in args.networks]), args.out)


def average(networks: list[Network]) -> Network:
    """The first of the networks, with the mean of all their weights."""
    states = [network.state_dict() for network in networks]
    first = networks[0]
    first.load_state_dict({name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]})
    return first


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.average", description=__doc__)
    parser.add_argument("networks", type=Path, nargs="+", metavar="NETWORK", help="network.pt of a run")
    parser.add_argument("--out", type=Path, required=True, help="file for the mean")
    return parser.parse_args()


if __name__ == "__main__":
    main()
