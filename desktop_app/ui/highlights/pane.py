"""All highlights of the library, or those that a filter lets through, in the list's place.

It shows what it is given and asks for what is clicked; it knows no library.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.highlights.asking import Listed, Order, Wanted
from desktop_app.ui.highlights.filter_bar import FilterBar, FilterChips
from desktop_app.ui.highlights.model import HighlightsModel
from desktop_app.ui.highlights.table import HighlightTable
from desktop_app.ui.look import icons
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.panes.empty_page import Emptiness, EmptyPage

LEFT = 14


class HighlightsPane(QFrame):
    """Count, filters, table, or why the table is empty."""

    wanted = Signal(object, bool)  # fields of Wanted by name; whether they come from typing
    cleared = Signal()
    tags_asked = Signal()
    sort_asked = Signal(object)
    opened = Signal(int)  # a highlight
    rested = Signal(int)
    chosen_changed = Signal()
    context_asked = Signal(QPoint)
    action_asked = Signal(str)
    left = Signal()  # the documents are wanted again

    def __init__(self, model: HighlightsModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "list")
        self.setAccessibleName(self.tr("All highlights"))
        self.model = model
        self._listed = Listed(array("q"), 0)
        self._count = QLabel(self)
        self._count.setProperty("tone", "small")
        self._count.setAccessibleName(self.tr("How many highlights"))
        self.doing = QToolButton(self)
        self.doing.setText(self.tr("Do ▾"))
        self.doing.setToolTip(self.tr("What can be done with the chosen highlights"))
        self.doing.setAccessibleName(self.tr("Do something with the chosen highlights"))
        self.doing.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._close = QToolButton(self)
        self._close.setIcon(icons.icon("close"))
        self._close.setToolTip(self.tr("Back to the documents"))
        self._close.setAccessibleName(self.tr("Back to the documents"))
        self.bar = FilterBar(theme, self)
        self.chips = FilterChips(theme, self)
        self.table = HighlightTable(model, theme, self)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._empty = EmptyPage(self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        self._place()
        self._connect()
        self.setFocusProxy(self.table)

    def _place(self) -> None:
        head = QFrame(self)
        head.setObjectName("listHead")
        head.setStyleSheet("#listHead { border-bottom: 1px solid palette(mid); }")
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(2)
        top.addWidget(self._count, 1)
        top.addWidget(self.doing)
        top.addWidget(self._close)
        inside = self._head = QVBoxLayout(head)
        inside.setContentsMargins(LEFT, 4, 8, 6)
        inside.setSpacing(4)
        inside.addLayout(top)
        inside.addWidget(self.bar)
        inside.addWidget(self.chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        for source in (self.bar, self.chips):
            source.wanted.connect(self.wanted)
            source.cleared.connect(self.cleared)
        self.bar.tags_asked.connect(self.tags_asked)
        self.bar.sort_asked.connect(self.sort_asked)
        self.bar.left.connect(self.focus_table)
        self.table.sort_asked.connect(self.sort_asked)
        self.table.opened.connect(self.opened)
        self.table.rested.connect(self.rested)
        self.table.chosen_changed.connect(self._on_chosen)
        self.table.delete_asked.connect(lambda: self.action_asked.emit("table.delete"))
        self.table.tag_asked.connect(lambda: self.action_asked.emit("table.tag"))
        self.table.left.connect(self.left)
        self.table.customContextMenuRequested.connect(
            lambda point: self.context_asked.emit(self.table.viewport().mapToGlobal(point))
        )
        self._empty.action_asked.connect(self.action_asked)
        self._close.clicked.connect(self.left)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.table.meant(event) is not None
        ):
            event.accept()  # from a button of this pane too, a key means the highlights
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        meant = self.table.meant(event)
        if meant is not None:
            meant()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        for part in (self.bar, self.chips, self.table):
            part.set_theme(theme)

    def set_menu(self, menu: QMenu) -> None:
        """Offer what can be done with what is chosen."""
        self.doing.setMenu(menu)

    def take_lines(self, lines: Sequence[QWidget]) -> None:
        """Show the lines about an answer, while the table is the answer."""
        for place, line in enumerate(lines, 1):
            self._head.insertWidget(place, line)

    def show_answer(self, listed: Listed, *, new: bool) -> None:
        """Show an answer: a new one from its top, the same question again where one was."""
        self._listed = listed
        self.table.show_ids(listed.ids, new=new)
        self._pages.setCurrentWidget(self.table if len(listed.ids) else self._empty)
        self._say_count()

    def show_wanted(
        self, wanted: Wanted, order: Order, tree: TagTree, title: Callable[[int], str]
    ) -> None:
        """Show which filters and which order are in force; title: of a document."""
        self.bar.show_wanted(wanted)
        self.bar.show_order(order)
        self.chips.show_wanted(wanted, tree, title)
        self.table.show_order(order)
        if wanted == Wanted(found=wanted.found) and wanted.found is not None:
            self._empty.show_emptiness(
                Emptiness(
                    self.tr("No passage is like that"),
                    self.tr(
                        "find:passages looks in what you highlighted and in the notes on it."
                        " Without it, whole documents are found. Example: tag:siege note:check"
                        " find:passages."
                    ),
                    (("edit.clear_search", self.tr("Clear the search")),),
                )
            )
        elif wanted.any:
            self._empty.show_emptiness(
                Emptiness(
                    self.tr("No highlight is like that"),
                    self.tr(
                        "The filters above let none through. A word is found by its beginning:"
                        " dredg finds dredging."
                    ),
                    (("highlights.clear", self.tr("Remove all filters")),),
                )
            )
        else:
            self._empty.show_emptiness(
                Emptiness(
                    self.tr("Nothing is highlighted yet"),
                    self.tr(
                        "What you mark in your documents is gathered here, with notes and tags."
                        " Example: open a document, select a sentence and press H."
                    ),
                    (("highlights.leave", self.tr("Back to the documents")),),
                )
            )

    def focus_table(self) -> None:
        """Put the keys on the table, on its first highlight if on none."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if len(self._listed.ids) and not self.table.currentIndex().isValid():
            self.table.choose_row(0)

    def _on_chosen(self) -> None:
        self._say_count()
        self.chosen_changed.emit()

    def _say_count(self) -> None:
        marks, documents = len(self._listed.ids), self._listed.documents
        words = "1 highlight" if marks == 1 else f"{marks:,} highlights"
        if marks:
            words += " in 1 document" if documents == 1 else f" in {documents:,} documents"
        chosen = self.table.chosen_count
        if chosen > 1:
            words += f" · {chosen:,} selected"
        self._count.setText(words)
        self._count.setAccessibleDescription(words)
