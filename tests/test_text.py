from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import display, display_name


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (r"employs \textit{unique identifiers} for reliable", "employs unique identifiers for reliable"),
        (r"(I) \textbf{L}azy and \emph{nested \textit{marks}}", "(I) Lazy and nested marks"),
        ("in sim500-billion models, sim0.6, sim7\\% and sim3x", "in ~500-billion models, ~0.6, ~7% and ~3x"),
        ("from 1.3B sim14B", "from 1.3B ~14B"),
        ("sim2real transfer and simulators and simple", "sim2real transfer and simulators and simple"),
        ("Scaling scriptsizeFLaws", "Scaling FLaws"),
        (r"a (\(7\times\)) gain, \(9\times\) more", "a (7×) gain, 9× more"),
        (r"3\% of 43.2\% and R\&D at \$12 for swin\_b", "3% of 43.2% and R&D at $12 for swin_b"),
        ("10-100\\times faster, 32times and 384times640", "10-100× faster, 32× and 384×640"),
        ("four times more and 3 times faster, sometimes", "four times more and 3 times faster, sometimes"),
        ("on ImageNet 64 times 64", "on ImageNet 64 × 64"),
        ("the ZeroQ frameworkhttps://github.com/a/b.", "the ZeroQ framework https://github.com/a/b."),
        ("found here{https://github.com/a/b-c}.", "found here https://github.com/a/b-c."),
        ("see (https://a.io/R-T/) or https://b.io/x_y/~me", "see (https://a.io/R-T/) or https://b.io/x_y/~me"),
        ("Adapters~(LoRA), ~1 billion, Table~3; g(X) ~= X", "Adapters (LoRA), ~1 billion, Table 3; g(X) ~= X"),
        ("loss can be {it misaligned} and {\\bf so}", "loss can be misaligned and so"),
        ("for {le} 16B, ghosts (ge10)", "for ≤ 16B, ghosts (≥10)"),
        (r"na\"{\i}ve \"Ust\"un and L\'evy", "naïve Üstün and Lévy"),
        (r"tuned the \textmu P rule", "tuned the μ P rule"),
        (r"UDOP~\cite{udop} (89.8)", "UDOP (89.8)"),
        (r"the \rat layer of RAT, \framework too", "the RAT layer of RAT, framework too"),
        ("with $K$ styles for $534,700 or $10-$20", "with K styles for $534,700 or $10-$20"),
        ("a 360^{circ} view, J_{G}, Free^2Guide", "a 360° view, J_G, Free^2Guide"),
        (r"only ($16$V/s) or $88.7\pm4.0$% (n~300)", "only (16V/s) or 88.7±4.0% (n~300)"),
        ("Q &amp; A &lt;b&gt;", "Q & A <b>"),
        (r"0.673 \pm 0.019 under 20\,ms", "0.673 ±0.019 under 20 ms"),
    ],
)  # fmt: skip
def test_residues_are_read_as_meant(stored, shown):
    assert display(stored) == shown


@given(st.text())
def test_any_text_can_be_shown_twice(text):
    once = display(text)
    assert display(once) == once


@given(st.text(alphabet=r"\{}$~^_()textimsbf 0%&;#'" + '"', max_size=60))
def test_any_heap_of_markup_can_be_shown(text):
    assert isinstance(display(text), str) and isinstance(display_name(text), str)


RESIDUE = re.compile(r"sim\d|times|scriptsize|footnotesize|normalsize|[gl]eq?\d|pm\d|approx\d")
WORD = re.compile(r"[^\W_]+")


@given(st.lists(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9\-]{0,8}[.,;:!?]?", fullmatch=True)))
def test_plain_words_are_left_alone(words):
    text = " ".join(
        w for w in words if not re.search(r"sim\d|times|scriptsize|footnotesize|normalsize|[gl]eq?\d|pm\d|approx\d", w)
    )
    assert display(text) == text


def test_time_is_linear_in_hostile_markup():
    for piece in ("\\textit{", "{", "$", "\\", "~", "sim9", "$a", "{it "):
        display(piece * 20_000)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [(r"\rat", "RAT"), ("scriptsizeFLaws", "FLaws"), ("“Pebble”", "Pebble"), ("C++", "C++"), ("'", "'"), (r"\mu", "μ")],
)
def test_names(stored, shown):
    assert display_name(stored) == shown


def test_words_of_the_seeds_survive(shared: Path):
    """Cleaning takes marks away and words apart, it never eats words."""
    for line in (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["abstract"]
        kept = set(WORD.findall(display(text)))
        lost = [w for w in WORD.findall(text) if w not in kept]
        assert all(
            re.match(r"sim\d|text|scriptsize|rat|it$|times|\d+(\.\d+)?times|ge\d|le$|framework|x\d", w) for w in lost
        ), lost
