"""The command line: parses, calls the library, prints. One module of `kg.cli.commands` a command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from kg.cli.app import run

    sys.exit(run(sys.argv[1:]))
