"""The style sheet of Neo4j Browser (``.grass``), with the colours of the schema."""

from __future__ import annotations

from kg import schema

_RULE = "{selector} {{\n{lines}}}\n\n"
_SMALL = {"Paper": "65px", "Author": "40px", "Result": "40px"}


def grass() -> str:
    """The whole file; drop it on Neo4j Browser, or load it with ``:style``.

    >>> grass().splitlines()[0]
    'node {'
    """
    rules = [
        _rule("node", diameter="50px", color="#6b6f76", caption="'{name}'", **_text("#6b6f76")),
        _rule(
            "relationship",
            color="#a5abb6",
            caption="'<type>'",
            **{"shaft-width": "1px", "font-size": "8px", "padding": "3px", "text-color-external": "#000000"},
        ),
    ]
    for label, kind in schema.load().node_types.items():
        size = _SMALL.get(label, "50px")
        rules.append(_rule(f"node.{label}", diameter=size, color=kind.colour, caption="'{name}'", **_text(kind.colour)))
    return "".join(rules).rstrip("\n") + "\n"


def _rule(selector: str, **values: str) -> str:
    return _RULE.format(selector=selector, lines="".join(f"  {name}: {value};\n" for name, value in values.items()))


def _text(colour: str) -> dict[str, str]:
    """A border a little darker than the node, and the text colour one can read on it."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    border = "#" + "".join(f"{part * 4 // 5:02x}" for part in (red, green, blue))
    light = 0.299 * red + 0.587 * green + 0.114 * blue > 150
    return {"border-color": border, "border-width": "2px", "text-color-internal": "#000000" if light else "#ffffff"}
