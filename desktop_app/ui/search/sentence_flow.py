"""A layout of words and controls in which a bracket or a comma hugs what it belongs to."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayoutItem, QWidget

from desktop_app.ui.panes.flow import FlowLayout


class SentenceFlow(FlowLayout):
    """Lines of runs; what is in one run is not parted at the end of a line, if there is room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, gap=0)
        self._hugging: dict[QWidget, int] = {}

    def add_hugging(self, widget: QWidget, overlap: int) -> None:
        """Put a widget right behind the last one, and so many pixels over its end."""
        self._hugging[widget] = overlap
        self.add(widget)

    def clear(self) -> None:
        self._hugging.clear()
        super().clear()

    def _lay(self, rect: QRect, *, place: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for run in self._runs():
            if x > rect.x() and x + self._width(run) > rect.right() + 1:
                x, y, line = rect.x(), y + line, 0
            for item in run:
                size = item.sizeHint()
                width = min(size.width(), max(1, rect.width()))
                start = x - self._overlap(item)
                if start > rect.x() and start + width > rect.right() + 1:
                    start, y, line = rect.x(), y + line, 0  # the run is longer than a line
                if place:
                    item.setGeometry(QRect(QPoint(start, y), QSize(width, size.height())))
                x = start + width
                line = max(line, size.height())
        return y + line - rect.y()

    def _runs(self) -> list[list[QLayoutItem]]:
        runs: list[list[QLayoutItem]] = []
        for item in self._items:
            if item.isEmpty():  # hidden
                continue
            if runs and item.widget() in self._hugging:
                runs[-1].append(item)
            else:
                runs.append([item])
        return runs

    def _width(self, run: list[QLayoutItem]) -> int:
        behind = sum(self._overlap(item) for item in run[1:])
        return sum(item.sizeHint().width() for item in run) - behind

    def _overlap(self, item: QLayoutItem) -> int:
        widget = item.widget()
        return self._hugging.get(widget, 0) if widget is not None else 0
