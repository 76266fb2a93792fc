"""What stands in the place of a list where there is nothing: why, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui.panes.way_line import WayLine

if TYPE_CHECKING:
    from desktop_app.ui.results.advising import Way

_SIDE = 36


@dataclass(frozen=True, slots=True)
class Emptiness:
    """Why a list is empty, and what to do: ids of actions with the words on their buttons.

    ways: other questions that would find something.
    """

    title: str
    sentence: str
    actions: tuple[tuple[str, str], ...] = ()
    ways: tuple[Way, ...] = ()


class EmptyPage(QScrollArea):
    """What stands in the place of the documents where there are none."""

    action_asked = Signal(str)
    way_asked = Signal(object)  # a Way

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyPage")
        self.setStyleSheet(
            "#emptyPage, #emptyPage > QWidget > QWidget { background: transparent; }"
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._shown: Emptiness | None = None
        page = self._page = QWidget(self)
        self._title = QLabel(page)
        self._title.setProperty("tone", "title")
        self._sentence = QLabel(page)
        self._sentence.setProperty("tone", "muted")
        for label in (self._title, self._sentence):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._ways = QVBoxLayout()
        self._ways.setSpacing(2)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(8)
        column = QVBoxLayout(page)
        column.setContentsMargins(_SIDE, 24, _SIDE, 40)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        column.addLayout(self._ways)
        column.addSpacing(8)
        column.addLayout(self._buttons)
        column.addStretch(3)
        self.setWidget(page)

    def show_emptiness(self, emptiness: Emptiness) -> None:
        """Show why there is nothing; buttons that are the same stay, and whoever has the keys."""
        if emptiness == self._shown:
            return
        self._shown = emptiness
        self._title.setText(emptiness.title)
        self._sentence.setText(emptiness.sentence)
        _clear(self._ways)
        _clear(self._buttons)
        for way in emptiness.ways:
            self._ways.addWidget(self._way(way), 0, Qt.AlignmentFlag.AlignHCenter)
        self._fit_ways()
        for action, words in emptiness.actions:
            button = QPushButton(words, self.widget())
            button.clicked.connect(self._asker(action))
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_ways()

    def _fit_ways(self) -> None:
        for line in self._page.findChildren(WayLine):
            line.fit(self.viewport().width() - 2 * _SIDE)

    def _way(self, way: Way) -> WayLine:
        made = WayLine(way.words, self.widget())
        made.clicked.connect(lambda _=False: self.way_asked.emit(way))
        return made

    def _asker(self, action: str) -> Callable[[], None]:
        return lambda: self.action_asked.emit(action)


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
