"""One spelling for every way of writing a name: markup, Unicode, dashes, plurals, British and American forms.

``clean`` gives readable plain text, ``slug`` the readable part of an id, ``word_key`` the form in
which two spellings of one word are equal.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

_LETTERS = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau "
    "upsilon phi chi psi omega"
)
_CHARACTERS = {
    **{chr(0x3B1 + number): name for number, name in enumerate(_LETTERS.split())},
    **{chr(0x391 + number): name.capitalize() for number, name in enumerate(_LETTERS.split())},
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("‘’ʼ′`´", "'"),
    **dict.fromkeys("“”„″", '"'),
    "×": "x",
    "·": "",
    "⋅": "",
    "•": "",
    "∙": "",
    "\u00ad": "",
    "\u200b": "",
    "™": "",
    "®": "",
    "©": "",
    "†": "",
    "~": " ",
}
_TABLE = str.maketrans(_CHARACTERS)
_COMMANDS = re.compile(r"\\(?:text|math|emph|bf|it|tt|sc|rm|sf|underline|mbox)[a-z]*\b\s*")
_LATEX_SIGNS = {r"\times": "x", r"\cdot": "", r"\infty": "inf", r"\star": "*", r"\ast": "*", r"\%": "%", r"\&": "&"}
_LATEX_SIGN = re.compile(r"\\(?:times|cdot|infty|star|ast|%|&)")
_NOISE = re.compile(r"[$\\{}^]|(?<=\w)_(?=\w)")
_SPACES = re.compile(r"\s+")
_NOT_SLUG = re.compile(r"(?:[^\w.]|_)+")

_BRITISH = (
    (re.compile(r"isation$"), "ization"),
    (re.compile(r"yser$"), "yzer"),
    (re.compile(r"(?<=[^aeiou])ise(r?)$"), r"ize\1"),
    (re.compile(r"(?<=[a-z]{3})ll(ing|ed|er)$"), r"l\1"),
    (re.compile(r"^(behavi|col|neighb|lab|fav|harb|hum)our"), r"\1or"),
    (re.compile(r"^dialogue"), "dialog"),
    (re.compile(r"^centre"), "center"),
    (re.compile(r"^behavioral$"), "behavior"),
    (re.compile(r"^adapter$"), "adaptor"),
)


def clean(name: str) -> str:
    """Plain text of a name: LaTeX and Unicode variants resolved, case kept.

    >>> clean("$\\\\pi_0$"), clean("DALL$\\\\cdot$E 3"), clean("Bradley–Terry"), clean("$\\\\tau^2$-bench")
    ('pi0', 'DALLE 3', 'Bradley-Terry', 'tau2-bench')
    """
    if name.isascii() and not _ODD.search(name):
        return name.strip()
    text = unicodedata.normalize("NFKC", name.translate(_TABLE))
    text = _LATEX_SIGN.sub(lambda match: _LATEX_SIGNS[match.group()], _COMMANDS.sub("", text))
    text = _NOISE.sub("", text).translate(_TABLE)
    folded = unicodedata.normalize("NFKD", text)
    text = "".join(char for char in folded if not unicodedata.combining(char)).translate(_TABLE)
    return _SPACES.sub(" ", text).strip()


_ODD = re.compile(r"[$\\{}^~_`]|\s\s")


def slug(name: str) -> str:
    """The readable part of an id: lower-case letters, digits, dots and single hyphens.

    >>> slug("Llama-2-7B"), slug("HumanEval+"), slug("DALL·E 2"), slug("R^2"), slug("!!")
    ('llama-2-7b', 'humaneval-plus', 'dalle-2', 'r2', '')
    """
    plain = name if "$" in name or "\\" in name else name.replace("_", "-")
    text = clean(plain).lower().replace("++", "-plus-plus").replace("+", "-plus").replace("'", "")
    return _NOT_SLUG.sub("-", text).strip("-.")


def node_id(kind: str, name: str) -> str:
    """The plain id of a thing of a type; a name with nothing readable in it gets a digest.

    >>> node_id("Model", "Llama-2-7B"), node_id("Author", "Béla B.")
    ('model/llama-2-7b', 'author/bela-b')
    """
    return f"{kind.lower()}/{slug(name) or blake2b(name.encode(), digest_size=4).hexdigest()}"


@lru_cache(maxsize=1 << 17)
def word_key(word: str) -> str:
    """The form in which spellings of one lower-case word agree: singular and American.

    >>> [word_key(word) for word in ("optimisation", "modelling", "policies", "networks", "analysis", "dialogue")]
    ['optimization', 'modeling', 'policy', 'network', 'analysis', 'dialog']
    """
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    for pattern, replacement in _BRITISH:
        word = pattern.sub(replacement, word)
    return word
