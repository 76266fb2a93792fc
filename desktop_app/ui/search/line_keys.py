"""What keys in the line of the search box mean for all of the box, its chips too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from desktop_app.ui.search.suggestion_popup import SuggestionPopup

if TYPE_CHECKING:
    from desktop_app.ui.panes.search_box import SearchBox

_Keys = QKeySequence.StandardKey
_ALONE = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
)
_EMPTIES = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class LineKeys(QObject):
    """The keys of one box. Chips are chosen together with the words or not at all."""

    def __init__(self, box: SearchBox) -> None:
        super().__init__(box)
        self._box = box
        self._line = box.line
        self.popup: SuggestionPopup | None = None
        self.stopping: Callable[[], bool] | None = None  # what Esc does first: whether it stopped
        self.all_chosen = False
        self._line.installEventFilter(self)
        self._line.selectionChanged.connect(self._on_selection)
        self._line.left.connect(self.choose_chips_no_more)

    def choose_all(self) -> None:
        """Choose the words and the chips, so that what is typed next replaces all of it."""
        self._line.selectAll()
        self.all_chosen = bool(self._box.written.chips)
        self._box.chips.set_chosen(self.all_chosen)

    def choose_chips_no_more(self) -> None:
        """Leave the chips alone, whatever is typed next."""
        if self.all_chosen:
            self.all_chosen = False
            self._box.chips.set_chosen(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line:
            if event.type() == QEvent.Type.MouseButtonPress:
                self.choose_chips_no_more()
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                if self._key(event):
                    return True
                self._leave_chips(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if self.popup is not None and self.popup.key(event):
            return True
        if event.matches(_Keys.SelectAll):
            self.choose_all()
        elif event.matches(_Keys.Undo):
            self._box.undo()
        elif event.matches(_Keys.Redo):
            self._box.redo()
        elif self.all_chosen and event.matches(_Keys.Copy):
            QApplication.clipboard().setText(self._box.written.whole)
        elif self.all_chosen and event.matches(_Keys.Cut):
            QApplication.clipboard().setText(self._box.written.whole)
            self._box.clear()
        elif self.all_chosen and event.key() in _EMPTIES:
            self._box.clear()
        else:
            return self._plain_key(event)
        return True

    def _plain_key(self, event: QKeyEvent) -> bool:
        line, box = self._line, self._box
        at_start = line.cursorPosition() == 0 and not line.hasSelectedText()
        chips = box.written.chips
        match event.key():
            case Qt.Key.Key_Escape:
                if self.stopping is None or not self.stopping():
                    box.empty_a_step()  # else a search that takes long was under way
                return True
            case Qt.Key.Key_Down:
                if line.text() or chips or self.popup is None:
                    box.left.emit()
                else:
                    box.recent_asked.emit()
                return True
            case Qt.Key.Key_Backspace if at_start and not event.isAutoRepeat():
                # A key that is held down to empty the line leaves the filters alone.
                box.remove_last()
                return True
            case Qt.Key.Key_Left if at_start and not event.modifiers() and chips:
                box.chips.focus(len(chips) - 1)
                return True
        return False

    def _leave_chips(self, event: QKeyEvent) -> None:
        """Keys that write replace the chips too; those that walk leave them."""
        writes = event.text().isprintable() and event.text() != ""
        if event.key() not in _ALONE and not writes and not event.matches(_Keys.Paste):
            self.choose_chips_no_more()

    def _on_selection(self) -> None:
        line = self._line
        # A text that has just been replaced is told of next.
        if line.text() == self._box.written.rest and line.selectedText() != line.text():
            self.choose_chips_no_more()
