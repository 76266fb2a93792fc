"""A long table gone through with keys: rows are chosen, opened, and told of where the keys rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop_app.ui.panes.plain_table import PlainTable

REST_MS = 260  # the reader follows where the arrow keys rest


class KeyedTable(PlainTable):
    """The rows; keys that mean something here are taken before the window's own.

    Who makes one fills `meanings` and says what a row is by `current_of`.
    """

    opened = Signal(int)  # what stands in a row, by Enter or a click
    rested = Signal(int)  # the arrow keys rest on it
    chosen_changed = Signal()
    left = Signal()  # Esc

    def __init__(
        self,
        model: QAbstractItemModel,
        name: str,
        parent: QWidget,
        *,
        wide: int,
        widths: Mapping[int, int],
    ) -> None:
        super().__init__(model, name, parent, wide=wide, widths=widths)
        self.meanings: dict[int, Callable[[], object]] = {}
        self.rest = QTimer(self)
        self.rest.setSingleShot(True)
        self.rest.setInterval(REST_MS)
        self.rest.timeout.connect(self._tell_rest)
        self.clicked.connect(self._on_click)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        # The ring goes around a whole row, of which Qt only knows one cell.
        self.selectionModel().currentRowChanged.connect(lambda *_: self.viewport().update())

    def current_of(self) -> int | None:
        """What stands in the row where the keys are; None where there is none."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.meant(event) is not None
        ):
            event.accept()  # else the window's own key would act on documents
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        meant = self.meant(event)
        if meant is not None:
            meant()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_current()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            row = self.currentIndex().row()
            super().keyPressEvent(event)
            if self.currentIndex().row() != row:
                self.rest.start()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        last, here = self.model().rowCount() - 1, self.currentIndex()
        actions = QAbstractItemView.CursorAction
        match action:
            case actions.MoveHome:
                return self.model().index(0, 0)
            case actions.MoveEnd:
                return self.model().index(last, 0)
            case actions.MoveLeft | actions.MoveRight:
                return here  # rows are what is chosen here, not cells
        return super().moveCursor(action, modifiers)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are actions, and going through all rows would take long."""

    def meant(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key means here; None where it is left to others."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        return self.meanings.get(event.key())

    def _on_click(self, _index: QModelIndex) -> None:
        raise NotImplementedError

    def _open_current(self) -> None:
        self.rest.stop()
        current = self.current_of()
        if current is not None:
            self.opened.emit(current)

    def _tell_rest(self) -> None:
        current = self.current_of()
        if current is not None and self.chosen_count == 1:
            self.rested.emit(current)
