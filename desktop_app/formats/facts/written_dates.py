"""Dates as people write them in the first lines of a text, and as data about a text write them.

Only dates that can mean one day are read: `25 March 2016`, `March 25th, 2016`, `2016-03-25`,
`25. März 2016`, `25 mars 2016`. Dates with slashes are not guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.core.dates import PartialDate
from desktop_app.core.words import fold

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar marz april mai juni juli august september oktober november dezember",
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "at": "janner feber maerz",
}
_SHORT = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
    "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12, "janv": 1, "fevr": 2, "avr": 4,
    "juil": 7,
}  # fmt: skip
_NUMBERS = {
    name: number + 1 for names in _MONTHS.values() for number, name in enumerate(names.split())
} | _SHORT
# Longest first, so that "march" is not read as "mar".
_MONTH = "(?P<month>" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|\.)?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_FORMS = tuple(
    re.compile(rf"(?<![\w/.-]){form}(?![\w/]|[.-]\d)")
    for form in (
        rf"{_YEAR}-(?P<number>[01]\d)-(?P<day>[0-3]\d)(?:t[\d:.]+(?:z|[+-]\d\d:?\d\d)?)?",
        rf"{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}",
        rf"{_MONTH}\s+(?:the\s+)?{_DAY}\s*,?\s+{_YEAR}",
        rf"{_YEAR},?[\s-]+{_MONTH}[\s-]+{_DAY}",
        rf"{_MONTH},?\s+{_YEAR}",
    )
)
_ISO = re.compile(r"\s*(\d{4})-(\d\d)(?:-(\d\d))?(?=$|[T\s+Z])")
_COMPACT = re.compile(r"\s*(\d{4})[/]?(\d\d)[/]?(\d\d)(?=$|[T\s]|\d{6}$)")
_DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th|er|\.)?(?:\s+of)?[\s-]*$")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date and where it stands; start and end are places in the text as it was given."""

    date: PartialDate
    start: int
    end: int


def first_date(text: str) -> WrittenDate | None:
    """The first date in a short text; of two at one place the one that says more."""
    if not any(character.isdigit() for character in text):
        return None
    folded = _folded(text)
    found: list[WrittenDate] = []
    for form in _FORMS:
        for match in form.finditer(folded):
            date = _date_of(match)
            # A day that the month does not have is no reason to take the month alone.
            if date is not None and (date.day or not _DAY_BEFORE.search(folded[: match.start()])):
                found.append(WrittenDate(date, match.start(), match.end()))
                break
    if not found:
        return None
    return min(found, key=lambda one: (one.start, one.start - one.end))


def read_date(value: str) -> str | None:
    """A date as properties and tags write it, as ISO text; None for what could mean two days."""
    value = value.strip()[:80]
    iso = _ISO.match(value) or _COMPACT.match(value)
    if iso:
        text = "-".join(part for part in iso.groups() if part)
        try:
            date = PartialDate.parse(text)
        except ValueError:
            return None
        return text if 1400 < date.year < 2200 else None
    written = first_date(value)
    if written:
        return str(written.date)
    return value if re.fullmatch(r"(1[5-9]|20)\d\d", value) else None


def _folded(text: str) -> str:
    """Fold character by character, so that places stay."""
    if text.isascii():
        return text.lower()
    return "".join((fold(character) or " ")[0] for character in text)


def _date_of(match: re.Match[str]) -> PartialDate | None:
    parts = match.groupdict()
    month = int(parts["number"]) if "number" in parts else _NUMBERS[parts["month"]]
    try:
        return PartialDate(int(parts["year"]), month, int(parts.get("day") or 0))
    except ValueError:
        return None
