"""Sets the rows of tables: each cell in the column of its table."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from desktop_app.core.text import Block
from desktop_app.ui.reader import tables
from desktop_app.ui.reader.fittings import fill
from desktop_app.ui.reader.laid import Laid
from desktop_app.ui.reader.lines import Lines, Settings, spans_within
from desktop_app.ui.reader.rows import Row, Rows

PAD_PX = 6


class TableRows:
    """Sets the table rows of one text for one width; a table's columns are measured once."""

    def __init__(self, rows: Rows, lines: Lines, made: Settings, width: float) -> None:
        self._text = rows.text
        self._lines = lines
        self._set = made
        self._width = width
        self._columns: dict[int, list[float]] = {}

    def set(self, row: Row, block: Block, gap: int, *, first: bool) -> Laid | None:
        """Set a table row; None where it has more columns than the page has room for.

        first: no other row of a table is directly above it.
        """
        if block.text.count("\t") >= tables.most_columns(self._width):
            return None
        widths = self._widths(row.block)
        across = sum(widths) + tables.GUTTER_PX * (len(widths) - 1)
        laid = Laid(row, 0)
        block_start = self._text.starts[row.block]
        x, inside = 0.0, row.start - block_start
        cells = block.text[inside : inside + row.end - row.start].split("\t")
        for cell, width in zip(cells, widths, strict=False):
            end = inside + len(cell)
            piece = self._lines.piece(
                cell,
                self._set.cell,
                width,
                start=block_start + inside,
                spans=spans_within(block.spans, inside, end),
            )
            piece.x, piece.y = x, gap + PAD_PX
            laid.pieces.append(piece)
            x += width + tables.GUTTER_PX
            inside = end + 1
        laid.height = round(gap + max(piece.tops[-1] for piece in laid.pieces) + 2 * PAD_PX)
        if first:
            laid.under.append(fill(QRectF(0, gap, across, 1), self._set.line))
        laid.under.append(fill(QRectF(0, laid.height - 1, across, 1), self._set.line))
        return laid

    def _widths(self, index: int) -> list[float]:
        first, last = tables.table_of(self._text.blocks, index)
        if first not in self._columns:
            most = tables.most_columns(self._width)
            rows = (block.text.split("\t") for block in self._text.blocks[first:last])
            cells = [row for row in rows if len(row) <= most]
            measure = QFontMetricsF(self._set.cell.face).horizontalAdvance
            self._columns[first] = tables.column_widths(cells, self._width, measure)
        return self._columns[first]
