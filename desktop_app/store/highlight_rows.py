"""Highlights as rows of their table, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from desktop_app.core.highlights import Anchor, Highlight, How, MarkStyle, Place, Quad
from desktop_app.store.columns import from_ms, to_json, to_ms, words_key


def anchor_of(row: Any) -> Anchor:
    """The anchor in a row of the highlight table."""
    return Anchor(
        row.version,
        row.first,
        row.past,
        row.quote,
        row.text_before,
        row.text_after,
        row.page,
        quads_in(row.quads),
    )


def highlight_of(row: Any, tags: Mapping[int, tuple[int, ...]]) -> Highlight:
    """The highlight in a row. tags: of many highlights."""
    how = How(row.how)
    return Highlight(
        id=row.id,
        uuid=row.uuid,
        document=row.document,
        anchor=anchor_of(row),
        colour=row.colour,
        style=MarkStyle(row.style),
        note=row.note,
        made_at=from_ms(row.made_at),
        changed_at=from_ms(row.changed_at),
        tags=tags.get(row.id, ()),
        place=None if how is How.LOST else Place(row.place_first, row.place_past),
        how=how,
    )


def columns_of(kept: Highlight) -> dict[str, object]:
    """The columns of a highlight but for its id and the time of its change."""
    anchor = kept.anchor
    return {
        "uuid": kept.uuid,
        "document": kept.document,
        "version": anchor.version,
        "first": anchor.start,
        "past": anchor.end,
        "quote": anchor.quote,
        "text_before": anchor.before,
        "text_after": anchor.after,
        "page": anchor.page,
        "quads": to_json(anchor.quads),
        "colour": kept.colour,
        "style": kept.style.value,
        "note": kept.note,
        "words_key": search_key(anchor.quote, kept.note),
        "made_at": to_ms(kept.made_at),
    }


def marked_there(anchor: Anchor) -> dict[str, object]:
    """The columns that say where a highlight stands, of one that stands where it was marked."""
    return {"place_first": anchor.start, "place_past": anchor.end, "how": How.MARKED.value}


def search_key(quote: str, note: str) -> str:
    """What a highlight is found by: the folded words of its quote, then of its note."""
    return words_key(f"{quote}\n{note}")


def quads_in(written: str) -> tuple[Quad, ...]:
    """The quads in a column."""
    if written == "[]":
        return ()
    return tuple((a, b, c, d, e, f, g, h) for a, b, c, d, e, f, g, h in json.loads(written))
