"""What was done, and going back to any step of it or forward again. Not modal.

It shows the steps that it is given and asks for the one that is chosen; it changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.library.history import HistoryLine, Went
from desktop_app.ui.dialogs.parts import close_box, open_at
from desktop_app.ui.history.model import HistoryColumn, HistoryModel
from desktop_app.ui.panes.empty_page import Emptiness, EmptyPage
from desktop_app.ui.panes.fields import label, mark
from desktop_app.ui.panes.plain_table import PlainTable


class HistoryDialog(QDialog):
    """The list, what going to the chosen step comes to, and the button that does it."""

    step_asked = Signal(object)  # the id of a step; None: before all of them

    def __init__(self, parent: QWidget | None = None, *, writable: bool = True) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("History"))
        self._writable = writable
        self._busy = False
        self.model = HistoryModel(self)
        intro = self.tr(
            "What was done to this library, the newest first. Choose a step to make the library"
            " what it was right after it; nothing is lost by that until something new is done."
        )
        self._intro = label(intro, "muted", self)
        self._intro.setWordWrap(True)
        self.table = _Steps(self.model, self)
        self._empty = EmptyPage(self)
        self._empty.show_emptiness(
            Emptiness(
                self.tr("Nothing has been done yet"),
                self.tr("Each change stands here under its name. Example: Star 1 document."),
            )
        )
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        self.says = label("", "", self)
        self.says.setWordWrap(True)
        self.says.setAccessibleName(self.tr("What going to the chosen step comes to"))
        self.go = QPushButton(self)
        self.go.setAutoDefault(False)
        close = close_box(self)
        close.rejected.connect(self.close)
        for button in close.buttons():
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)
        below = QHBoxLayout()
        below.addWidget(self.go)
        below.addStretch(1)
        below.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(self._intro)
        column.addWidget(self._pages, 1)
        column.addWidget(self.says)
        column.addLayout(below)
        open_at(self, 640, 560)
        self.go.clicked.connect(self._ask)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._weigh())
        self.table.activated.connect(lambda _index: self._ask())
        self.table.entered_key.connect(self._ask)
        self._weigh()

    def show_lines(self, lines: Sequence[HistoryLine]) -> None:
        """Show the steps as they are now; what is chosen stays, or is where the library is now."""
        if tuple(lines) == tuple(self.model.lines):
            return
        chosen = self._row()
        step = self.model.step(chosen) if chosen is not None else None
        followed = chosen is None or chosen == self.model.here
        top = self.table.verticalScrollBar().value()
        self.model.show(tuple(lines))
        self._pages.setCurrentWidget(self.table if lines else self._empty)
        row = self.model.row_of(step) if not followed else self.model.here
        self._choose(self.model.here if row is None else row)
        if not followed:
            self.table.verticalScrollBar().setValue(top)
        self._weigh()

    def show_busy(self, busy: bool) -> None:
        """Say that it is being gone to a step; nothing else can be asked meanwhile."""
        self._busy = busy
        self._weigh()

    def show_went(self, went: Went) -> None:
        """Say how going to a step went."""
        self._busy = False
        self._weigh()
        if went.refused is not None:
            self.model.mark_stopper(went.stopper)
            row = self.model.row_of(went.stopper)
            if row is not None and went.stopper is not None:
                self.table.scrollTo(self.model.index(row, 0))
            mark(self.says, "tone", "problem")
            self.says.setText(went.refused)

    def _row(self) -> int | None:
        index = self.table.currentIndex()
        return index.row() if index.isValid() else None

    def _choose(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        index = self.model.index(row, 0)
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.table.scrollTo(index)

    def _weigh(self) -> None:
        """Say what going to the chosen row comes to."""
        row = self._row()
        away = self.model.away(row) if row is not None and self.model.lines else 0
        mark(self.says, "tone", "muted")
        self.go.setEnabled(self._writable and not self._busy and away != 0)
        self.go.setText(_button(away))
        if self._busy:
            self.says.setText(self.tr("Going there…"))
        elif not self.model.lines:
            self.says.setText("")
        elif away == 0:
            self.says.setText(self.tr("The library is here now."))
        else:
            self.says.setText(self._comes_to(away))

    def _comes_to(self, away: int) -> str:
        here = self.model.here
        rows = range(here, here + away) if away > 0 else range(here - 1, here + away - 1, -1)
        first = self.model.lines[rows[0]].name
        if len(rows) == 1:
            verb = self.tr("Undoes: {0}.") if away > 0 else self.tr("Does again: {0}.")
            return verb.format(first)
        last = self.model.lines[rows[-1]].name
        verb = self.tr("Undoes {0} steps: {1}, and back to {2}.")
        if away < 0:
            verb = self.tr("Does {0} steps again: {1}, and on to {2}.")
        return verb.format(f"{len(rows):,}", first, last)

    def _ask(self) -> None:
        row = self._row()
        if row is not None and self.go.isEnabled():
            self.step_asked.emit(self.model.step(row))


class _Steps(PlainTable):
    """The rows; Enter asks for the one that the keys are at."""

    entered_key = Signal()

    def __init__(self, model: HistoryModel, parent: QWidget) -> None:
        widths = {int(HistoryColumn.STATE): 12, int(HistoryColumn.WHEN): 26}
        super().__init__(
            model, self.tr("What was done"), parent, wide=HistoryColumn.NAME, widths=widths
        )
        self.setSelectionMode(PlainTable.SelectionMode.SingleSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_key.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: there is no order of letters here."""

    def moveCursor(
        self, action: PlainTable.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        last = self.model().rowCount() - 1
        if action == PlainTable.CursorAction.MoveHome:
            return self.model().index(0, 0)
        if action == PlainTable.CursorAction.MoveEnd:
            return self.model().index(last, 0)
        return super().moveCursor(action, modifiers)


def _button(away: int) -> str:
    steps = "1 step" if abs(away) == 1 else f"{abs(away):,} steps"
    if away < 0:
        return f"Do {steps} again"
    return f"Undo {steps}" if away else "Undo"
