"""Sets rows in type: headings, paragraphs, hanging numbers, quotations, code, tables, pictures.

Only the rows in view are ever set, each within a few milliseconds, so a text of any length opens,
turns and changes its size at once.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont

from desktop_app.core.model import Document
from desktop_app.core.text import Block, BlockKind, SpanKind
from desktop_app.ui.look import fonts
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.reader import figures, fittings
from desktop_app.ui.reader.fold_lines import FOLD_PX, FoldLines, fold_rule
from desktop_app.ui.reader.laid import Laid, Piece, Spot, SpotKind
from desktop_app.ui.reader.lines import Lines, Setting, runs_to_left, settings, spans_within
from desktop_app.ui.reader.pictures import Pictures
from desktop_app.ui.reader.rows import Row, RowKind, Rows
from desktop_app.ui.reader.style import ReadingStyle
from desktop_app.ui.reader.table_rows import TableRows

_HEADING_SIZES = {1: 1.4, 2: 1.22, 3: 1.08}
_BULLETS = ("•", "◦", "–")
_DEEPEST = 6  # list items below this depth are set no further in

_K = BlockKind
_JUSTIFIED = frozenset({_K.PARAGRAPH, _K.LIST_ITEM, _K.QUOTATION})


class Typesetter:
    """Sets the rows of one document for one width, style and theme.

    room, view_height: of the window that the page is seen through, in pixels.
    """

    def __init__(
        self,
        document: Document,
        rows: Rows,
        style: ReadingStyle,
        theme: Theme,
        *,
        room: int,
        view_height: int,
        pictures: Pictures,
    ) -> None:
        self.document = document
        self._view_height = view_height
        self._pictures = pictures
        self.rows = rows
        self.style = style
        self.width = min(room, style.column_px)
        self._size = style.drawn_px
        self._set = settings(style, theme)
        self._lines = Lines(self._set)
        self._fold_lines = FoldLines(rows, self._lines, self._set, self.width, self._size)
        self._table_rows = TableRows(rows, self._lines, self._set, self.width)

    def estimates(self) -> list[int]:
        """A guess at the height of every row, from its number of letters alone."""
        line = self.style.line_px
        gap = round(self._size * 0.8)
        fit = max(1.0, self.width / (self._size * fonts.letter_width(self.style.face) * 1.02))
        heights = [int((row[3] - row[2]) / fit + 1) * line + gap for row in self.rows.all]
        heights[0] = fittings.HEAD_PX
        heights[-1] = fittings.END_PX
        for index in self.rows.fold_lines:
            heights[index] = FOLD_PX
        for index in self.rows.pictures:
            heights[index] += self._picture_height(self.rows.all[index].block)
        return heights

    def _picture_height(self, index: int) -> int:
        picture = self.rows.text.blocks[index].picture
        if picture is None or picture.hash is None:
            return self.style.line_px
        return figures.drawn_size(picture, self.width, self._view_height).height()

    def set(self, index: int) -> Laid:
        """Set the row of an index."""
        row = self.rows.all[index]
        if row.kind == RowKind.HEAD:
            return fittings.head(row, self.document, self._lines, self._set, self.width)
        if row.kind == RowKind.END:
            return Laid(row, fittings.END_PX)
        if row.kind == RowKind.FOLD:
            return self._fold_lines.set(index, row)
        laid = self._text(index, row)
        for part in self.rows.open_over(row.start, row.end):
            fold_rule(laid, self.rows.folds[part], part, self._set)
        return laid

    def _text(self, index: int, row: Row) -> Laid:
        """Set a block or a stretch of one."""
        block = self.rows.text.blocks[row.block]
        before = self._before(index)
        gap = self._gap(block.kind, before) if row.first else 0
        if row.first and self._begins_notes(row.block):
            gap = round(self._size * 2)
        if block.kind == _K.PAGE_BREAK:
            if self._fold_lines.draws_page_above(index) or not self.rows.text.starts[row.block]:
                return Laid(row, 0)  # drawn already, or nothing ends here
            return fittings.page_break(
                row, block.page, self._lines, self._set, width=self.width, size=self._size
            )
        if block.kind == _K.IMAGE:
            return self._image(row, block, gap)
        if not block.text:
            return Laid(row, 0)
        if block.kind == _K.TABLE_ROW:
            laid = self._table_rows.set(row, block, gap, first=before != _K.TABLE_ROW)
            if laid is None:
                return self._flowing(row, block, gap, before)
            self._box_code(laid, row, block)
            self._spot_notes(laid, row, block)
            return laid
        if block.kind == _K.PREFORMATTED:
            return self._preformatted(row, block, gap, before)
        return self._flowing(row, block, gap, before)

    def _before(self, index: int) -> BlockKind | None:
        """The kind of block directly above a row; None below the head and closed fold lines."""
        above = self.rows.all[index - 1]
        if above.kind == RowKind.FOLD and self.rows.is_open(index - 1):
            return _K.PARAGRAPH
        if above.kind != RowKind.TEXT:
            return None
        kind = self.rows.text.blocks[above.block].kind
        if kind == _K.PAGE_BREAK and not self.rows.text.starts[above.block]:
            return self._before(index - 1)  # the break before the first page is not drawn
        return kind

    def _gap(self, kind: BlockKind, before: BlockKind | None) -> int:
        """The room above a block."""
        size = self._size
        if before is None:
            return 0
        if kind == _K.HEADING:
            return round(size * (0.5 if before == _K.HEADING else 1.5))
        if before == _K.HEADING:
            return round(size * 0.35)
        if kind == before == _K.LIST_ITEM:
            return round(size * 0.3)
        if kind == before and kind in (_K.TABLE_ROW, _K.PREFORMATTED):
            return 0
        return round(size * 0.8)

    def _flowing(self, row: Row, block: Block, gap: int, before: BlockKind | None) -> Laid:
        """Set a heading, a paragraph, a list item or a quotation."""
        setting, indent = self._set.body if block.note is None else self._set.note, 0
        if block.kind == _K.HEADING:
            setting = self._heading(block.level)
        elif block.kind == _K.LIST_ITEM:
            indent = round(self._size * 1.6) * min(max(block.level, 1), _DEEPEST)
        elif block.kind == _K.QUOTATION:
            indent = round(self._size * 1.2)
        to_left = runs_to_left(block.text)
        piece = self._piece(
            row,
            block,
            setting,
            self.width - indent,
            to_left=to_left,
            justified=self.style.justified and block.kind in _JUSTIFIED,
        )
        piece.x, piece.y = 0 if to_left else indent, gap
        laid = Laid(row, round(gap + piece.tops[-1]), [piece])
        if block.kind == _K.LIST_ITEM and row.first:
            laid.under.append(self._marker(block, setting, indent, gap, to_left=to_left))
        if block.kind == _K.QUOTATION:
            top = 0 if before == _K.QUOTATION else gap
            bar = QRectF(self.width - 3 if to_left else 0, top, 3, laid.height - top)
            laid.under.append(fittings.fill(bar, self._set.line))
        if block.note is not None:
            self._fit_note(laid, piece, row, block)
        self._box_code(laid, row, block)
        self._spot_notes(laid, row, block)
        return laid

    def _fit_note(self, laid: Laid, piece: Piece, row: Row, block: Block) -> None:
        """Part the notes from what is above them, and give the last block of each a way back."""
        blocks = self.rows.text.blocks
        if row.first and self._begins_notes(row.block):
            rule = QRectF(0, piece.y - self._size * 0.8, 80, 1)
            laid.under.append(fittings.fill(rule, self._set.line))
        if row.last and (row.block + 1 == len(blocks) or blocks[row.block + 1].note != block.note):
            fittings.way_back(
                laid, piece, block.note or "", self._lines, self._set, width=self.width
            )

    def _begins_notes(self, index: int) -> bool:
        blocks = self.rows.text.blocks
        return blocks[index].note is not None and (index == 0 or blocks[index - 1].note is None)

    def _spot_notes(self, laid: Laid, row: Row, block: Block) -> None:
        """Make the marks of notes answer to the pointer."""
        offset = self.rows.text.starts[row.block]
        for span in block.spans:
            if span.kind == SpanKind.NOTE and span.target is not None:
                for rect in laid.rects(offset + span.start, offset + span.end):
                    around = rect.adjusted(-3, 0, 3, 0)
                    laid.spots.append(Spot(SpotKind.NOTE, around, span.target))

    def _heading(self, level: int) -> Setting:
        pixels = self._size * _HEADING_SIZES.get(level, 1.0)
        face = fonts.font(self.style.face, pixels, weight=QFont.Weight.DemiBold)
        return Setting(face, round(pixels * 1.35), self._set.ink)

    def _marker(
        self, block: Block, setting: Setting, indent: int, y: float, *, to_left: bool
    ) -> partial[None]:
        """The number or bullet that hangs beside a list item."""
        text = _BULLETS[(max(block.level, 1) - 1) % len(_BULLETS)]
        if block.number is not None:
            text = f"{block.number}."
        muted = Setting(setting.face, setting.line_px, self._set.muted)
        piece = self._lines.piece(text, muted, self._size * 10, to_left=False)
        space = self._size * 0.5
        wide = piece.layout.maximumWidth()
        piece.x = self.width - indent + space if to_left else indent - space - wide
        piece.y = y
        return fittings.label(piece)

    def _preformatted(self, row: Row, block: Block, gap: int, before: BlockKind | None) -> Laid:
        joins = not row.first or before == _K.PREFORMATTED
        piece = self._piece(row, block, self._set.mono, self.width - 28, to_left=False)
        piece.x, piece.y = 14, gap + (0 if joins else 10)
        height = round(piece.y + piece.tops[-1] + 10)
        box = fittings.fill(QRectF(0, gap, self.width, height - gap), self._set.box, 6)
        return Laid(row, height, [piece], [box])

    def _image(self, row: Row, block: Block, gap: int) -> Laid:
        """Set a picture with its caption, or the place of one that is not in the file."""
        picture = block.picture
        if picture is not None and picture.hash is not None:
            size = figures.drawn_size(picture, self.width, self._view_height)
            caption = self._caption(row, block, self.width)
            return figures.figure(
                row, picture, caption, self._set, size=size, shelf=self._pictures, gap=gap
            )
        room = self.width - 62
        said = self._lines.piece(figures.absence_in_words(picture), self._set.label, room)
        caption = self._caption(row, block, room)
        return figures.absent(row, said, caption, self._set, gap=gap, width=self.width)

    def _caption(self, row: Row, block: Block, width: float) -> Piece | None:
        return self._piece(row, block, self._set.small, width) if block.text else None

    def _piece(
        self,
        row: Row,
        block: Block,
        setting: Setting,
        width: float,
        *,
        to_left: bool | None = None,
        justified: bool = False,
    ) -> Piece:
        """Set the stretch of a block that a row holds."""
        inside = row.start - self.rows.text.starts[row.block]
        end = inside + row.end - row.start
        return self._lines.piece(
            block.text[inside:end],
            setting,
            width,
            start=row.start,
            spans=spans_within(block.spans, inside, end),
            to_left=runs_to_left(block.text) if to_left is None else to_left,
            justified=justified,
        )

    def _box_code(self, laid: Laid, row: Row, block: Block) -> None:
        """Put a soft box behind inline code."""
        offset = self.rows.text.starts[row.block]
        for span in block.spans:
            if span.kind == SpanKind.CODE:
                laid.boxes.append((offset + span.start, offset + span.end, self._set.box))
