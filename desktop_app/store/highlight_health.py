"""Look at every highlight: whether its passage is what its text says, and its place where it is said.

verify.py says what is found here, and mending.py puts right what can be put right without a loss.
What a person marked is its quote; all other things about its place can be found again by it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, select, update

from desktop_app.core.highlights import CONTEXT, MARK_COLOURS, How, MarkStyle
from desktop_app.store import placing
from desktop_app.store.columns import among
from desktop_app.store.highlight_rows import quads_in, search_key
from desktop_app.store.tables import document, highlight, placement, text

_FOUND = frozenset(how.value for how in How if how is not How.MARKED)
_STYLES = frozenset(style.value for style in MarkStyle)


@dataclass(slots=True)
class Health:
    """What is wrong with the highlights. Sets hold ids.

    looks: drawn in no known way. keys: not to be found by their words. quads: cannot be read.
    anchors: the passage is not at its place, but at this one: (first, past). strange: what cannot be
    told, as sentences. places: not where they are said to stand in the text in use, by document.
    leftovers: how many places are noted of texts that are not kept.
    """

    looks: set[int] = field(default_factory=set)
    keys: set[int] = field(default_factory=set)
    quads: set[int] = field(default_factory=set)
    anchors: dict[int, tuple[int, int]] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)
    places: dict[int, set[int]] = field(default_factory=dict)
    leftovers: int = 0


def examined(connection: Connection) -> Health:
    """Look at all highlights of the library."""
    found = Health()
    for row, marked_in, used in _with_texts(connection):
        if row.colour not in MARK_COLOURS or row.style not in _STYLES:
            found.looks.add(row.id)
        if row.words_key != search_key(row.quote, row.note):
            found.keys.add(row.id)
        if not _has_quads(row.quads):
            found.quads.add(row.id)
        _look_at_anchor(row, marked_in, found)
        if used is not None and not _stands_there(row, used):
            found.places.setdefault(row.document, set()).add(row.id)
    kept = and_(text.c.document == highlight.c.document, text.c.version == placement.c.version)
    leftovers = (
        select(placement.c.highlight)
        .join(highlight, highlight.c.id == placement.c.highlight)
        .outerjoin(text, kept)
        .where(text.c.document.is_(None))
    )
    found.leftovers = len(connection.execute(leftovers).all())
    return found


def mend_highlights(connection: Connection) -> None:
    """Put the highlights themselves right, as far as nothing is lost by it."""
    found = examined(connection)
    this = highlight.c.id
    for row in connection.execute(select(highlight).where(among(this, found.looks))).all():
        colour = row.colour if row.colour in MARK_COLOURS else MARK_COLOURS[0]
        style = row.style if row.style in _STYLES else MarkStyle.FILL.value
        change = update(highlight).where(this == row.id)
        connection.execute(change.values(colour=colour, style=style))
    for row in connection.execute(select(highlight).where(among(this, found.keys))).all():
        key = search_key(row.quote, row.note)
        connection.execute(update(highlight).where(this == row.id).values(words_key=key))
    connection.execute(update(highlight).where(among(this, found.quads)).values(quads="[]"))
    for each, (first, past) in found.anchors.items():
        connection.execute(update(highlight).where(this == each).values(first=first, past=past))
    moved = set(found.anchors)
    placing.forget(connection, moved)
    _place(connection, moved)


def mend_places(connection: Connection) -> None:
    """Find again where highlights stand that are not where they are said to stand."""
    found = examined(connection)
    for ids in found.places.values():
        placing.forget(connection, ids)
        _place(connection, ids)
    kept = (
        select(text.c.version)
        .join(highlight, highlight.c.document == text.c.document)
        .where(highlight.c.id == placement.c.highlight, text.c.version == placement.c.version)
        .correlate(placement)
        .exists()
    )
    connection.execute(delete(placement).where(~kept))


def _place(connection: Connection, ids: set[int]) -> None:
    rows = (
        select(highlight.c.id)
        .join(document, document.c.id == highlight.c.document)
        .join(
            text, and_(text.c.document == document.c.id, text.c.version == document.c.text_version)
        )
        .where(among(highlight.c.id, ids))
    )
    placing.place_these(connection, connection.execute(rows).scalars().all())


def _with_texts(
    connection: Connection,
) -> Iterator[tuple[Row[Any], str | None, str | None]]:
    """Highlights with the text that each was marked in, and the one in use; None: it is not there."""
    every = (
        select(
            highlight,
            document.c.title,
            document.c.text_version,
            placement.c.first.label("found_first"),
            placement.c.past.label("found_past"),
            placement.c.how.label("found_how"),
        )
        .join(document, document.c.id == highlight.c.document)
        .outerjoin(placement, placing.found_here())
        .order_by(highlight.c.document, highlight.c.id)
    )
    texts: dict[str, str] = {}
    of: int | None = None
    for row in connection.execute(every).all():
        if row.document != of:
            of = row.document
            kept = select(text.c.version, text.c.canonical).where(text.c.document == of)
            texts = {each.version: each.canonical for each in connection.execute(kept)}
        yield row, texts.get(row.version), texts.get(row.text_version)


def _has_quads(written: str) -> bool:
    try:
        return all(isinstance(number, int | float) for quad in quads_in(written) for number in quad)
    except (ValueError, TypeError, json.JSONDecodeError):
        return False


def _look_at_anchor(row: Row[Any], marked_in: str | None, found: Health) -> None:
    if not row.quote:
        found.strange.append(f"The highlight {row.id} of “{row.title}” has no passage")
        return
    sound = row.first >= 0 and row.past - row.first == len(row.quote)
    if sound and (marked_in is None or marked_in[row.first : row.past] == row.quote):
        return
    if marked_in is None:
        first = max(row.first, 0)
        found.anchors[row.id] = (first, first + len(row.quote))
        return
    # Only where the text says in one way where it is.
    around = row.text_before[-CONTEXT:] + row.quote + row.text_after[:CONTEXT]
    for sought, inside in ((around, len(row.text_before[-CONTEXT:])), (row.quote, 0)):
        at = marked_in.find(sought)
        if at >= 0 and marked_in.find(sought, at + 1) < 0:
            found.anchors[row.id] = (at + inside, at + inside + len(row.quote))
            return
    found.strange.append(
        f"The passage of highlight {row.id} of “{row.title}” is not in the text it was marked in"
    )


def _stands_there(row: Row[Any], used: str) -> bool:
    """Whether a highlight is where its row says, and that is a place it can be."""
    here = (row.place_first, row.place_past, row.how)
    if row.version == row.text_version:
        return here == (row.first, row.past, How.MARKED.value)
    if row.found_how not in _FOUND:
        return False
    if row.found_how == How.LOST.value:
        return here == (row.first, row.past, How.LOST.value)
    if here != (row.found_first, row.found_past, row.found_how):
        return False
    if not 0 <= row.found_first < row.found_past <= len(used):
        return False
    passage = used[row.found_first : row.found_past]
    return row.found_how == How.CLOSE.value or _letters(row.quote) == _letters(passage)


def _letters(passage: str) -> str:
    """What two readers of one file must agree on: no blanks, no signs, no styles of letters."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", passage)))
