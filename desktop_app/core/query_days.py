"""What dates may stand behind the colon of a field, and what is said when something else does."""

from __future__ import annotations

import re
from datetime import date, timedelta

from desktop_app.core.dates import PartialDate
from desktop_app.core.query_refused import ValueRefused
from desktop_app.core.query_tree import Days, FactValue, Recent, Special
from desktop_app.core.typed_dates import typed_date

_DATE_EXAMPLE = "write date:2016, date:2016-03, date:2016-03-25, date:2015-11..2016-03 or date:none"
_SLASHED = re.compile(r"(\d{1,4})[/.](\d{1,2})[/.](\d{1,4})")
_FIGURES = re.compile(r"\d{4}(-\d{1,2}){1,2}")
_COMPARED = re.compile(r"(>=|<=|>|<)(.+)")
_AGO = re.compile(r"(\d{1,5})([dwmy])")
_DAYS_OF = {"d": 1, "w": 7, "m": 30, "y": 365}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def read_date(name: str, value: str, quoted: bool) -> FactValue:
    """Read the days of a publication date."""
    if value in (Special.NONE, Special.GUESSED):
        return Special(value)
    return _read_days(name, value)


def read_added(name: str, value: str, quoted: bool) -> FactValue:
    """Read days, or how far back from today: 7d, 2w, 3m, 1y."""
    if ago := _AGO.fullmatch(value.lower()):
        return Recent(int(ago[1]) * _DAYS_OF[ago[2]])
    return _read_days(name, value)


def read_after(name: str, value: str, quoted: bool) -> FactValue:
    """Read what days must come behind."""
    return Days(_day_behind(_read_day(name, value)), None)


def read_before(name: str, value: str, quoted: bool) -> FactValue:
    """Read what days must come before."""
    return Days(None, _day_ahead_of(_read_day(name, value)))


def _read_days(name: str, value: str) -> Days:
    if compared := _COMPARED.fullmatch(value):
        day = _read_day(name, compared[2])
        return {
            ">=": Days(day.first(), None),
            ">": Days(_day_behind(day), None),
            "<=": Days(None, day.last()),
            "<": Days(None, _day_ahead_of(day)),
        }[compared[1]]
    first, found, last = value.partition("..")
    if not found:
        day = _read_day(name, value)
        return Days(day.first(), day.last())
    if not (first or last):
        raise ValueRefused(f"“{name}:..” has no day at either end: {_DATE_EXAMPLE}.")
    days = Days(
        _read_day(name, first).first() if first else None,
        _read_day(name, last).last() if last else None,
    )
    if days.first and days.last and days.first > days.last:
        raise ValueRefused(f"“{name}:{value}” ends before it begins: write {name}:{last}..{first}.")
    return days


def _read_day(name: str, value: str) -> PartialDate:
    if _SLASHED.fullmatch(value):
        raise ValueRefused(_which_day(name, value))
    try:
        return typed_date(value)
    except ValueError as refused:
        reason = ""
        if _FIGURES.fullmatch(value):
            said = str(refused).partition(". ")[0].rstrip(".")
            reason = f", since {said[0].lower() if said.startswith('There') else said[0]}{said[1:]}"
        raise ValueRefused(f"“{name}:{value}” is not a date{reason}: {_DATE_EXAMPLE}.") from None


def slashed_days(value: str) -> list[date]:
    """Every day that a date in slashes can mean; none where it is no such date."""
    slashed = _SLASHED.fullmatch(value)
    if slashed is None:
        return []
    a, b, c = (int(part) for part in slashed.groups())
    if a > 31:
        readings = [(a, b, c)]
    else:
        year = c if c > 99 else c + (2000 if c < 70 else 1900)
        readings = [(year, b, a), (year, a, b)]
    return sorted({day for reading in readings if (day := _day(*reading))})


def bare_days_note(value: str) -> str:
    """Ask which day is meant by a date in slashes that stands without a field; "" for any other."""
    possible = slashed_days(value) if value.count("/") == 2 else []
    if not possible:
        return ""
    named, written = _named_and_written("date", possible)
    return f"“{value}” was read as text. It can be {named} as a date: write {written} for that."


def _which_day(name: str, value: str) -> str:
    """Ask which day a date in slashes means, naming every day that it can be."""
    possible = slashed_days(value)
    if not possible:
        return f"“{name}:{value}” is not a date: {_DATE_EXAMPLE}."
    named, written = _named_and_written(name, possible)
    return f"“{name}:{value}” can be {named}: write {written}."


def _named_and_written(name: str, days: list[date]) -> tuple[str, str]:
    named = [f"{day.day} {_MONTHS[day.month - 1]} {day.year}" for day in days]
    return " or ".join(named), " or ".join(f"{name}:{day}" for day in days)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_behind(day: PartialDate) -> date:
    last = day.last()
    return last if last == date.max else last + timedelta(days=1)


def _day_ahead_of(day: PartialDate) -> date:
    first = day.first()
    return first if first == date.min else first - timedelta(days=1)
