"""How rows of the sidebar are painted: a name, counts at the right, for tags their mark.

All sizes come from the font, so rows grow with it; all colours from the palette.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.ui.look import icons
from desktop_app.ui.look.tag_mark import paint_tag_mark
from desktop_app.ui.models.tags import TagRole

Index = QModelIndex | QPersistentModelIndex

ROW = 26  # pixels at the usual size of type
MARGIN = 8  # between the edge of the sidebar and a row's ground
INSET = 8  # between the ground's edge and what stands on it


def theme_palette() -> QPalette:
    """The colours of the theme as they are.

    A widget's own palette has them changed by the style sheet: its muted is ink at half strength,
    which is too faint to read.
    """
    return QGuiApplication.palette()


def row_height(metrics: QFontMetrics) -> int:
    """The height of a row in this type."""
    return max(ROW, metrics.height() + 8)


def square_side(metrics: QFontMetrics) -> int:
    """The side of a tag's coloured square beside this type."""
    return max(9, metrics.height() // 2)


def paint_square(painter: QPainter, left: float, middle: float, side: float, colour: str) -> None:
    """Paint the coloured square of a tag; middle is the height of its centre."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(left, middle - side / 2, side, side), side * 0.28, side * 0.28)
    painter.restore()


def paint_ground(painter: QPainter, row: QRect, *, chosen: bool, focus: bool, target: bool) -> None:
    """Paint what lies under a row that is chosen, pointed at, focused, or dragged over."""
    palette = theme_palette()
    area = QRectF(row).adjusted(MARGIN, 0.5, -MARGIN, -0.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
    if not chosen:
        painter.setOpacity(0.55)
    painter.drawRoundedRect(area, 6, 6)
    if focus or target:
        painter.setOpacity(1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 2 if target else 1))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    painter.restore()


def paint_caret(painter: QPainter, area: QRect, colour: QColor, *, opened: bool) -> None:
    """Paint the small arrow before a row that has rows below it."""
    reach = max(2.5, min(area.width(), area.height()) * 0.18)
    middle = QRectF(area).center()
    path = QPainterPath()
    if opened:
        points = [(-reach, -reach / 2), (0.0, reach / 2), (reach, -reach / 2)]
    else:
        points = [(-reach / 2, -reach), (reach / 2, 0.0), (-reach / 2, reach)]
    path.moveTo(middle + QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(middle + QPointF(*point))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPath(path)
    painter.restore()


def section_font(like: QFont) -> QFont:
    """The face of the sidebar's headings beside type of a given size."""
    made = QFont(like)
    if like.pixelSize() > 0:
        made.setPixelSize(round(like.pixelSize() * 12 / 14))
    else:
        made.setPointSizeF(like.pointSizeF() * 12 / 14)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def paint_lock(painter: QPainter, left: int, area: QRect) -> int:
    """Paint the sign of a collection that is locked; return how much room it takes."""
    side = round(min(area.height(), 26) * 0.5)
    icons.paint(painter, QRect(left, area.center().y() - side // 2 + 1, side, side), "lock")
    return side + 4


class SidebarDelegate(QStyledItemDelegate):
    """Paints name, counts and mark; the view paints the ground beneath them.

    target: the row that something is dragged over and may be dropped on; invalid for none.
    """

    def __init__(self, parent: QWidget, *, muted_names: bool = False) -> None:
        super().__init__(parent)
        self.target = QPersistentModelIndex()
        self._name_role = (
            QPalette.ColorRole.PlaceholderText if muted_names else QPalette.ColorRole.Text
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = QFontMetrics(cast(QWidget, self.parent()).font())
        return QSize(80, row_height(metrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        widget = cast(QWidget, self.parent())
        palette = theme_palette()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        font = QFont(widget.font())
        if chosen:
            font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        area = option.rect
        left = area.left()
        painter.save()
        tag = index.data(TagRole.TAG)
        if tag is not None:
            side = square_side(metrics)
            paint_tag_mark(painter, QRectF(left, area.center().y() + 1 - side / 2, side, side), tag)
            left += round(side * 1.85)
        right = area.right() - MARGIN - INSET + 1
        count = index.data(TagRole.COUNT)
        if count is not None:
            role = QPalette.ColorRole.Text if chosen else QPalette.ColorRole.PlaceholderText
            painter.setPen(palette.color(role))
            own = index.data(TagRole.OWN)
            said = f"{count:,}" if not own else f"{own:,} · {count:,}"
            right -= paint_count(painter, font, area, right, said)
        if tag is not None and tag.archived:
            font.setItalic(True)
        painter.setFont(font)
        role = QPalette.ColorRole.Text if chosen else self._name_role
        painter.setPen(palette.color(role))
        key = index.data(TagRole.KEY)
        room = metrics.horizontalAdvance("  9 ") if key is not None else 0
        box = QRect(left, area.top(), max(0, right - left - room), area.height())
        name = str(index.data(Qt.ItemDataRole.DisplayRole)).replace("\n", " ")
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, box.width())
        where = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, where | Qt.TextFlag.TextSingleLine, shown)
        if key is not None:
            behind = left + metrics.horizontalAdvance(f"{shown} ")
            paint_key(painter, font, QRect(behind, area.top(), room, area.height()), str(key))
        painter.restore()


def paint_key(painter: QPainter, font: QFont, area: QRect, key: str) -> None:
    """Paint the digit that gives a tag, quietly, at the left of an area."""
    small = _smaller(font)
    metrics = QFontMetrics(small)
    height = metrics.height() - 1
    width = max(metrics.horizontalAdvance(key) + 7, height - 2)
    cap = QRectF(area.left() + 1.5, area.center().y() - height / 2 + 1, width, height)
    muted = theme_palette().color(QPalette.ColorRole.PlaceholderText)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme_palette().color(QPalette.ColorRole.Mid), 1))
    painter.drawRoundedRect(cap, 3, 3)
    painter.setFont(small)
    painter.setPen(muted)
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)


def _smaller(font: QFont) -> QFont:
    small = QFont(font)
    if font.pixelSize() > 0:
        small.setPixelSize(max(1, round(font.pixelSize() * 11.5 / 14)))
    else:
        small.setPointSizeF(font.pointSizeF() * 11.5 / 14)
    return small


def paint_count(painter: QPainter, font: QFont, area: QRect, right: int, text: str) -> int:
    """Paint a count so that it ends at right; return how much of the row's end it takes."""
    small = QFont(font)
    if font.pixelSize() > 0:
        small.setPixelSize(max(1, round(font.pixelSize() * 12.5 / 14)))
    else:
        small.setPointSizeF(font.pointSizeF() * 12.5 / 14)
    width = QFontMetrics(small).horizontalAdvance(text) + 2
    painter.setFont(small)
    where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRect(right - width, area.top(), width, area.height()), where, text)
    return width + 6


class FocusRing(QObject):
    """Tells whether a view should show where its keys are: only once keys are in use."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.shown = False
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            self._show(shown=True)
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._show(shown=False)
        elif event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
            if event.reason() in (*by_key, Qt.FocusReason.ShortcutFocusReason):
                self._show(shown=True)
        return False

    def _show(self, *, shown: bool) -> None:
        if shown != self.shown:
            self.shown = shown
            self._view.viewport().update()
