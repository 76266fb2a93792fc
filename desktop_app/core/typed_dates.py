"""Dates as a person types them: `2016`, `2016-03`, `25 March 2016`, `Mar 25, 2016`.

Figures alone divided by slashes or dots are never guessed: 3/4/2016 is April to some and March to
others. Only English names of months are read.
"""

from __future__ import annotations

import calendar
import re

from desktop_app.core.dates import PartialDate

_MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
MONTHS = tuple(calendar.month_name)

_ISO_LIKE = re.compile(r"\d{4}(-\d{1,2}){0,2}")
_FIGURES = re.compile(r"(\d{1,4})[/.](\d{1,2})[/.](\d{1,4})")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([a-z]+)\.?,?\s+(\d{4})")
_MONTH_FIRST = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})\s+([a-z]+)\.?(?:\s+(\d{1,2}))?")

_EXAMPLE = "Write 2016, 2016-03, 2016-03-25 or 25 March 2016."


def typed_date(text: str) -> PartialDate:
    """Read a typed date; ValueError with a sentence for the person where it cannot be one."""
    plain = " ".join(text.strip().lower().replace("–", "-").replace("—", "-").split())
    if _ISO_LIKE.fullmatch(plain):
        year, *rest = (int(part) for part in plain.split("-"))
        return _made(text, year, *rest)
    if found := _FIGURES.fullmatch(plain):
        first, second, third = (int(part) for part in found.groups())
        raise ValueError(_which(first, second, third))
    for pattern, order in (
        (_DAY_FIRST, (3, 2, 1)),
        (_MONTH_FIRST, (3, 1, 2)),
        (_YEAR_FIRST, (1, 2, 3)),
    ):
        if found := pattern.fullmatch(plain):
            year_digits, month, day = (found[group] for group in order)
            if month not in _MONTHS:
                raise ValueError(f"“{month}” is no month. {_EXAMPLE}")
            return _made(text, int(year_digits), _MONTHS[month], *([int(day)] if day else []))
    raise ValueError(f"“{_short(text)}” is not a date. {_EXAMPLE}")


def in_words(date: PartialDate) -> str:
    """Write a date so that typed_date reads it back: `25 March 2016`, `March 2016`, `2016`."""
    if not date.month:
        return f"{date.year:04}"
    month = f"{MONTHS[date.month]} {date.year:04}"
    return f"{date.day} {month}" if date.day else month


def _made(text: str, year: int, *rest: int) -> PartialDate:
    if any(part == 0 for part in (year, *rest)):
        raise ValueError(f"There is no date “{_short(text)}”. {_EXAMPLE}")
    try:
        return PartialDate(year, *rest)
    except ValueError:
        raise ValueError(_impossible(text, year, *rest)) from None


def _impossible(text: str, year: int, month: int, day: int = 0) -> str:
    if not 1 <= month <= 12:
        return f"There is no month {month}. {_EXAMPLE}"
    days = calendar.monthrange(year, month)[1]
    if day > days:
        return f"{MONTHS[month]} {year} has {days} days."
    return f"There is no date “{_short(text)}”. {_EXAMPLE}"


def _which(first: int, second: int, third: int) -> str:
    """Ask which day figures mean, with the answers written out."""
    meant: list[str] = []
    year, one, other = (third, first, second) if third > 31 else (first, second, third)
    for day, month in ((one, other), (other, one)):
        try:
            said = in_words(PartialDate(year, month, day))
        except ValueError:
            continue
        if year > 31 and month and day and said not in meant:
            meant.append(said)
    if not meant:
        return f"“{first}/{second}/{third}” is not a date. {_EXAMPLE}"
    return f"Write the month as a word: {' or '.join(meant)}."


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:39]}…"
