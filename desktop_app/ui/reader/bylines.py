"""The words above and below a text: byline, dates in words, how long is left."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import Document

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def date_in_words(date: PartialDate) -> str:
    """Write a date as people do: "25 March 2016", "March 2016", "2016"."""
    parts = [str(date.year)]
    if date.month:
        parts.insert(0, _MONTHS[date.month - 1])
    if date.day:
        parts.insert(0, str(date.day))
    return " ".join(parts)


def byline(document: Document) -> str:
    """The line under the title: who, where, when, how long; what is not known is left out."""
    facts = document.facts
    parts: list[str] = []
    if facts.authors:
        shown = ", ".join(facts.authors[:3])
        parts.append(shown + (" and others" if len(facts.authors) > 3 else ""))
    if facts.source and facts.source not in facts.authors:
        parts.append(facts.source)
    if facts.published is not None:
        parts.append(date_in_words(facts.published))
    words = document.words
    parts.append(_tr("1 word") if words == 1 else _tr("{0:,} words").format(words))
    return " · ".join(parts)


def time_left(words: float, pace: float) -> str:
    """How long so many words take at a pace, in words a minute: "4 min left"."""
    if words <= 0:
        return _tr("at the end")
    minutes = math.ceil(words / pace)
    if minutes >= 90:
        return _tr("{0} h left").format(round(minutes / 60))
    return _tr("{0} min left").format(max(1, minutes))


def _tr(text: str) -> str:
    return QCoreApplication.translate("reader", text)
