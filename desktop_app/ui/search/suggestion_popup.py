"""What is offered below the search box while one types; the keys stay in the line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.library.suggesting import Suggestion, SuggestionKind
from desktop_app.ui.panes.choice_list import Choice, ChoiceList

_ICONS = {
    SuggestionKind.FIELD: "filter",
    SuggestionKind.VALUE: "filter",
    SuggestionKind.TAG: "tag",
    SuggestionKind.AUTHOR: "edit",
    SuggestionKind.SOURCE: "document",
    SuggestionKind.NAME: "merge",
    SuggestionKind.RECENT: "restore",
    SuggestionKind.WORD: "text",
}
_KINDS = {
    SuggestionKind.AUTHOR: "author",
    SuggestionKind.SOURCE: "source",
    SuggestionKind.TAG: "tag",
    SuggestionKind.RECENT: "searched for before",
    SuggestionKind.WORD: "word of the library",
    SuggestionKind.NAME: "joined spellings",
}
_MOST_ROWS = 12
_MOVES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)
_AIMED_MS = 700  # within which Esc was meant for rows that have just gone by themselves


class SuggestionPopup(QFrame):
    """The rows below a line; none is marked until a key does."""

    taken = Signal(object)  # Suggestion
    marked = Signal(str)  # the row under the mark, as a screen reader says it; "" for none

    def __init__(self, anchor: QWidget, host: QWidget, *, clear_of: QWidget | None = None) -> None:
        super().__init__(host)
        self._anchor = anchor
        self._clear_of = clear_of  # what must be seen while the rows are: they stand below it
        self._lately = QTimer(self)
        self._lately.setSingleShot(True)
        self._lately.setInterval(_AIMED_MS)
        self._host = host
        self.setProperty("surface", "popup")
        self.setAccessibleName(self.tr("How the search may go on"))
        self.list = ChoiceList(self.tr("How the search may go on"), self)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 4, 2, 4)
        column.addWidget(self.list)
        self.list.picked.connect(self._take)
        host.installEventFilter(self)
        if clear_of is not None:
            clear_of.installEventFilter(self)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether the rows are to be seen."""
        return self.isVisible()

    def show_suggestions(self, found: Sequence[Suggestion]) -> None:
        """Show what is offered, or nothing where nothing is."""
        self.list.set_choices([_choice(each) for each in found], mark=False)
        self.list.setCurrentIndex(self.list.rootIndex())
        self.marked.emit("")
        if not found:
            self._go_by_itself()
            return
        self._place()
        self.show()
        self.raise_()

    def close_popup(self) -> None:
        """Put the rows away."""
        if self.isVisible():
            self.marked.emit("")
        self.hide()

    def withdraw(self) -> None:
        """Put the rows away because nobody looks for them any more; marked ones stay."""
        if self.isVisible() and self.list.current() is None and not self.underMouse():
            self._go_by_itself()

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key in the line means for the rows; False lets the line have it."""
        if not self.isVisible():
            aimed = self._lately.isActive() and event.key() == Qt.Key.Key_Escape
            self._lately.stop()
            return aimed
        current = self.list.current()
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_popup()
                return True
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if current is not None:
                self._take(current)
                return True
            case Qt.Key.Key_Tab if event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self._take(current or self.list.choices[0])
                return True
            case Qt.Key.Key_Up if current is None or self.list.currentIndex().row() == 0:
                self.list.setCurrentIndex(self.list.rootIndex())
                self.marked.emit("")
                return True
        if self.list.step_by_key(event):
            now = self.list.current()
            self.marked.emit(now.spoken() if now is not None else "")
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isVisible() and event.type() in _MOVES:
            self._place()
        return False

    def _go_by_itself(self) -> None:
        if self.isVisible():
            self._lately.start()
        self.close_popup()

    def _take(self, choice: object) -> None:
        assert isinstance(choice, Choice)
        self.close_popup()
        self.taken.emit(choice.value)

    def _place(self) -> None:
        below = self._anchor.mapTo(self._host, QPoint(0, self._anchor.height() + 3))
        if self._clear_of is not None and self._clear_of.isVisible():
            clear = self._clear_of.mapTo(self._host, QPoint(0, self._clear_of.height()))
            below.setY(max(below.y(), clear.y()))
        row = max(self.list.sizeHintForRow(0), 20)
        height = min(len(self.list.choices), _MOST_ROWS) * row + 10
        room = self._host.height() - below.y() - 12
        self.setGeometry(below.x(), below.y(), self._anchor.width(), min(height, room))


def _choice(each: Suggestion) -> Choice:
    count = "" if each.documents is None else f"{each.documents:,}"
    hint = each.hint or _KINDS.get(each.kind, "")
    return Choice(each, each.label, hint, count, icon=_ICONS[each.kind])
