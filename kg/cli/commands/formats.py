"""``kg formats``: what can be read and written."""

from __future__ import annotations

from kg.cli.command import command
from kg.cli.options import format_option


@command("Look inside", "kg formats", "kg formats --format json")
@format_option()
def COMMAND(form: str) -> None:
    """List the input formats and the exports, with their options."""
    from kg.cli.output import rows
    from kg.cli.settings import options_of
    from kg.export import registry as exports
    from kg.sources import registry as sources

    found = [("read", name, "", item.description, "") for name, item in sources()]
    for name, item in exports():
        place = item.filename + ("/" if item.is_folder else "")
        options = " ".join(f"--{option.replace('_', '-')}" for option in options_of(item.write))
        found.append(("write" if item.default else "write on demand", name, place, item.description, options))
    rows(("", "format", "in the graph's folder", "what it is", "options"), found, form)
