"""Which papers read from several places are one, and what each is called.

Papers are one when their arXiv ids are equal, or when their titles are equal (letters and digits)
and their abstracts agree: one is missing, one is the other cut off, or they share most of their
words (two versions). Two papers that share only a title stay two.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kg.model import Paper

_ARXIV = re.compile(
    r"(?:arxiv:|https?://arxiv\.org/(?:abs|pdf)/)?(\d{4}\.\d{4,5}|[a-z\-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?", re.I
)
_OWN_ID = re.compile(r"[^\s|<>\"{}\\^`\x00-\x1f\x7f-\x9f]{1,120}")
_SLUG_MOST = 80
_AGREE = 0.5


def arxiv_id(text: str) -> str | None:
    """The arXiv id that ``text`` is, without version or prefix.

    >>> arxiv_id("arXiv:2403.00001v2"), arxiv_id("https://arxiv.org/abs/hep-th/9901001"), arxiv_id("seed001")
    ('2403.00001', 'hep-th/9901001', None)
    """
    found = _ARXIV.fullmatch(text.strip())
    return found[1] if found else None


def slug(title: str) -> str:
    """A readable id from a title.

    >>> slug("QMoE: Practical Sub-1-Bit Compression")
    'qmoe-practical-sub-1-bit-compression'
    """
    folded = unicodedata.normalize("NFKD", title).casefold()
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    words = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain)).strip("-")
    if len(words) <= _SLUG_MOST:
        return words or "untitled"
    return words[:_SLUG_MOST].rsplit("-", 1)[0]


def merged(papers: Iterable[Paper]) -> list[Paper]:
    """One `Paper` for each distinct paper, in order of first reading, each with its final ``id``."""
    groups: list[list[Paper]] = []
    by_arxiv: dict[str, int] = {}
    by_title: dict[str, list[int]] = defaultdict(list)
    for paper in papers:
        place = by_arxiv.get(paper.arxiv_id or "")
        if place is None:
            place = next((i for i in by_title[title_key(paper.title)] if _one(groups[i], paper)), None)
        if place is None:
            place = len(groups)
            groups.append([])
        if place not in by_title[title_key(paper.title)]:
            by_title[title_key(paper.title)].append(place)
        groups[place].append(paper)
        if paper.arxiv_id:
            by_arxiv[paper.arxiv_id] = place
    return _named([_joined(group) for group in groups])


def title_key(title: str) -> str:
    """What titles are compared by: letters and digits (or all of a title that has none)."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return re.sub(r"[\W_]+", "", folded) or folded.strip()


def _one(group: list[Paper], paper: Paper) -> bool:
    ids = {known.arxiv_id for known in group if known.arxiv_id}
    if paper.arxiv_id and ids and paper.arxiv_id not in ids:
        return False
    return any(_agree(known.abstract, paper.abstract) for known in group)


def _agree(first: str, second: str) -> bool:
    a, b = title_key(first), title_key(second)
    if not a or not b or a.startswith(b) or b.startswith(a):
        return True
    words, others = (Counter(re.findall(r"\w+", text.casefold())) for text in (first, second))
    return (words & others).total() >= _AGREE * (words | others).total()


def _joined(group: list[Paper]) -> Paper:
    """What the readings say together; the fullest abstract is the text."""
    if len(group) == 1:
        return group[0]
    fullest = max(group, key=lambda paper: (len(paper.abstract), paper.abstract, paper.title))

    return replace(
        fullest,
        id=next((paper.id for paper in group if paper.id), ""),
        published=min((paper.published for paper in group if paper.published), default=None),
        authors=max((paper.authors for paper in group), key=len),
        author_count=_most(paper.author_count for paper in group),
        organization=next((paper.organization for paper in group if paper.organization), None),
        comment_count=_most(paper.comment_count for paper in group),
        arxiv_id=next((paper.arxiv_id for paper in group if paper.arxiv_id), None),
        url=next((paper.url for paper in group if paper.url), None),
        origins=tuple(dict.fromkeys(origin for paper in group for origin in paper.origins)),
    )


def _most(counts: Iterable[int | None]) -> int | None:
    return max((count for count in counts if count is not None), default=None)


def _named(papers: list[Paper]) -> list[Paper]:
    """Give each its id; where two would have one id, each gets a mark made from its own text.

    The mark depends on nothing but the paper, so the order of inputs changes no id.
    """
    wanted = [_wanted(paper) for paper in papers]
    shared = Counter(wanted)
    taken: Counter[str] = Counter()
    named: list[Paper] = []
    for paper, name in zip(papers, wanted, strict=True):
        if shared[name] > 1:
            name = f"{name}-{_mark(paper)}"
        taken[name] += 1
        final = name if taken[name] == 1 else f"{name}-{taken[name]}"
        named.append(paper if final == paper.id else replace(paper, id=final))
    return named


def _wanted(paper: Paper) -> str:
    if paper.arxiv_id:
        return paper.arxiv_id
    return paper.id if _OWN_ID.fullmatch(paper.id) else slug(paper.title)


def _mark(paper: Paper) -> str:
    text = f"{paper.arxiv_id or ''}\0{paper.id}\0{paper.title}\0{paper.abstract}"
    return hashlib.sha256(text.encode()).hexdigest()[:6]
