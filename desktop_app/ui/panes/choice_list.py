"""A list of things to choose from while one types: tags, actions. The keys stay in the field above.

Rows are painted, not widgets, so that thousands cost nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.core.model import Tag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.look import icons
from desktop_app.ui.look.tag_mark import paint_tag_mark
from desktop_app.ui.panes.sidebar_painting import (
    row_height,
    square_side,
    theme_palette,
)

Index = QModelIndex | QPersistentModelIndex

_TOP = QModelIndex()
_ROLE = Qt.ItemDataRole.UserRole + 1


class Mark(StrEnum):
    """How many of the documents at hand carry a tag."""

    NONE = "none"
    SOME = "some"
    ALL = "all"


_MARK_WORDS = {Mark.NONE: "not carried", Mark.SOME: "carried by some", Mark.ALL: "carried"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One row. value: what is chosen. detail: muted, behind the text. right: muted, at the end.

    mark: None where the row has no box to tick. struck: drawn with a line through it; what that
    means is said at the right.
    """

    value: object
    text: str
    detail: str = ""
    right: str = ""
    tag: Tag | None = None  # whose mark is drawn before the text
    icon: str = ""
    mark: Mark | None = None
    enabled: bool = True
    struck: bool = False

    def spoken(self) -> str:
        """The row as a screen reader says it."""
        marked = _MARK_WORDS[self.mark] if self.mark is not None else ""
        off = "" if self.enabled else "not now"
        return ", ".join(part for part in (self.text, self.detail, marked, self.right, off) if part)


def tag_choice(tree: TagTree, tag: Tag, right: str = "", mark: Mark | None = None) -> Choice:
    """The row of a tag: its name, and behind it where it stands."""
    names = tree.names(tag.id)[:-1]
    detail = "in " + " / ".join(names) if names else ""
    collection = next((c for c in tree.collections if c.id == tag.collection), None)
    if collection is not None and not collection.active:
        detail = f"{detail} · {collection.name}".removeprefix(" · ")
    return Choice(tag, tag.name, detail, right, tag, mark=mark)


class _Choices(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[Choice, ...] = ()

    def put(self, rows: Sequence[Choice]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken()
            case Qt.ItemDataRole.ToolTipRole:
                return f"{row.text} {row.detail}".strip()
            case _ if role == _ROLE:
                return row
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and not self.rows[index.row()].enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, row_height(cast(QWidget, self.parent()).fontMetrics()) + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = cast(Choice, index.data(_ROLE))
        widget = cast(QWidget, self.parent())
        palette, font = theme_palette(), QFont(widget.font())
        metrics = QFontMetrics(font)
        area = option.rect
        muted = palette.color(QPalette.ColorRole.PlaceholderText)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(QRectF(area).adjusted(4, 0.5, -4, -0.5), 6, 6)
        box = area.adjusted(12, 0, -12, 0)
        side = square_side(metrics)
        if row.mark is not None:
            self._paint_mark(painter, box, side, row.mark, palette)
            box.setLeft(box.left() + round(side * 2.4))
        if row.tag is not None:
            where = QRectF(box.left(), box.center().y() + 1 - side / 2, side, side)
            paint_tag_mark(painter, where, row.tag)
            box.setLeft(box.left() + round(side * 1.85))
        elif row.icon:
            big = round(side * 1.7)
            square = QRect(box.left(), box.center().y() - big // 2, big, big)
            icons.paint(painter, square, row.icon)
            box.setLeft(box.left() + round(side * 2.4))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        if row.right:
            width = metrics.horizontalAdvance(row.right)
            painter.setFont(font)
            painter.setPen(muted)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | middle, row.right)
            box.setRight(box.right() - width - 12)
        font.setStrikeOut(row.struck)
        painter.setFont(font)
        plain = row.enabled and not row.struck
        painter.setPen(palette.color(QPalette.ColorRole.Text) if plain else muted)
        end = Qt.TextElideMode.ElideRight
        text = metrics.elidedText(row.text, end, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | middle, text)
        if row.detail:
            font.setStrikeOut(False)
            painter.setFont(font)
            box.setLeft(box.left() + metrics.horizontalAdvance(text) + 10)
            painter.setPen(muted)
            detail = metrics.elidedText(row.detail, end, max(0, box.width()))
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | middle, detail)
        painter.restore()

    def _paint_mark(
        self, painter: QPainter, box: QRect, side: int, mark: Mark, palette: QPalette
    ) -> None:
        """Paint the box: empty, with a dash, with a tick."""
        size = round(side * 1.5)
        square = QRectF(box.left(), box.center().y() - size / 2 + 1, size, size)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = palette.color(QPalette.ColorRole.Accent)
        muted = palette.color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(QPen(muted if mark is Mark.NONE else accent, 1.2))
        painter.drawRoundedRect(square, 3, 3)
        painter.setPen(QPen(accent, 1.8))
        middle = square.center()
        reach = size * 0.24
        if mark is Mark.SOME:
            points = [(-1.0, 0.0), (1.0, 0.0)]
        elif mark is Mark.ALL:
            points = [(-1.0, 0.0), (-0.2, 0.8), (1.1, -1.0)]
        else:
            points = []
        painter.drawPolyline([middle + QPointF(x, y) * reach for x, y in points])
        painter.restore()


class ChoiceList(QListView):
    """The rows, of which one at most is marked."""

    picked = Signal(object)  # the Choice that was clicked

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = _Choices(self)
        self.setModel(self._choices)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(self._tell)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The rows, in the order in which they are shown."""
        return self._choices.rows

    def set_choices(
        self, rows: Sequence[Choice], *, keep_row: bool = False, mark: bool = True
    ) -> None:
        """Show other rows and mark the first that can be chosen, or keep the mark in its row.

        mark: False marks none until a key does, unless a mark is kept.
        """
        row = self.currentIndex().row() if keep_row else -1
        top = self.verticalScrollBar().value()
        self._choices.put(rows)
        if row >= 0 or mark:
            self._mark(max(0, min(row, len(rows) - 1)), 1)
        if keep_row:
            self.verticalScrollBar().setValue(top)

    def current(self) -> Choice | None:
        """The row that is marked; None where none can be."""
        index = self.currentIndex()
        return self._choices.rows[index.row()] if index.isValid() else None

    def step_by_key(self, event: QKeyEvent) -> bool:
        """Move the mark where the key says; False for a key that does not."""
        page = max(1, self.viewport().height() // max(1, self.sizeHintForRow(0)) - 1)
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            return False
        row = self.currentIndex().row() + step
        self._mark(max(0, min(row, len(self._choices.rows) - 1)), 1 if step > 0 else -1)
        return True

    def _mark(self, row: int, direction: int) -> None:
        rows = self._choices.rows
        while 0 <= row < len(rows) and not rows[row].enabled:
            row += direction
        if 0 <= row < len(rows):
            index = self._choices.index(row)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _tell(self, index: QModelIndex) -> None:
        self.picked.emit(self._choices.rows[index.row()])
