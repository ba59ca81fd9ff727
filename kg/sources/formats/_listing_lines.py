"""The lines of a listing page, told apart: site furniture, metadata, text.

A page may be several saved one after another; each begins with the site's banner and is a
section of its own. Where the saving glued two lines together they are parted here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.sources.dates import DATE, PrintedDate, printed

BANNER = re.compile(r"Get trending papers in your email inbox(?: once a day)?!")
_COMMUNITY = "byAK and the research community"
_GLUED = re.compile(rf"(?:Subscribe|Daily Papers|{_COMMUNITY}|(?:[A-Z][a-z]{{2}} \d{{1,2}}(?=[A-Z])))")
_SUBSCRIBE = re.compile(r"Subscribe(?=[A-Z0-9])")
_AUTHORS = re.compile(r"(?:[^\w\s]\s*)?(\d[\d,]*) authors?")  # the bullet may have been lost to an encoding
_ONE_LINE = re.compile(rf"(?P<left>.*\S)\s*·\s*(?P<date>{DATE})")
_FURNITURE = frozenset(
    "new|subscribe|daily papers|previous|next|load more papers|submitted by|system theme|company|tos|privacy|about|"
    f"careers|website|models|datasets|spaces|pricing|docs|{_COMMUNITY.lower()}".split("|")
)
_ORGANIZATION_MOST = 100
_META_MOST = 150


@dataclass(slots=True)
class Text:
    """A line that is part of a title or an abstract."""

    number: int
    text: str
    after_blank: bool


@dataclass(slots=True)
class Meta:
    """What stands below an abstract: author count or organisation, date, comment count."""

    author_count: int | None = None
    organization: str | None = None
    day: PrintedDate | None = None


@dataclass(slots=True)
class Section:
    """One saved page: its texts and metadata in order, whether it had the banner, the date in its head."""

    items: list[Text | Meta] = field(default_factory=list)
    banner: bool = False
    headed: bool = False
    day: PrintedDate | None = None


def sections(lines: Iterable[tuple[int, str]]) -> Iterator[Section]:
    """Part the lines of a page into sections and say what each line is."""
    reader = _Reader()
    for number, line in lines:
        yield from reader.feed(number, line)
    yield from reader.finish()


def organization(line: str) -> str:
    """The organisation's name without the handle that the page prints before it.

    >>> organization("google Google"), organization("ibm-granite IBM Granite"), organization("IBM Research")
    ('Google', 'IBM Granite', 'IBM Research')
    """
    handle, _, name = line.strip().partition(" ")
    if not name:
        return handle
    short, long = (re.sub(r"[\W_]", "", part).lower() for part in (handle, name))
    initials = "".join(word[0] for word in name.split()).lower()
    known = handle[0].islower() or "-" in handle or short in long or long in short or short == initials
    return name.strip() if known else line.strip()


class _Reader:
    def __init__(self) -> None:
        self.section = Section()
        self.heading = True
        self.blank = False
        self.meta_open = False

    def feed(self, number: int, line: str) -> Iterator[Section]:
        """Take one physical line; give the section that it ends, if it ends one."""
        line = line.strip().removeprefix("\ufeff")
        banner = BANNER.search(line)
        while banner:
            self._take(number, line[: banner.start()].strip())
            yield from self._turn_page()
            line = line[banner.end() :].strip()
            banner = BANNER.search(line)
            if not line:
                return
        self._take(number, line)

    def finish(self) -> Iterator[Section]:
        """Give the last section."""
        if self.section.items or self.section.banner or self.section.headed:
            yield self.section

    def _turn_page(self) -> Iterator[Section]:
        self._drop_trailing_new()
        if self.section.items:
            yield self.section
            self.section = Section()
        self.section.banner = self.section.headed = True
        self.heading, self.blank, self.meta_open = True, False, False

    def _drop_trailing_new(self) -> None:
        """The word above the banner, alone on its line or glued to the end of the page before."""
        last = self.section.items[-1] if self.section.items else None
        if isinstance(last, Text) and re.search(r"[.!?)\]}\"'/\d]new$", last.text):
            last.text = last.text[: -len("new")].rstrip()

    def _take(self, number: int, line: str) -> None:
        if self.heading:
            line = self._without_heading(line)
        if not line:
            self.blank = True
            return
        if line.lower() in _FURNITURE or line.isdecimal():
            self.section.headed |= line.lower() in ("daily papers", _COMMUNITY.lower())
            return
        if not self._is_meta(line):
            self.section.items.append(Text(number, line, self.blank))
            self.heading, self.meta_open = False, False
        self.blank = False

    def _without_heading(self, line: str) -> str:
        day = printed(line)
        if day:
            self.section.day = day
            return ""
        glued = _GLUED if self.section.banner else _SUBSCRIBE
        while found := glued.match(line):
            self.section.day = printed(found[0]) or self.section.day
            line = line[found.end() :].lstrip()
        return line

    def _is_meta(self, line: str) -> bool:
        if len(line) > _META_MOST:
            return False
        whole = _ONE_LINE.fullmatch(line)
        if whole:
            return self._maker(whole["left"]) and self._day(whole["date"])
        if line == "·":
            self._take_organization()
            return True
        return self._day(line) or (bool(_AUTHORS.fullmatch(line)) and self._maker(line))

    def _maker(self, line: str) -> bool:
        found = _AUTHORS.fullmatch(line)
        if found:
            self._meta().author_count = int(found[1].replace(",", ""))
        else:
            self._meta().organization = organization(line)
        return True

    def _day(self, line: str) -> bool:
        day = printed(line.removesuffix("new"))
        if day is None or not self.section.items:
            return False
        self._meta().day = day
        return True

    def _take_organization(self) -> None:
        """A short text right above the dot is no text but the organisation."""
        last = self.section.items[-1] if self.section.items else None
        if isinstance(last, Text) and len(self.section.items) > 1 and _may_be_organization(last.text):
            self.section.items.pop()
            self._meta().organization = organization(last.text)
        else:
            self._meta()

    def _meta(self) -> Meta:
        """The metadata of the paper just read."""
        last = self.section.items[-1] if self.section.items else None
        if isinstance(last, Meta):
            return last
        made = Meta()
        self.section.items.append(made)
        return made


def _may_be_organization(text: str) -> bool:
    return len(text) <= _ORGANIZATION_MOST and not text.endswith((".", "?", "!"))
