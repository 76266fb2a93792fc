"""What may stand behind the colon of a field, and what is said when something else does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from desktop_app.core.dates import PartialDate
from desktop_app.core.query_tree import (
    Choice,
    Days,
    FactField,
    FactValue,
    Name,
    Recent,
    Special,
    TagValue,
)
from desktop_app.core.tag_paths import split_tag_path
from desktop_app.core.words import fold, words

STATES = ("unread", "reading", "read", "starred", "tagged", "untagged", "inbox", "lost", "trash")
POSSESSIONS = ("date", "author", "source", "url", "language", "tag", "highlight", "note")

MEDIA_TYPES: Mapping[str, frozenset[str]] = {
    "text": frozenset({"text/plain"}),
    "markdown": frozenset({"text/markdown"}),
    "html": frozenset({"text/html", "application/xhtml+xml"}),
    "pdf": frozenset({"application/pdf"}),
    "epub": frozenset({"application/epub+zip"}),
    "docx": frozenset({"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}),
    "odt": frozenset({"application/vnd.oasis.opendocument.text"}),
    "rtf": frozenset({"text/rtf"}),
    "mail": frozenset({"message/rfc822"}),
    "mhtml": frozenset({"multipart/related"}),
}
_TYPE_ALIASES = {
    "txt": "text", "plain": "text", "md": "markdown", "htm": "html", "xhtml": "html",
    "word": "docx", "doc": "docx", "eml": "mail", "email": "mail", "mbox": "mail", "mht": "mhtml",
}  # fmt: skip

_LANGUAGES = {
    "arabic": "ar", "chinese": "zh", "danish": "da", "dutch": "nl", "english": "en",
    "finnish": "fi", "french": "fr", "german": "de", "hebrew": "he", "hungarian": "hu",
    "italian": "it", "kurdish": "ku", "norwegian": "no", "persian": "fa", "polish": "pl",
    "portuguese": "pt", "romanian": "ro", "russian": "ru", "spanish": "es", "swedish": "sv",
    "turkish": "tr", "ukrainian": "uk",
}  # fmt: skip

_DATE_EXAMPLE = "write date:2016, date:2016-03, date:2016-03-25, date:2015-11..2016-03 or date:none"
_SLASHED = re.compile(r"(\d{1,4})[/.](\d{1,2})[/.](\d{1,4})")
_COMPARED = re.compile(r"(>=|<=|>|<)(.+)")
_AGO = re.compile(r"(\d{1,5})([dwmy])")
_DAYS_OF = {"d": 1, "w": 7, "m": 30, "y": 365}
_CODE = re.compile(r"[a-z]{2,3}")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


class ValueRefused(Exception):
    """A value that its field cannot have; the message is the sentence that says so."""


def read_value(name: str, value: str, *, quoted: bool, exact: bool) -> tuple[FactField, FactValue]:
    """Read the value of a known field.

    quoted: whether any of it stood in quotes. exact: whether it starts with a bare equals sign.

    Raises ValueRefused.
    """
    field, reader = _READERS[name]
    if field is FactField.TAG:
        return field, _read_tag(value, quoted=quoted, exact=exact)
    return field, reader(name, value.strip(), quoted)


def _read_tag(value: str, *, quoted: bool, exact: bool) -> FactValue:
    if value == "none" and not quoted:
        return Special.NONE
    collection, names = split_tag_path(value[1:] if exact else value)
    if not names:
        raise ValueRefused("“tag:” needs the name of a tag, such as tag:place/Syria.")
    return TagValue(names, collection, exact)


def _read_name(name: str, value: str, quoted: bool) -> FactValue:
    if value == "none" and not quoted:
        return Special.NONE
    forms = tuple(words(value))
    if not forms:
        raise ValueRefused(f"“{name}:” needs a name, such as {name}:guardian.")
    return Name(forms, prefix=value.endswith("*") and not quoted)


def _read_date(name: str, value: str, quoted: bool) -> FactValue:
    if value in (Special.NONE, Special.GUESSED):
        return Special(value)
    return _read_days(name, value)


def _read_added(name: str, value: str, quoted: bool) -> FactValue:
    if ago := _AGO.fullmatch(value.lower()):
        return Recent(int(ago[1]) * _DAYS_OF[ago[2]])
    return _read_days(name, value)


def _read_after(name: str, value: str, quoted: bool) -> FactValue:
    return Days(_day_behind(_read_day(name, value)), None)


def _read_before(name: str, value: str, quoted: bool) -> FactValue:
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
    if slashed := _SLASHED.fullmatch(value):
        raise ValueRefused(_which_day(name, value, *(int(part) for part in slashed.groups())))
    try:
        return PartialDate.parse(value)
    except ValueError:
        raise ValueRefused(f"“{name}:{value}” is not a date: {_DATE_EXAMPLE}.") from None


def _which_day(name: str, value: str, a: int, b: int, c: int) -> str:
    """Ask which day a date in slashes means, naming every day that it can be."""
    if a > 31:
        readings = [(a, b, c)]
    else:
        year = c if c > 99 else c + (2000 if c < 70 else 1900)
        readings = [(year, b, a), (year, a, b)]
    possible = sorted({day for reading in readings if (day := _day(*reading))})
    if not possible:
        return f"“{name}:{value}” is not a date: {_DATE_EXAMPLE}."
    named = [f"{day.day} {_MONTHS[day.month - 1]} {day.year}" for day in possible]
    written = [f"{name}:{day}" for day in possible]
    return f"“{name}:{value}” can be {' or '.join(named)}: write {' or '.join(written)}."


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


def _read_state(name: str, value: str, quoted: bool) -> FactValue:
    return _choose(name, fold(value), STATES)


def _read_possession(name: str, value: str, quoted: bool) -> FactValue:
    return _choose(name, fold(value), POSSESSIONS)


def _read_language(name: str, value: str, quoted: bool) -> FactValue:
    code = fold(value)
    if code == Special.NONE:
        return Special.NONE
    code = _LANGUAGES.get(code, code).partition("-")[0]
    if not _CODE.fullmatch(code):
        raise ValueRefused(
            f"“{name}:{value}” is not a language: write lang:en, lang:de or lang:none."
        )
    return Choice(code)


def _read_type(name: str, value: str, quoted: bool) -> FactValue:
    kind = fold(value)
    kind = _TYPE_ALIASES.get(kind, kind)
    for short, full in MEDIA_TYPES.items():
        if kind in full:
            kind = short
    return _choose(name, kind, tuple(MEDIA_TYPES), typed=value)


def _choose(name: str, value: str, choices: tuple[str, ...], *, typed: str | None = None) -> Choice:
    if value in choices:
        return Choice(value)
    listed = ", ".join(f"{name}:{choice}" for choice in choices[:-1])
    raise ValueRefused(
        f"“{name}:{value if typed is None else typed}” is not known: "
        f"write {listed} or {name}:{choices[-1]}."
    )


_READERS: Mapping[str, tuple[FactField, Callable[[str, str, bool], FactValue]]] = {
    "author": (FactField.AUTHOR, _read_name),
    "source": (FactField.SOURCE, _read_name),
    "tag": (FactField.TAG, _read_name),
    "date": (FactField.DATE, _read_date),
    "after": (FactField.DATE, _read_after),
    "before": (FactField.DATE, _read_before),
    "added": (FactField.ADDED, _read_added),
    "is": (FactField.IS, _read_state),
    "has": (FactField.HAS, _read_possession),
    "lang": (FactField.LANG, _read_language),
    "type": (FactField.TYPE, _read_type),
}

FACT_FIELDS = frozenset(_READERS)
EXAMPLES: Mapping[str, str] = {
    "author": "author:chulov", "source": "source:guardian", "tag": "tag:place/Syria",
    "date": "date:2016-03", "after": "after:2016-03", "before": "before:2016", "added": "added:7d",
    "is": "is:unread", "has": "has:date", "lang": "lang:en", "type": "type:html",
    "title": "title:raqqa", "text": "text:raqqa",
}  # fmt: skip
