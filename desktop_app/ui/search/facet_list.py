"""The values of one field in all that was found, with how many rows each of them would leave."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop_app.core.query_tree import Node
from desktop_app.core.words import fold
from desktop_app.ui.look import icons
from desktop_app.ui.panes.choice_list import Choice, ChoiceList, Mark
from desktop_app.ui.panes.fields import OneLine
from desktop_app.ui.search.left_out import asked, left_out, standing

if TYPE_CHECKING:
    from desktop_app.library.answer import Facet, FacetValue


_MOST_ROWS = 300  # the values of most rows; the others are found by typing


class FacetList(QWidget):
    """A heading and the values below it; those that the query asks for have a tick."""

    picked = Signal(str)  # a part: asked for, or no longer
    left_out = Signal(str)  # a part: found without it
    taken_back = Signal(str)  # a part: no longer left out

    def __init__(self, field: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._field = field
        self._title = OneLine("section", self)
        self._name = title
        self._facet: Facet | None = None
        self._in_force: Sequence[Node] = ()
        self._values: tuple[FacetValue, ...] = ()  # as shown, what is left out among them
        self._without: Container[FacetValue] = ()
        self.list = _Values(title, self)
        self.list.picked.connect(self._pick)
        self.list.left_out_asked.connect(self._leave_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._title.setContentsMargins(12, 0, 4, 0)
        column.addWidget(self._title)
        column.addWidget(self.list, 1)
        self._title.setText(title.upper())

    def show_facet(self, facet: Facet | None, in_force: Sequence[Node], typed: str) -> None:
        """Show the values that what is typed fits, by their labels; all where nothing is.

        A value that is left out stands where it stood, struck through.
        """
        again = facet is self._facet
        self._facet, self._in_force = facet, in_force
        without = left_out(self._field, in_force, self._values)
        found = facet.values if facet is not None else ()
        values = self._values = standing(found, without, self._values)
        self._without = frozenset(without)
        words = fold(typed).split()
        fitting = [value for value in values if not words or _fits(value, words)]
        rows = [self._row(value) for value in fitting[:_MOST_ROWS]]
        self.list.set_choices(rows, keep_row=again or self.list.hasFocus(), mark=False)
        # Keys that stand on an empty list would be nowhere to be seen.
        reachable = Qt.FocusPolicy.StrongFocus if rows else Qt.FocusPolicy.ClickFocus
        self.list.setFocusPolicy(reachable)
        count = f"{len(fitting):,}"
        if len(rows) < len(fitting):
            count = self.tr("{0} of {1}, type to find").format(f"{len(rows):,}", count)
        self._title.setText(f"{self._name.upper()} · {count}" if fitting else self._name.upper())
        self.list.setAccessibleDescription(
            self.tr("{0} values").format(count) if fitting else self.tr("None")
        )

    def _row(self, value: FacetValue) -> Choice:
        if value in self._without:
            right = self.tr("left out")
            return Choice(value, value.label, right=right, mark=Mark.NONE, struck=True)
        mark = Mark.ALL if asked(value.part) in self._in_force else Mark.NONE
        return Choice(value, value.label, right=f"{value.count:,}", mark=mark)

    def _pick(self, choice: object) -> None:
        row = cast(Choice, choice)
        told = self.taken_back if row.struck else self.picked
        told.emit(cast("FacetValue", row.value).part)

    def _leave_out(self, choice: object) -> None:
        row = cast(Choice, choice)
        told = self.taken_back if row.struck else self.left_out
        told.emit(cast("FacetValue", row.value).part)


def _fits(value: FacetValue, words: Sequence[str]) -> bool:
    label = value.label.lower() if value.label.isascii() else fold(value.label)
    return all(word in label for word in words)


class _Values(ChoiceList):
    """The rows: Enter or Space ticks, Delete leaves out, either takes that back; a menu says so."""

    left_out_asked = Signal(object)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        choice = self.current()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if choice is not None:
                self.picked.emit(choice)
            case Qt.Key.Key_Delete | Qt.Key.Key_Minus if choice is not None:
                self.left_out_asked.emit(choice)
            case _ if self.step_by_key(event):
                return
            case _:
                event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.choices:
            self.setCurrentIndex(self.model().index(0, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.clearSelection()
            self.setCurrentIndex(self.rootIndex())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.pos()
        index = self.indexAt(at)
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            at = self.visualRect(index).bottomLeft() + QPoint(12, 0)
        if not index.isValid():
            return
        choice = self.choices[index.row()]
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        text = choice.text.replace("&", "&&")
        if choice.struck:
            back = self.tr("No longer leave out “{0}”").format(text)
            menu.addAction(icons.icon("undo"), back, partial(self.picked.emit, choice))
            menu.popup(self.viewport().mapToGlobal(at))
            return
        on = choice.mark is Mark.ALL
        first = self.tr("No longer ask for “{0}”") if on else self.tr("Only “{0}”")
        menu.addAction(icons.icon("check"), first.format(text), partial(self.picked.emit, choice))
        without = self.tr("All but “{0}”").format(text)
        menu.addAction(icons.icon("minus"), without, partial(self.left_out_asked.emit, choice))
        menu.popup(self.viewport().mapToGlobal(at))
