"""How the cells of the table are painted: words in two lines, signs of highlights, chips of tags."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop_app.core.highlights import Standing
from desktop_app.core.model import Tag
from desktop_app.ui.highlights.model import STANDING_WORDS, Column, HighlightsModel, MarkRow
from desktop_app.ui.highlights.swatch import paint_swatch
from desktop_app.ui.look import fonts
from desktop_app.ui.look.tag_mark import paint_tag_mark
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.panes.document_row import CHIP_HEIGHT, Face

Index = QModelIndex | QPersistentModelIndex

LINES = 2
ABOVE = 7
SIDE = 8
SWATCH = 12
BOX = 14
_MOST_LETTERS = 400  # more do not stand in two lines


class RowPainter(QStyledItemDelegate):
    """Paints the rows of the table in the colours of a theme."""

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(parent)
        self.theme = theme
        self._quote = Face(fonts.interface(13.5))
        self._plain = Face(fonts.interface(13))
        self._chip = Face(fonts.interface(12))

    with_ticks = False  # whether there is room for boxes before the quotes

    def tick_of(self, row: MarkRow) -> bool | None:
        """Whether a row is ticked; None where it cannot be."""
        return None

    @property
    def height(self) -> int:
        """How high every row is."""
        return round(2 * ABOVE + LINES * self._quote.metrics.lineSpacing())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table = cast(QTableView, self.parent())
        model = cast(HighlightsModel, index.model())
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        here = index.row() == table.currentIndex().row() and table.hasFocus()
        column = Column(index.column())
        painter.save()
        painter.setClipRect(option.rect)
        self._ground(painter, option.rect, column, chosen=chosen, here=here)
        row = model.row(index.row())
        inner = QRectF(option.rect).adjusted(SIDE, ABOVE, -SIDE, -ABOVE)
        if row is None:
            self._waiting(painter, inner, column)
        elif column is Column.QUOTE:
            self._paint_quote(painter, inner.adjusted(6, 0, 0, 0), row)
        elif column is Column.TAGS:
            middle = inner.adjusted(0, 4 - ABOVE, 0, ABOVE - 4)
            self._paint_tags(painter, middle, row, model)
        else:
            words = str(index.data(Qt.ItemDataRole.DisplayRole))
            ink = self.theme.muted if column is Column.DATE else self.theme.ink
            lines = two_lines(words, inner.width(), self._plain)
            self._paint_lines(painter, inner, lines, self._plain, ink)
        painter.restore()

    def _ground(
        self, painter: QPainter, rect: QRect, column: Column, *, chosen: bool, here: bool
    ) -> None:
        theme = self.theme
        painter.fillRect(rect, QColor(theme.selection if chosen else theme.list))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(theme.line))
        if chosen and column is Column.QUOTE:
            # Not by colour alone: the chosen rows carry a bar at their edge.
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), theme.accent)
        if here:
            painter.setPen(QPen(QColor(theme.accent), 1))
            bottom = rect.bottom() - 1
            painter.drawLine(rect.left(), rect.top(), rect.right(), rect.top())
            painter.drawLine(rect.left(), bottom, rect.right(), bottom)
            if column is Column.QUOTE:
                painter.drawLine(rect.left(), rect.top(), rect.left(), bottom)
            if column is Column.DATE:
                painter.drawLine(rect.right(), rect.top(), rect.right(), bottom)

    def _waiting(self, painter: QPainter, inner: QRectF, column: Column) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.selection))
        share = 0.8 if column is Column.QUOTE else 0.5
        painter.drawRoundedRect(
            QRectF(inner.left(), inner.top() + 4, inner.width() * share, 8), 4, 4
        )

    def _paint_quote(self, painter: QPainter, inner: QRectF, row: MarkRow) -> None:
        mark, theme = row.highlight, self.theme
        line = self._quote.metrics.lineSpacing()
        ticked = self.tick_of(row)
        if ticked is not None:
            box = QRectF(inner.left(), inner.top() + (line - BOX) / 2, BOX, BOX)
            self._paint_box(painter, box, ticked=ticked)
        if self.with_ticks:
            inner = inner.adjusted(BOX + 8, 0, 0, 0)
        square = QRectF(inner.left(), inner.top() + (line - SWATCH) / 2 + 1, SWATCH, SWATCH)
        paint_swatch(painter, square, mark.colour, mark.style, theme)
        words = inner.adjusted(SWATCH + 8, 0, 0, 0)
        if mark.standing is Standing.PLACED:
            lines = two_lines(mark.anchor.quote, words.width(), self._quote)
            self._paint_lines(painter, words, lines, self._quote, theme.ink)
            return
        # One line of words, and below it in words what is to be looked at.
        first, second = two_lines(mark.anchor.quote, words.width(), self._quote)
        if second:
            first = self._quote.metrics.elidedText(
                f"{first}…", Qt.TextElideMode.ElideRight, words.width()
            )
        self._paint_lines(painter, words, (first, ""), self._quote, theme.ink)
        below = words.adjusted(0, line, 0, 0)
        said = STANDING_WORDS[mark.standing].capitalize()
        ink = theme.problem if mark.standing is Standing.LOST else theme.accent
        self._paint_lines(painter, below, (said, ""), self._chip, ink)

    def _paint_box(self, painter: QPainter, box: QRectF, *, ticked: bool) -> None:
        theme = self.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent if ticked else theme.muted), 1))
        painter.setBrush(QColor(theme.accent if ticked else theme.page))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if ticked:
            painter.setPen(QPen(QColor(theme.on_accent), 1.8))
            middle, reach = box.center(), box.width() * 0.24
            points = [(-1.0, 0.0), (-0.2, 0.8), (1.1, -1.0)]
            painter.drawPolyline([middle + QPointF(x, y) * reach for x, y in points])

    def _paint_lines(
        self, painter: QPainter, inner: QRectF, lines: tuple[str, str], face: Face, ink: str
    ) -> None:
        painter.setFont(face.font)
        painter.setPen(QColor(ink))
        base = inner.top() + face.metrics.ascent()
        for line in lines:
            painter.drawText(QPointF(inner.left(), base), line)
            base += face.metrics.lineSpacing()

    def _paint_tags(
        self, painter: QPainter, inner: QRectF, row: MarkRow, model: HighlightsModel
    ) -> None:
        tags = model.tags(row)
        if not tags:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._chip.font)
        gap = max(1.0, inner.height() - 2 * CHIP_HEIGHT)
        shown = tags if len(tags) <= 2 else tags[:1]
        top = inner.top()
        for tag in shown:
            found = model.tree.by_id[tag]
            self._paint_chip(painter, inner, top, found)
            top += CHIP_HEIGHT + gap
        if len(tags) > len(shown):
            painter.setPen(QColor(self.theme.muted))
            base = top + CHIP_HEIGHT - 6
            painter.drawText(QPointF(inner.left() + 2, base), f"+{len(tags) - len(shown)}")

    def _paint_chip(self, painter: QPainter, inner: QRectF, top: float, tag: Tag) -> None:
        theme, metrics = self.theme, self._chip.metrics
        shown = metrics.elidedText(tag.name, Qt.TextElideMode.ElideRight, inner.width() - 31)
        width = metrics.horizontalAdvance(shown) + 31
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.list))
        painter.drawRoundedRect(
            QRectF(inner.left() + 0.5, top + 0.5, width - 1, CHIP_HEIGHT - 1), 9, 9
        )
        paint_tag_mark(painter, QRectF(inner.left() + 9, top + 6, 8, 8), tag, theme)
        painter.setPen(QColor(theme.muted))
        base = top + (CHIP_HEIGHT + metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(inner.left() + 22, base), shown)


def two_lines(text: str, width: float, face: Face) -> tuple[str, str]:
    """A text in two lines of a width, the second one ended by dots where there is more."""
    return _two_lines(text[:_MOST_LETTERS], max(round(width), 20), face)


@lru_cache(maxsize=2_000)
def _two_lines(text: str, width: int, face: Face) -> tuple[str, str]:
    plain = " ".join(text.split())
    layout = QTextLayout(plain, face.font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    if not line.isValid():
        layout.endLayout()
        return "", ""
    line.setLineWidth(width)
    units = line.textLength()
    layout.endLayout()
    raw = plain.encode("utf-16-le")
    first = raw[: 2 * units].decode("utf-16-le", "ignore")
    rest = raw[2 * units :].decode("utf-16-le", "ignore").strip()
    return first.rstrip(), face.metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
