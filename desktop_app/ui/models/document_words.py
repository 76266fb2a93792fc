"""A document in a few words: the line under its title, and what is read aloud for it."""

from __future__ import annotations

import calendar

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import Document, ReadState

WORDS_A_MINUTE = 230


def date_in_words(date: PartialDate, *, short: bool = True) -> str:
    """Write a date: `25 Mar 2016`, `Mar 2016` or `2016`."""
    names = calendar.month_abbr if short else calendar.month_name
    parts = [str(date.day)] if date.day else []
    if date.month:
        parts.append(str(names[date.month]))
    return " ".join([*parts, str(date.year)])


def time_in_words(words: int) -> str:
    """How long so many words take to read: `7 min`, `5 h`."""
    minutes = max(1, round(words / WORDS_A_MINUTE))
    return f"{minutes} min" if minutes < 90 else f"{round(minutes / 60)} h"


def facts_line(document: Document) -> str:
    """The line under a title: source, date, time to read, and how far it has been read."""
    facts = document.facts
    origin = facts.source or ", ".join(facts.authors[:2])
    parts = [origin] if origin else []
    if facts.published is not None:
        parts.append(date_in_words(facts.published))
    parts.append(time_in_words(document.words) if document.words else "no text")
    if document.state is ReadState.READING and document.progress >= 0.01:
        parts.append(f"{document.progress:.0%} read")
    return " · ".join(parts)


def highlights_in_words(count: int) -> str:
    """Say a number of highlights."""
    return "1 highlight" if count == 1 else f"{count:,} highlights"


def in_words(document: Document, *, highlights: int = 0) -> str:
    """All that a row shows by shape and colour, as words for a screen reader."""
    parts = [document.title, facts_line(document), str(document.state)]
    if highlights:
        parts.append(highlights_in_words(highlights))
    if document.starred:
        parts.append("starred")
    if document.trashed_at is not None:
        parts.append("in the trash")
    return ", ".join(parts)
