"""The contents beside the page: the present place is told apart, a click or Enter goes to another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.text import Chapter
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.panes.fields import label
from desktop_app.ui.reader.bars import button
from desktop_app.ui.reader.contents_model import ContentsModel

FILTER_FROM = 12  # entries; fewer are seen at a glance
_PAGE_OF_ROWS = 12


class ContentsPane(QFrame):
    """Lists chapters, headings or pages."""

    chosen = Signal(int)  # a code point to go to
    close_asked = Signal()
    left = Signal()  # the keys are to go back to the page

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setProperty("surface", "list")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Contents"))
        heading = label(self.tr("CONTENTS"), "section", self)
        self.close_button = button("close", self.tr("Hide the contents (C)"), self)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Find in the contents"))
        self.field.setAccessibleName(self.tr("Find in the contents"))
        self.model = ContentsModel(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Contents"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._none = QLabel(self.tr("No title holds these words."), self)
        self._none.setProperty("tone", "muted")
        self._none.setWordWrap(True)
        top = QHBoxLayout()
        top.setContentsMargins(6, 0, 0, 0)
        top.addWidget(heading, 1)
        top.addWidget(self.close_button)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(8, 6, 9, 8)
        inside.setSpacing(6)
        inside.addLayout(top)
        for part in (self.field, self._none, self.list):
            inside.addWidget(part, 1 if part is self.list else 0)
        inside.addStretch(0)
        for part in (self.field, self.list):
            part.installEventFilter(self)
        self._connect()

    def _connect(self) -> None:
        self.field.textChanged.connect(self._filter)
        self.list.clicked.connect(self._choose)
        self.close_button.clicked.connect(self.close_asked)
        self._appearance.changed.connect(self.update)

    def show_entries(self, entries: Sequence[Chapter], here: int | None) -> None:
        """List entries; here is the index of the one that is being read."""
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self._none.hide()
        self.field.setVisible(len(entries) >= FILTER_FROM)
        self.model.set_entries(entries, here)
        self._follow()

    def set_here(self, here: int | None) -> None:
        """Follow the reading to another entry."""
        self.model.set_here(here)
        if not self._in_use():
            self._follow()

    def take_keys(self) -> None:
        """Put the keys on the list, on the present place."""
        self._follow()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _in_use(self) -> bool:
        """Whether somebody looks for something here, and must not be carried away."""
        focus = QApplication.focusWidget()
        return self.list.underMouse() or (focus is not None and self.isAncestorOf(focus))

    def _follow(self) -> None:
        if not self.field.text().strip():
            self._take(self.model.row_of_here())

    @Slot(str)
    def _filter(self, typed: str) -> None:
        self.model.filter(typed)
        self._none.setVisible(not self.model.rowCount())
        self._take(0 if typed.strip() else self.model.row_of_here())

    def _take(self, row: int) -> None:
        if 0 <= row < self.model.rowCount():
            index = self.model.index(row)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index, QListView.ScrollHint.EnsureVisible)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.model.entry(index.row()).start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter go to an entry, Esc leave, and the field's arrows move in the list."""
        if not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if event.type() == QEvent.Type.ShortcutOverride and key == Qt.Key.Key_Escape:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex())
            return True
        if key == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return watched is self.field and self._step_by(Qt.Key(key))

    def _step_by(self, key: Qt.Key) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _PAGE_OF_ROWS,
            Qt.Key.Key_PageUp: -_PAGE_OF_ROWS,
        }
        if key not in steps or not self.model.rowCount():
            return False
        row = self.list.currentIndex().row() + steps[key]
        self._take(min(max(row, 0), self.model.rowCount() - 1))
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        line = QRect(self.width() - 1, 0, 1, self.height())
        painter.fillRect(line, QColor(self._appearance.theme.line))


class BesidePage(QWidget):
    """Gives the contents the room left of the page; over it where there is too little for both."""

    narrowed = Signal()  # there is room for both no longer, or again

    def __init__(self, contents: ContentsPane, page: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._contents = contents
        self._page = page
        self._shown = False
        self.is_narrow = False
        for part in (page, contents):
            part.setParent(self)
        contents.hide()

    def show_contents(self, shown: bool) -> None:
        """Show the contents, or give all of the room to the page."""
        self._shown = shown
        self._place()

    def resizeEvent(self, event: QEvent) -> None:
        narrow = self.width() - _width_beside(self.width()) < _LEAST_PAGE_PX
        changed = narrow != self.is_narrow
        self.is_narrow = narrow
        self._place()
        if changed:
            self.narrowed.emit()

    def _place(self) -> None:
        width = _width_beside(self.width())
        beside = width if self._shown and not self.is_narrow else 0
        if self.is_narrow:
            width = max(min(_OVER_PAGE_PX, self.width() - 60), width)
        self._page.setGeometry(beside, 0, max(self.width() - beside, 0), self.height())
        if self._shown:
            self._contents.setGeometry(0, 0, width, self.height())
            self._contents.raise_()
        self._contents.setVisible(self._shown)


_LEAST_PAGE_PX = 480
_OVER_PAGE_PX = 300


def _width_beside(room: int) -> int:
    return min(max(round(room * 0.25), 190), 300)
