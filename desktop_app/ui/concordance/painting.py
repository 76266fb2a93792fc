"""How the cells of the concordance are painted: the match in the middle, what stands around it, signs.

The heading of a document's lines goes over all columns: each paints its part of the words.
"""

from __future__ import annotations

import math
from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop_app.core.concordance import USUAL_WIDTH
from desktop_app.library.concordances import LineState
from desktop_app.ui.concordance.fitting import Fitting
from desktop_app.ui.concordance.model import (
    Column,
    LineRow,
    LinesModel,
    date_words,
    heading,
    one_line,
)
from desktop_app.ui.look import fonts, icons
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.panes.document_row import Face

Index = QModelIndex | QPersistentModelIndex

ABOVE = 6
SIDE = 6
MOST_LINES = 6  # of what stands beside a match
_SIGN = 14
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_SIGNS = {
    LineState.SEEN: ("check", icons.Tone.ACCENT),
    LineState.IRRELEVANT: ("close", icons.Tone.MUTED),
    LineState.TAGGED: ("tag", icons.Tone.ACCENT),
}


class LinePainter(QStyledItemDelegate):
    """Paints the rows in the colours of a theme."""

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(parent)
        self.theme = theme
        self._plain = Face(fonts.interface(13.5))
        self._strong = Face(fonts.interface(13.5, strong=True))
        self._small = Face(fonts.interface(12.5))
        self._fitting = Fitting(self._plain)
        self.lines = 1  # that every row has room for
        self.letters = USUAL_WIDTH  # that lines were gathered with on either side

    @property
    def height(self) -> int:
        """How high every row is."""
        return round(2 * ABOVE + self.lines * self._plain.metrics.lineSpacing())

    def lines_for(self, letters: int, width: float) -> int:
        """How many lines so many letters take in a column."""
        wanted = letters * self._plain.metrics.averageCharWidth() * 1.1
        return min(max(math.ceil(wanted / max(width - 2 * SIDE, 80)), 1), MOST_LINES)

    def match_width(self, text: str) -> int:
        """The width that a match takes."""
        return round(self._strong.metrics.horizontalAdvance(one_line(text))) + 2 * SIDE + 8

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table = cast(QTableView, self.parent())
        model = cast(LinesModel, index.model())
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        here = index.row() == table.currentIndex().row() and table.hasFocus()
        column = Column(index.column())
        row = model.row(index.row())
        painter.save()
        painter.setClipRect(option.rect)
        self._ground(painter, option.rect, column, row, chosen=chosen, here=here)
        inner = QRectF(option.rect).adjusted(SIDE, 0, -SIDE, -1)
        if row is None:
            self._waiting(painter, inner, column)
        elif row.line is None:
            self._paint_heading(painter, table, option.rect, row)
        elif column is Column.STATE:
            self._paint_sign(painter, inner, row.line.state, new=model.tells_new)
        else:
            self._paint_words(painter, inner, column, row)
        painter.restore()

    def _ground(
        self,
        painter: QPainter,
        rect: QRect,
        column: Column,
        row: LineRow | None,
        *,
        chosen: bool,
        here: bool,
    ) -> None:
        theme = self.theme
        is_heading = row is not None and row.line is None
        ground = theme.selection if chosen else theme.window if is_heading else theme.list
        painter.fillRect(rect, QColor(ground))
        if is_heading:
            painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(theme.line))
        if chosen and column is Column.STATE:
            # Not by colour alone: the chosen rows carry a bar at their edge.
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.accent)
        if here:
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawLine(rect.left(), rect.top(), rect.right(), rect.top())
            painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())

    def _waiting(self, painter: QPainter, inner: QRectF, column: Column) -> None:
        if column is Column.STATE:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.selection))
        middle = inner.center().y()
        painter.drawRoundedRect(
            QRectF(inner.left(), middle - 4, max(inner.width() * 0.6, 6), 8), 4, 4
        )

    def _paint_heading(
        self, painter: QPainter, table: QTableView, rect: QRect, row: LineRow
    ) -> None:
        width = table.viewport().width()
        left = table.columnViewportPosition(Column.STATE) + 12
        whole = QRectF(left, rect.top(), width - 24, rect.height())
        painter.setFont(self._strong.font)
        painter.setPen(QColor(self.theme.ink))
        words = self._strong.metrics.elidedText(
            heading(row.document), Qt.TextElideMode.ElideRight, whole.width()
        )
        painter.drawText(whole, int(_MIDDLE | Qt.AlignmentFlag.AlignLeft), words)

    def _paint_sign(
        self, painter: QPainter, inner: QRectF, state: LineState | None, *, new: bool
    ) -> None:
        middle = inner.center()
        if state in _SIGNS:
            name, tone = _SIGNS[state]
            square = QRect(round(middle.x()) - _SIGN // 2, round(middle.y()) - _SIGN // 2, 14, 14)
            icons.paint(painter, square, name, tone)
        elif state is None and new:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.accent))
            painter.drawEllipse(QPointF(middle), 3.5, 3.5)

    def _paint_words(self, painter: QPainter, inner: QRectF, column: Column, row: LineRow) -> None:
        line, theme = row.line, self.theme
        assert line is not None
        dealt_with = line.state in _SIGNS
        ink = QColor(theme.muted if dealt_with else theme.ink)
        painter.setPen(ink)
        match column:
            case Column.LEFT:
                begun = line.start > len(line.left)
                shown = self._fitting.before(line.left, inner.width(), lines=self.lines, cut=begun)
                self._draw_lines(painter, inner, shown, Qt.AlignmentFlag.AlignRight)
            case Column.RIGHT:
                goes_on = len(line.right) >= self.letters
                shown = self._fitting.behind(
                    line.right, inner.width(), lines=self.lines, cut=goes_on
                )
                self._draw_lines(painter, inner, shown, Qt.AlignmentFlag.AlignLeft)
            case Column.MATCH:
                self._paint_match(painter, inner, one_line(line.match), line.state)
            case Column.DOCUMENT:
                painter.setPen(QColor(theme.muted))
                self._draw(painter, inner, row.document.title, self._small)
            case Column.DATE:
                painter.setPen(QColor(theme.muted))
                self._draw(painter, inner, date_words(row.document), self._small)

    def _paint_match(
        self, painter: QPainter, inner: QRectF, words: str, state: LineState | None
    ) -> None:
        metrics = self._strong.metrics
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, inner.width())
        width = metrics.horizontalAdvance(shown)
        middle = inner.center()
        if state is not LineState.IRRELEVANT:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.match))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            tall = metrics.lineSpacing()
            ground = QRectF(middle.x() - width / 2 - 3, middle.y() - tall / 2, width + 6, tall)
            painter.drawRoundedRect(ground, 2, 2)
            painter.setPen(QColor(self.theme.ink))
        painter.setFont(self._strong.font)
        painter.drawText(inner, int(_MIDDLE | Qt.AlignmentFlag.AlignHCenter), shown)
        if state is LineState.IRRELEVANT:
            line = QPointF(middle.x() - width / 2, middle.y() + 1)
            painter.drawLine(line, line + QPointF(width, 0))

    def _draw_lines(
        self, painter: QPainter, inner: QRectF, lines: list[str], side: Qt.AlignmentFlag
    ) -> None:
        painter.setFont(self._plain.font)
        if self.lines == 1:
            painter.drawText(inner, int(_MIDDLE | side), "".join(lines))
        else:
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | side), "\n".join(lines))

    def _draw(self, painter: QPainter, inner: QRectF, words: str, face: Face) -> None:
        mode = Qt.TextElideMode.ElideRight
        painter.setFont(face.font)
        painter.drawText(
            inner,
            int(_MIDDLE | Qt.AlignmentFlag.AlignLeft),
            face.metrics.elidedText(words, mode, inner.width()),
        )
