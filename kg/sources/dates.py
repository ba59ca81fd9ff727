"""Dates as listing pages print them: the year stands only where it is not the current one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|"
    "Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
DATE = rf"(?P<month>{_NAMES})\.? (?P<day>\d{{1,2}})(?:, ?(?P<year>\d{{4}}))?(?: (?P<comments>\d{{1,5}}))?"
_LINE = re.compile(DATE)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date line: the year is ``None`` where the page leaves it out; ``comments`` stands after some."""

    month: int
    day: int
    year: int | None = None
    comments: int | None = None

    def on(self, year: int | None) -> date | None:
        """The day, with ``year`` where none is printed; ``None`` when that is unknown or no such day exists."""
        chosen = self.year or year
        if chosen is None:
            return None
        try:
            return date(chosen, self.month, self.day)
        except ValueError:
            return None


def printed(line: str) -> PrintedDate | None:
    """Read a line that holds a date and nothing else but a comment count.

    >>> printed("May 26, 2023 2")
    PrintedDate(month=5, day=26, year=2023, comments=2)
    >>> printed("May 7 8")
    PrintedDate(month=5, day=7, year=None, comments=8)
    >>> printed("May the source be with you") is None
    True
    """
    found = _LINE.fullmatch(line.strip())
    if not found:
        return None
    day = int(found["day"])
    if not 1 <= day <= 31:
        return None
    month = _MONTHS.index(found["month"][:3].lower()) + 1
    year = int(found["year"]) if found["year"] else None
    return PrintedDate(month, day, year, int(found["comments"]) if found["comments"] else None)


def page_year(dates: Iterable[PrintedDate], captured: date | None) -> int | None:
    """The year a page means where it prints none.

    That of ``captured`` if given; else the one after the latest printed, since a page prints
    a year only when it is over. ``None`` when neither is known.

    >>> page_year([PrintedDate(12, 24, 2018), PrintedDate(2, 10)], None)
    2019
    """
    if captured:
        return captured.year
    years = [d.year for d in dates if d.year]
    return max(years) + 1 if years else None


def resolve(day: PrintedDate, year: int | None, captured: date | None) -> date | None:
    """The day meant: never after the page was saved (a page saved at New Year shows last year's)."""
    found = day.on(year)
    if found and captured and day.year is None and found > captured + timedelta(days=1):
        return day.on(captured.year - 1)
    return found
