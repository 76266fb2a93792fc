"""The card below “Filters”: values of all that was found to choose from, and the form.

Both write into the search box what could be typed there as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.query_tree import Node
from desktop_app.ui.panes.card import Card
from desktop_app.ui.panes.fields import label
from desktop_app.ui.search.facet_list import FacetList
from desktop_app.ui.search.form_page import FormPage

if TYPE_CHECKING:
    from desktop_app.library.answer import Facet

# In the order of reading; the names are those of the facets.
_TITLES = {
    "tag": "Tags",
    "source": "Sources",
    "year": "Years",
    "type": "Types",
    "language": "Languages",
    "state": "State",
}
_COLUMNS = 3
_WIDTH, _HEIGHT = 760, 520
_EDGE = 12


class FilterCard(Card):
    """The card; open_values and open_form show it."""

    picked = Signal(str)  # a part of a query: asked for, or no longer
    left_out = Signal(str)
    taken_back = Signal(str)  # what was left out
    values_wanted = Signal()
    form_wanted = Signal()  # it is shown and is to be filled in

    def __init__(self, host: QWidget, anchor: QWidget) -> None:
        super().__init__(
            "Find a value",
            "Click or Enter asks for a value · Delete leaves it out, or takes that back · "
            "Tab: next list · Esc closes",
            host,
        )
        self.setAccessibleName(self.tr("Filters"))
        self._anchor = anchor
        self._facets: tuple[Facet, ...] = ()
        self._in_force: Sequence[Node] = ()
        self.list.hide()
        self.column.removeWidget(self.list)
        self.column.removeWidget(self.field)
        self._pages = QStackedWidget(self)
        self._said = label("", "small", self)
        self.lists = {
            name: FacetList(name, self.tr(title), self) for name, title in _TITLES.items()
        }
        self._tabs = QButtonGroup(self)
        self._values_tab = self._tab(self.tr("Filters"), 0)
        self._form_tab = self._tab(self.tr("Form"), 1)
        self.form = FormPage(self)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._values_tab)
        top.addWidget(self._form_tab)
        top.addStretch(1)
        top.addWidget(self._said)
        self.column.insertLayout(0, top)
        self.column.insertWidget(1, self._pages, 1)
        self._pages.addWidget(self._values_page())
        self._pages.addWidget(self.form)
        self.field.setPlaceholderText(self.tr("Find a value: a tag, a source, a year…"))
        self.field.textEdited.connect(lambda _text: self._show())
        self._tabs.idClicked.connect(self._turn_to)
        for shown in self.lists.values():
            shown.picked.connect(self.picked)
            shown.left_out.connect(self.left_out)
            shown.taken_back.connect(self.taken_back)

    @property
    def shows_values(self) -> bool:
        """Whether the values are to be seen."""
        return self.is_open and self._pages.currentIndex() == 0

    def open_values(self) -> None:
        """Show the values of what was found; put the card away where they are shown."""
        if self.shows_values:
            self.close_card()
            return
        self.field.clear()
        self.open_card()
        self._turn_to(0)

    def open_form(self) -> None:
        """Show the form; put the card away where it is shown."""
        if self.shows_form:
            self.close_card()
            return
        self.open_card()
        self._turn_to(1)

    @property
    def shows_form(self) -> bool:
        """Whether the form is to be seen."""
        return self.is_open and self._pages.currentIndex() == 1

    def show_busy(self) -> None:
        """Say that the values are being counted; those from before stay until then."""
        self._said.setText(self.tr("Counting…"))

    def show_facets(
        self, facets: tuple[Facet, ...], in_force: Sequence[Node], *, documents: int
    ) -> None:
        """Show the values of what was found. in_force: the parts that the query asks for now."""
        self._facets, self._in_force = facets, in_force
        words = "1 document" if documents == 1 else f"{documents:,} documents"
        nothing = self.tr("Nothing was found whose values could be shown.")
        found = self.tr("In all of the {0} found").format(words)
        self._said.setText(found if documents else nothing)
        self._show()

    def key_in_field(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Down:
            shown = (each for each in self.lists.values() if each.list.choices)
            if (first := next(shown, None)) is not None:
                first.list.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            rows = [row for each in self.lists.values() for row in each.list.choices]
            if len(rows) == 1:  # nothing else can be meant
                next(each for each in self.lists.values() if each.list.choices).list.picked.emit(
                    rows[0]
                )
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
            return True
        return False

    def _tab(self, text: str, number: int) -> QToolButton:
        made = QToolButton(self)
        made.setText(text)
        made.setCheckable(True)
        made.setProperty("kind", "choice")
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tabs.addButton(made, number)
        return made

    def _values_page(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        grid = QGridLayout()
        grid.setSpacing(8)
        for number, shown in enumerate(self.lists.values()):
            row, across = divmod(number, _COLUMNS)
            grid.addWidget(shown, row, across)
            grid.setColumnStretch(across, 1)
            grid.setRowStretch(row, 1)
        column.addLayout(grid, 1)
        return page

    def _turn_to(self, number: int) -> None:
        self._pages.setCurrentIndex(number)
        self._tabs.button(number).setChecked(True)
        self.hints.setVisible(number == 0)
        if number == 0:
            self.field.setFocus(Qt.FocusReason.TabFocusReason)
            self.values_wanted.emit()
        else:
            self._said.setText(self.tr("What is filled in is written into the box"))
            self.form_wanted.emit()
            self.form.focus()

    def _show(self) -> None:
        by_name = {facet.field: facet for facet in self._facets}
        for name, shown in self.lists.items():
            shown.show_facet(by_name.get(name), self._in_force, self.field.text())

    def _place(self) -> None:
        scale = max(1.0, self.fontMetrics().height() / 18)
        room = self._host.size()
        below = self._anchor.mapTo(self._host, QPoint(0, self._anchor.height() + 6))
        width = min(round(_WIDTH * scale), room.width() - 2 * _EDGE)
        height = min(round(_HEIGHT * scale), room.height() - below.y() - _EDGE)
        left = max(_EDGE, min(below.x() - width // 2, room.width() - width - _EDGE))
        self.setGeometry(left, below.y(), width, height)
