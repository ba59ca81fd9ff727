"""Stored text made fit to show; offsets always point into the stored form.

Listing pages carry what is left of LaTeX when a site strips it: ``\\textit{…}``, ``sim500-billion``,
``70\\%``. `display` reads such residues as their authors meant them and leaves all else alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_SYMBOLS = {
    **{"sim": "~", "approx": "≈", "times": "×", "pm": "±", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "neq": "≠"},
    **{"ll": "≪", "gg": "≫", "cdot": "·", "to": "→", "rightarrow": "→", "leftarrow": "←", "infty": "∞", "circ": "°"},
    **{"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "theta": "θ", "kappa": "κ"},
    **{"lambda": "λ", "mu": "μ", "textmu": "μ", "nu": "ν", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ"},
    **{"chi": "χ", "psi": "ψ", "omega": "ω", "Delta": "Δ", "Sigma": "Σ", "Omega": "Ω", "Phi": "Φ", "Psi": "Ψ"},
    **{
        "ell": "ℓ",
        "ldots": "…",
        "dots": "…",
        "eg": "e.g.",
        "ie": "i.e.",
        "etal": "et al.",
        "i": "i",
        "j": "j",
        "o": "ø",
    },
    **{"ss": "ß", "ae": "æ", "quad": " ", "textasciitilde": "~", "textbackslash": "\\"},
}
_ACCENTS = {'"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307"}
_DROPPED = r"cite|citep|citet|citealp|ref|label|footnote|vspace|hspace|footnotemark|xspace"
_SHAPES = r"it|bf|em|sc|tt|rm|sf|itshape|bfseries|tiny|scriptsize|footnotesize|small|large|Large|LARGE|huge"
_PASSES = 4


def _symbol(found: re.Match[str]) -> str:
    return _SYMBOLS[found[1]]


def _braced(found: re.Match[str]) -> str:
    return _SYMBOLS.get(found[1], found[1])


def _accent(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", found["letter"] + _ACCENTS[found["mark"]])


_NAMES = "|".join(sorted(_SYMBOLS, key=len, reverse=True))
_OWN_MACRO = r"\\([A-Za-z]{1,30})(?:\{\}|\\(?= ))?"
_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", ""),
        (r"&amp;", "&"),
        (r"&lt;", "<"),
        (r"&gt;", ">"),
        (r"&(?:quot|#34);", '"'),
        (r"&(?:#39|apos);", "'"),
        (r"&nbsp;", " "),
        (rf"[~ ]?\\(?:{_DROPPED})\b(?:\[[^\]\n]{{0,80}}\])?(?:\{{[^{{}}\n]{{0,200}}\}})?", ""),
        (r"\\(?P<mark>[\"'`^~=.])\{?\\?(?P<letter>[A-Za-z])\}?", _accent),
        (r"\\([%&#_$])", r"\1"),
        (r"\\[ ,;:!](?=\S|$)|\\\\", " "),
        (r"\\[()\[\]]", ""),
        (rf"\{{\s*\\?(?:{_SHAPES})\s+([^{{}}\n]{{1,200}})\}}", r"\1"),
        (rf"\\(?:text|math)(?:{_SHAPES}|up|cal|bb|frak|normal)?\s?\{{([^{{}}\n]{{0,400}})\}}", r"\1"),
        (r"\\(?:emph|underline|mbox|url|href|operatorname|ensuremath|boldsymbol|bm)\s?\{([^{}\n]{0,400})\}", r"\1"),
        (r"\{(https?://[^\s{}]+)\}", r" \1"),
        (r"\burl(?=https?://)", ""),
        (r"(?<=[^\W_])(?<!\bview-source)(?=https?://)", " "),
        (r"(?<=\d)\s?\\times(?![A-Za-z])", "×"),
        (rf"\\({_NAMES})(?![A-Za-z])\s?(?=\d)", _symbol),
        (_OWN_MACRO, ""),
        (r"\$(-?\d[\d.,]*)\$(?!\d)", r"\1"),
        (r"\$(?![\d\s])([^$\n]{0,60}[^$\s])\$", r"\1"),
        (r"\$(\d[^$\n]{0,20}[\\^_={×~±≈σ][^$\n]{0,40})\$", r"\1"),
        (r"\^\{?(?:circ|°)\}?", "°"),
        (r"(?<=\w)([\^_])\{([^{}\s]{1,20})\}", r"\1\2"),
        (r"\{([A-Za-z]{1,12})\}", _braced),
        (r"\b(?:scriptsize|footnotesize|normalsize)(?=[A-Z])", ""),
        (r"\bsim(?=\d[\d.,]*(?![\d.,]|[a-zA-Z]{2}))", "~"),
        (r"(?<![A-Za-z\d])(geq|leq|ge|le|approx|pm)(?=\d)", _symbol),
        (r"(?<=\d)times\b|(?<=\d)times(?=\d)", "×"),
        (r"(?<=\d) times (?=\d)", " × "),
        (r"(?<=\w[\w)\]:;,.])~(?=[(\[\w])|(?<=[)\]:;,.\d])~(?=[(\[A-Za-z])", " "),
        (r"[ \t\r\n]+", " "),
    )
)

_MARKED = re.compile(
    r"[\\${}~^&\x00-\x1f\x7f]|  |times|sim\d|(?:script|footnote|normal)size|(?:le|ge|q|pm|approx)\d|\whttps?://"
)


def display(text: str) -> str:
    r"""``text`` with residues of markup read as meant.

    >>> display(r"on sim500-billion models, (\(7\times\)) faster with 70\% of \textit{tokens}, see herehttps://x.org")
    'on ~500-billion models, (7×) faster with 70% of tokens, see here https://x.org'
    >>> display("Inference Scaling scriptsizeFLaws for sim2real, 7.3times smaller than Adapters~(LoRA)")
    'Inference Scaling FLaws for sim2real, 7.3× smaller than Adapters (LoRA)'
    """
    if not _MARKED.search(text):
        return text.strip()
    for _ in range(_PASSES):  # markup nests
        before = text
        for pattern, put in _RULES:
            text = pattern.sub(put if pattern.pattern != _OWN_MACRO else _macros(text), text)
        if text == before:
            break
    return text.strip()


def _macros(text: str) -> Callable[[re.Match[str]], str]:
    """What reads a macro: a symbol, or a paper's own, its name in capitals if ``text`` writes it so elsewhere."""
    capitals = set(re.findall(r"(?<![\w\\])[A-Z]{2,30}(?!\w)", text)) if "\\" in text else set()

    def read(found: re.Match[str]) -> str:
        name = found[1]
        return _SYMBOLS.get(name) or (name.upper() if name.upper() in capitals else name)

    return read


def display_name(name: str) -> str:
    r"""A thing's name as `display` shows it, without quotes, braces or punctuation around it.

    >>> display_name(r"\rat"), display_name("``MobileLLM'',"), display_name(r"\textsc{Ofa}")
    ('RAT', 'MobileLLM', 'Ofa')
    """
    macro = re.fullmatch(r"\s*\\([a-z]{2,12})\s*", name)
    if macro and macro[1] not in _SYMBOLS:
        return macro[1].upper()
    shown = display(name)
    trimmed = shown.strip("\"'`“”‘’«»{}*,;:").strip()
    return trimmed or shown
