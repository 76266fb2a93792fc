"""The list of imports at the left of the outcomes: the one that runs, and the newest of the past."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.ui.models.import_runs import RunEntry
from desktop_app.ui.panes.sidebar_painting import INSET, MARGIN, paint_ground, theme_palette

Index = QModelIndex | QPersistentModelIndex

_ENTRY = Qt.ItemDataRole.UserRole
_BETWEEN = 1  # pixels between the two lines of a row


class ImportHistory(QListWidget):
    """The list. Choosing an import shows its outcomes."""

    run_chosen = Signal(object)  # the RunEntry

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Imports")
        self.setProperty("surface", "list")
        self.setItemDelegate(_RunPainter(self))
        self.setUniformItemSizes(True)
        self.setViewportMargins(0, 4, 0, 0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._choose)

    def set_runs(self, entries: Sequence[RunEntry], chosen: int | None) -> None:
        """Show imports, the newest first; chosen: the id of the one whose outcomes are shown."""
        top = self.verticalScrollBar().value()
        blocked = self.blockSignals(True)
        self.clear()
        for entry in entries:
            when = f"{entry.when} · {entry.of}" if entry.of else entry.when
            item = QListWidgetItem(f"{when}\n{entry.said}")
            item.setData(_ENTRY, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{when}: {entry.said}")
            item.setToolTip(f"{when}\n{entry.said}")
            self.addItem(item)
            if entry.id == chosen:
                self.setCurrentItem(item)
        self.blockSignals(blocked)
        self.verticalScrollBar().setValue(top)

    @property
    def chosen(self) -> RunEntry | None:
        """The import whose outcomes are shown."""
        item = self.currentItem()
        # A list without rows has none, whatever the stubs say.
        return cast(RunEntry, item.data(_ENTRY)) if item is not None else None

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.run_chosen.emit(item.data(_ENTRY))


class _RunPainter(QStyledItemDelegate):
    """Paints when an import was, and below it, smaller, what came of it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        font = cast(QWidget, self.parent()).font()
        height = QFontMetrics(font).height() + QFontMetrics(_smaller(font)).height()
        return QSize(80, height + _BETWEEN + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = cast(RunEntry, index.data(_ENTRY))
        widget = cast(QWidget, self.parent())
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        pointed = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focus = chosen and widget.hasFocus()
        if chosen or pointed:
            paint_ground(painter, option.rect, chosen=chosen, focus=focus, target=False)
        font = QFont(widget.font())
        if chosen:
            font.setWeight(QFont.Weight.DemiBold)
        small = _smaller(widget.font())
        palette = theme_palette()
        area = option.rect.adjusted(MARGIN + INSET, 5, -MARGIN - INSET, -5)
        lines = (
            (
                f"{entry.when} · {entry.of}" if entry.of else entry.when,
                font,
                QPalette.ColorRole.Text,
            ),
            (entry.said, small, QPalette.ColorRole.PlaceholderText),
        )
        top = area.top()
        painter.save()
        for text, used, role in lines:
            metrics = QFontMetrics(used)
            box = QRect(area.left(), top, area.width(), metrics.height())
            painter.setFont(used)
            painter.setPen(palette.color(role))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            top += metrics.height() + _BETWEEN
        painter.restore()


def _smaller(font: QFont) -> QFont:
    small = QFont(font)
    if font.pixelSize() > 0:
        small.setPixelSize(max(1, font.pixelSize() - 1))
    else:
        small.setPointSizeF(font.pointSizeF() * 13 / 14)
    return small
