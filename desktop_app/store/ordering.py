"""The orders of a list of documents, each so that an index can be walked for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement

from desktop_app.core.model import Sort
from desktop_app.store.tables import document


def in_trash(trashed: bool) -> ColumnElement[bool]:
    """The condition that a document lies in the trash, or does not."""
    return document.c.trashed_at.is_not(None) if trashed else document.c.trashed_at.is_(None)


_Part = tuple[tuple[ColumnElement[bool], ...], tuple[ColumnElement[Any], ...]]


def orders(sort: Sort) -> list[_Part]:
    """The parts of a list, one after the other: what belongs to each, and by what it is ordered."""
    newest = document.c.id.desc()
    if sort is Sort.TITLE:
        return [((), (document.c.title_key, newest))]
    if sort is Sort.ADDED_OLDEST:
        return [((), (document.c.added_at, newest))]
    if sort in (Sort.DATE_NEWEST, Sort.DATE_OLDEST):
        first = document.c.published_first
        by = first.desc() if sort is Sort.DATE_NEWEST else first
        return [((first.is_not(None),), (by, newest)), ((first.is_(None),), (newest,))]
    return [((), (document.c.added_at.desc(), newest))]
