"""How values are put into columns and taken out of them, and the small pieces of SQL that need it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, TableValuedAlias, func, select

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


def ids_in(connection: Connection, rows: Select[Any]) -> Iterator[int]:
    """The ids that rows of one column give, as one text that is made without Python's lock.

    For each row by itself a thread would ask for the lock twice, and hold up the window's.
    """
    return joined_ids(connection, joining(rows))


def joining(rows: Select[Any]) -> Select[Any]:
    """The statement that `joined_ids` reads ids by, to be written once where it is often needed."""
    return select(func.group_concat(rows.subquery().c[0]))


def joined_ids(
    connection: Connection, statement: Select[Any], values: Mapping[str, object] | None = None
) -> Iterator[int]:
    """The ids that a statement of `joining` gives with some values."""
    joined = connection.execute(statement, values).scalar_one()
    # A little quicker than asking for each number by itself.
    return iter(json.loads(f"[{joined or ''}]"))


def listed(ids: Collection[int]) -> TableValuedAlias:
    """Ids as a table with the column `value`, in their order."""
    return func.json_each(json.dumps(list(ids))).table_valued("value")


def among(
    column: ColumnElement[int] | ColumnElement[str], values: Collection[int] | Collection[str]
) -> ColumnElement[bool]:
    """The condition that a column is one of many values; no limit on how many.

    One JSON parameter rather than one a value: SQLite allows only so many parameters.
    """
    each = func.json_each(json.dumps(list(values))).table_valued("value")
    return column.in_(select(each.c.value))
