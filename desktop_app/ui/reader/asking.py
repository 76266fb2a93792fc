"""What is asked of a row of the page: its words for a screen reader, the link or line at a place."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from desktop_app.core.text import BlockKind, SpanKind
from desktop_app.ui.reader.figures import absence_in_words
from desktop_app.ui.reader.folded import line_of, said_of
from desktop_app.ui.reader.laid import Laid
from desktop_app.ui.reader.rows import Row, RowKind, Rows


def row_in_words(rows: Rows, row: Row) -> str:
    """What a screen reader says of a row; "" for what is no part of the text."""
    if row.kind in (RowKind.HEAD, RowKind.END):
        return ""
    if row.kind == RowKind.FOLD:
        part = rows.folds[row.block]
        return part.kinds if row.block in rows.opened else said_of(part, rows.text)
    said = rows.text.canonical[row.start : row.end]
    block = rows.text.blocks[row.block]
    if block.kind is BlockKind.IMAGE:
        shown = block.picture is not None and block.picture.hash is not None
        what = "Picture" if shown else absence_in_words(block.picture)
        return f"{what}: {said}" if said else what
    if block.kind is BlockKind.PAGE_BREAK and block.page is not None:
        return f"Page {block.page}"
    return said


def link_at(rows: Rows, laid: Laid, place: QPointF) -> str:
    """The address of the link, or of the picture that is not in the file, at a place of a row."""
    if laid.row.kind != RowKind.TEXT:
        return ""
    block = rows.text.blocks[laid.row.block]
    if block.picture is not None and block.picture.hash is None and block.picture.address:
        return block.picture.address
    start = rows.text.starts[laid.row.block]
    for span in block.spans:
        if span.kind is SpanKind.LINK and span.target:
            boxes = laid.rects(start + span.start, start + span.end)
            if any(box.contains(place) for box in boxes):
                return span.target
    return ""


def line_at(rows: Rows, laid: Laid, place: QPointF) -> str:
    """The line of the text at a place of a row; "" where there is none that could be folded."""
    if laid.row.kind != RowKind.TEXT or laid.row.start == laid.row.end:
        return ""
    if rows.text.blocks[laid.row.block].kind in (BlockKind.TABLE_ROW, BlockKind.PREFORMATTED):
        return ""
    return line_of(rows.text, laid.point_at(place.x(), place.y())).strip()
