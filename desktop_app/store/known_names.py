"""The authors, sources, years, languages and types that documents outside the trash have."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, case, desc, func, select, true

from desktop_app.store.columns import words_key
from desktop_app.store.tables import document


@dataclass(frozen=True, slots=True)
class KnownName:
    """A value as it is written, and how many documents have it."""

    name: str
    documents: int


def sources_like(connection: Connection, beginning: str, limit: int) -> list[KnownName]:
    """Sources of which a word begins so, those with most documents first.

    Of a source that is written in several ways the one that sorts first is given. The documents
    are those that a search for its words finds, so those of a longer name with them too.
    """
    key = document.c.source_key
    name = func.min(document.c.source)
    rows = (
        select(name.label("name"), func.count().label("many"))
        .where(key != " ", func.instr(key, _sought(beginning)) > 0, document.c.trashed_at.is_(None))
        .group_by(key)
        .order_by(desc("many"), "name")
        .limit(limit)
    )
    found = [str(row.name) for row in connection.execute(rows)]
    return [_counted(connection, key, name) for name in found]


def authors_like(connection: Connection, beginning: str, limit: int) -> list[KnownName]:
    """Authors of whose name a word begins so, counted as sources are."""
    sought = _sought(beginning)
    key = document.c.authors_key
    each = func.json_each(document.c.authors).table_valued("value")
    name = each.c.value
    rows = (
        select(name.label("name"), func.count(document.c.id.distinct()).label("many"))
        .select_from(document)
        .join(each, true())
        .where(key != " ", func.instr(key, sought) > 0, document.c.trashed_at.is_(None))
        .group_by(name)
        .order_by(desc("many"), "name")
    )
    # A document has other authors beside the one that is meant.
    meant: dict[str, str] = {}
    for row in connection.execute(rows):
        words = words_key(row.name)
        if sought in words:
            meant.setdefault(words, row.name)
    return [_counted(connection, key, each) for each in list(meant.values())[:limit]]


def years_like(connection: Connection, beginning: str, limit: int) -> list[KnownName]:
    """Years of publication that begin so, the newest first."""
    year = func.substr(document.c.published_first, 1, 4)
    rows = (
        select(year.label("name"), func.count().label("many"))
        .where(document.c.trashed_at.is_(None), document.c.published_first.is_not(None))
        .where(func.substr(year, 1, len(beginning)) == beginning)
        .group_by(year)
        .order_by(desc(year))
        .limit(limit)
    )
    return [KnownName(row.name, row.many) for row in connection.execute(rows)]


def languages_known(connection: Connection) -> list[KnownName]:
    """The codes of all languages, without the country, that with most documents first."""
    code = func.lower(document.c.language)
    country = func.instr(code, "-")
    short = case((country > 0, func.substr(code, 1, country - 1)), else_=code)
    return _grouped(connection, short)


def types_known(connection: Connection) -> list[KnownName]:
    """The media types of all files, that with most documents first."""
    return _grouped(connection, document.c.media_type)


def _sought(beginning: str) -> str:
    """What a key of folded words holds where some of them begin so."""
    return words_key(beginning).rstrip(" ") or " "


def _counted(connection: Connection, key: ColumnElement[str], name: str) -> KnownName:
    rows = select(func.count()).select_from(document)
    held = rows.where(func.instr(key, words_key(name)) > 0, document.c.trashed_at.is_(None))
    return KnownName(name, connection.execute(held).scalar_one())


def _grouped(connection: Connection, value: ColumnElement[str]) -> list[KnownName]:
    rows = (
        select(value.label("name"), func.count().label("many"))
        .where(document.c.trashed_at.is_(None), value.is_not(None))
        .group_by(value)
        .order_by(desc("many"), "name")
    )
    return [KnownName(row.name, row.many) for row in connection.execute(rows)]
