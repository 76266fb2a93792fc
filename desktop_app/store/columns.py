"""How values are put into columns and taken out of them, and the small pieces of SQL that need it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, func, select

from desktop_app.core.words import words


def utc_now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def to_ms(moment: datetime) -> int:
    """Whole milliseconds since 1970; the moment must know its time zone."""
    if moment.tzinfo is None:
        raise ValueError("a time without a time zone")
    return round(moment.timestamp() * 1000)


def from_ms(milliseconds: int) -> datetime:
    """The moment in UTC."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def words_key(text: str) -> str:
    """The folded words of a text with one blank before, between and after them; one blank for none."""
    return f" {' '.join(words(text))} " if text else " "


def people_key(people: Iterable[str]) -> str:
    """The keys of several people, a `|` between two of them."""
    return "|".join(words_key(person) for person in people) or " "


def to_json(value: object) -> str:
    """Write a value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def among(
    column: ColumnElement[int] | ColumnElement[str], values: Collection[int] | Collection[str]
) -> ColumnElement[bool]:
    """The condition that a column is one of many values; no limit on how many.

    One JSON parameter rather than one a value: SQLite allows only so many parameters.
    """
    listed = func.json_each(json.dumps(list(values))).table_valued("value")
    return column.in_(select(listed.c.value))
