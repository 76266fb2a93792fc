"""Which documents a fact holds for: the half of a query that the database answers.

Every function gives ids of documents in and outside the trash; who asks leaves out what must not
be seen. Nothing here knows about words in texts.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from sqlalchemy import (
    BLOB,
    ColumnElement,
    Connection,
    and_,
    cast,
    false,
    func,
    not_,
    or_,
    select,
    true,
)

from desktop_app.core.highlights import How
from desktop_app.core.model import OriginKind, ReadState
from desktop_app.core.query_tree import (
    Amount,
    Choice,
    Days,
    Fact,
    FactField,
    FactValue,
    Name,
    Recent,
    Special,
)
from desktop_app.core.query_values import MEDIA_TYPES
from desktop_app.store.columns import among, ids_in, to_ms, words_key
from desktop_app.store.copies import duplicates
from desktop_app.store.tables import (
    document,
    document_note,
    highlight,
    highlight_tagging,
    index_queue,
    tagging,
)

_TAGGED_ITSELF = select(tagging.c.tag).where(tagging.c.document == document.c.id).exists()
_TAGGED_IN_PASSAGES = (
    select(highlight_tagging.c.tag).where(highlight_tagging.c.document == document.c.id).exists()
)
# By itself, or by a highlight.
TAGGED = or_(_TAGGED_ITSELF, _TAGGED_IN_PASSAGES)
_MARKED = document.c.id.in_(select(highlight.c.document))
_NOTED = or_(
    document.c.id.in_(select(document_note.c.document)),
    document.c.id.in_(select(highlight.c.document).where(highlight.c.note != "")),
)
_HAS_LOST = document.c.id.in_(select(highlight.c.document).where(highlight.c.how == How.LOST.value))
_KEYS = {FactField.AUTHOR: document.c.authors_key, FactField.SOURCE: document.c.source_key}
_KNOWN: dict[str, ColumnElement[bool]] = {
    "date": document.c.published.is_not(None),
    "author": document.c.authors_key != " ",
    "source": document.c.source.is_not(None),
    "url": document.c.url.is_not(None),
    "language": document.c.language.is_not(None),
    "tag": TAGGED,
    "highlight": _MARKED,
    "note": _NOTED,
}
_LARGEST = 2**63 - 1
_UNREAD = document.c.state == ReadState.UNREAD
_STATES: dict[str, ColumnElement[bool]] = {
    "unread": _UNREAD,
    "reading": document.c.state == ReadState.READING,
    "read": document.c.state == ReadState.READ,
    "starred": document.c.starred == 1,
    "tagged": TAGGED,
    "untagged": not_(TAGGED),
    "inbox": and_(_UNREAD, not_(TAGGED)),
    "lost": _HAS_LOST,
    "trash": document.c.trashed_at.is_not(None),
}


def holding(connection: Connection, fact: Fact, *, today: date) -> set[int]:
    """The documents that a fact holds for. Tags by name are not known here, see `tagged`.

    today: by the calendar of the person who asks, for facts that count days back from it.
    """
    match fact.name, fact.value:
        case FactField.IS, Choice("duplicate"):
            return duplicates(connection)
        case FactField.FILE, Name(forms, prefix):
            return _named(connection, forms, prefix=prefix)
    rows = select(document.c.id).where(_condition(fact.name, fact.value, today))
    return set(ids_in(connection, rows))


def tagged(
    connection: Connection,
    tags: Collection[int],
    *,
    documents: bool = True,
    highlights: bool = True,
) -> set[int]:
    """The documents that carry any of some tags, given by id, themselves or on a highlight.

    documents, highlights: False where a tag there does not count.
    """
    found: set[int] = set()
    for counts, table in ((documents, tagging), (highlights, highlight_tagging)):
        if counts:
            rows = select(table.c.document).where(among(table.c.tag, tags))
            found.update(ids_in(connection, rows))
    return found


def _named(connection: Connection, forms: tuple[str, ...], *, prefix: bool) -> set[int]:
    """The documents whose file was called so: words one behind the other."""
    held: list[ColumnElement[bool]] = []
    name = document.c.file_name
    # Only letters of ASCII are folded alike by SQLite; every other name is looked at below.
    beyond = func.length(cast(name, BLOB)) != func.length(name)
    held += [or_(beyond, func.instr(func.lower(name), form) > 0) for form in forms]
    sought = f" {' '.join(forms)}" + ("" if prefix else " ")
    rows = connection.execute(select(document.c.id, name).where(*held))
    return {row.id for row in rows if sought in words_key(row.file_name)}


def _condition(name: FactField, value: FactValue, today: date) -> ColumnElement[bool]:
    match name, value:
        case ((FactField.AUTHOR | FactField.SOURCE), Name(forms, prefix)):
            sought = f" {' '.join(forms)}" + ("" if prefix else " ")
            return func.instr(_KEYS[name], sought) > 0
        case FactField.DATE, Special.GUESSED:
            origin = func.json_extract(document.c.origins, "$.published[0]")
            return origin == OriginKind.GUESSED
        case FactField.DATE, Days(first, last):
            return _overlaps(first, last)
        case FactField.ADDED, Days(first, last):
            return _added(first, last)
        case FactField.ADDED, Recent(days):
            back = min(max(days, 1) - 1, today.toordinal() - 1)
            return _added(today - timedelta(days=back), None)
        case FactField.LANG, Choice(code):
            language = func.lower(document.c.language)
            return or_(language == code, func.instr(language, f"{code}-") == 1)
        case FactField.TYPE, Choice(kind):
            return document.c.media_type.in_(sorted(MEDIA_TYPES[kind]))
        case FactField.IS, Choice(state):
            return _STATES[state]
        case FactField.HAS, Choice(what):
            return _KNOWN[what]
        case FactField.WORDS, Amount(least, most):
            return _between(document.c.words, least, most)
        case FactField.HIGHLIGHTS, Amount(least, most):
            number = select(func.count()).where(highlight.c.document == document.c.id)
            return _between(number.scalar_subquery(), least, most)
        case FactField.DOCTAG, Special.NONE:
            return not_(_TAGGED_ITSELF)
        case FactField.HLTAG, Special.NONE:
            return not_(_TAGGED_IN_PASSAGES)
        case _, Special.NONE:
            return not_(_KNOWN["language" if name is FactField.LANG else name.value])
    raise ValueError(f"no such fact: {name} {value}")


def _between(
    number: ColumnElement[int], least: int | None, most: int | None
) -> ColumnElement[bool]:
    # Numbers that SQLite cannot hold are beyond every one that it has.
    if least is not None and least > _LARGEST:
        return false()
    held: list[ColumnElement[bool]] = [true()]
    if least is not None:
        held.append(number >= least)
    if most is not None and most <= _LARGEST:
        held.append(number <= most)
    return and_(*held)


def _overlaps(first: date | None, last: date | None) -> ColumnElement[bool]:
    """A date that is only partly known holds wherever it can be meant."""
    held: list[ColumnElement[bool]] = [document.c.published.is_not(None)]
    if first is not None:
        held.append(document.c.published_last >= first.isoformat())
    if last is not None:
        held.append(document.c.published_first <= last.isoformat())
    return and_(*held)


def _added(first: date | None, last: date | None) -> ColumnElement[bool]:
    held: list[ColumnElement[bool]] = [true()]
    if first is not None:
        held.append(document.c.added_at >= _begins(first))
    if last is not None and last < date.max:
        held.append(document.c.added_at < _begins(last + timedelta(days=1)))
    return and_(*held)


def _begins(day: date) -> int:
    """The millisecond in which a day begins where the person is."""
    try:
        return to_ms(datetime.combine(day, time()).astimezone())
    except (OverflowError, OSError, ValueError):  # days that the system's calendar does not reach
        return (day.toordinal() - date(1970, 1, 1).toordinal()) * 86_400_000


def word_counts(connection: Connection, ids: Collection[int]) -> dict[int, int]:
    """How many words documents have, by id; those that are gone are left out."""
    rows = select(document.c.id, document.c.words).where(among(document.c.id, ids))
    return {row.id: row.words for row in connection.execute(rows)}


def queued(connection: Connection, *, after: int, limit: int) -> list[tuple[int, int]]:
    """Rows of the index queue behind one that an index has taken in: (queue id, document id)."""
    rows = select(index_queue.c.id, index_queue.c.document).where(index_queue.c.id > after)
    found = connection.execute(rows.order_by(index_queue.c.id).limit(limit))
    return [(row.id, row.document) for row in found]


def queue_length(connection: Connection, *, after: int) -> int:
    """How many documents changed since the index took in a row of the queue."""
    rows = select(func.count()).select_from(index_queue).where(index_queue.c.id > after)
    return connection.execute(rows).scalar_one()


def document_count(connection: Connection) -> int:
    """How many documents there are, those in the trash included."""
    return connection.execute(select(func.count()).select_from(document)).scalar_one()
