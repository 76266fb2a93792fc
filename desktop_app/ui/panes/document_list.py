"""The middle pane: how many documents there are, in which order, the documents, or why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
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

from desktop_app.core.model import Sort, Tag
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.models.documents import DocumentsModel
from desktop_app.ui.panes.document_view import DocumentView
from desktop_app.ui.panes.empty_page import Emptiness, EmptyPage
from desktop_app.ui.panes.partial_bar import PartialBar
from desktop_app.ui.panes.search_box import QueryLine
from desktop_app.ui.panes.sticky_line import StickyLine
from desktop_app.ui.results.copies import standing_over, with_copies

if TYPE_CHECKING:
    from desktop_app.library.searching import Answer
    from desktop_app.ui.results.counting import Counted

SORT_NAMES = {
    Sort.RELEVANCE: "Relevance",
    Sort.DATE_NEWEST: "Date, newest first",
    Sort.DATE_OLDEST: "Date, oldest first",
    Sort.TITLE: "Title",
    Sort.ADDED_NEWEST: "Added, newest first",
    Sort.ADDED_OLDEST: "Added, oldest first",
}
OPEN_AFTER_MS = 90


class DocumentList(QFrame):
    """The documents of the newest answer."""

    current_changed = Signal(object)  # id of the document that the keys stand on, or None
    selection_changed = Signal()
    opened = Signal(int)
    sort_chosen = Signal(object)
    context_asked = Signal(QPoint)
    action_asked = Signal(str)
    passage_opened = Signal(int, object)
    beside_opened = Signal(int, object)
    way_asked = Signal(object)  # a Way to find something where nothing was found

    def __init__(self, model: DocumentsModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "list")
        self.model = model
        self._total = 0
        self._answer: Answer | None = None
        self._opened: frozenset[int] = frozenset()  # whose copies are shown
        self._told: int | None = None
        self._matches = ""  # how many there are, in words
        self._count = QLabel(self)
        self._count.setProperty("tone", "small")
        self._count.setAccessibleName(self.tr("How many documents"))
        self._sort = QToolButton(self)
        self._sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._sort.setToolTip(self.tr("The order of the list"))
        self._sort_menu = QMenu(self._sort)
        self._sort_actions = self._fill_sort_menu()
        self._sort.setMenu(self._sort_menu)
        self.query_line = QueryLine(self)
        self.partial = PartialBar(self)
        self.sticky = StickyLine(self)
        self.view = DocumentView(theme, self)
        self.view.setModel(model)
        self.view.setAccessibleName(self.tr("Documents"))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._empty = EmptyPage(self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._empty)
        self._place()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(OPEN_AFTER_MS)
        self.set_sort(Sort.ADDED_NEWEST, searching=False)
        self._connect()

    def _place(self) -> None:
        head = QFrame(self)
        head.setObjectName("listHead")
        head.setStyleSheet("#listHead { border-bottom: 1px solid palette(mid); }")
        top = QHBoxLayout()
        top.setContentsMargins(22, 0, 8, 0)
        top.addWidget(self._count, 1)
        top.addWidget(self._sort)
        inside = self._head = QVBoxLayout(head)
        inside.setContentsMargins(0, 4, 0, 4)
        inside.setSpacing(2)
        inside.addLayout(top)
        inside.addWidget(self.query_line)
        inside.addWidget(self.partial)
        inside.addWidget(self.sticky)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self._settled.timeout.connect(self._tell_current)
        self.view.current_moved.connect(self._settled.start)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.view.opened.connect(self.opened)
        self.view.copies_asked.connect(self.show_copies)
        self.view.passage_opened.connect(self.passage_opened)
        self.view.beside_opened.connect(self.beside_opened)
        self.view.customContextMenuRequested.connect(self._ask_context)
        self._empty.action_asked.connect(self.action_asked)
        self._empty.way_asked.connect(self.way_asked)

    def show_answer(self, answer: Answer, *, new: bool, searched: bool) -> None:
        """Show an answer: a new one from its top, the same question again where one was."""
        self._answer = answer
        if new:
            self._set_opened(frozenset())
        ids = with_copies(answer.ids, answer.copies, self._opened)
        # Mostly the same documents stand in the same order: then there is nothing to move.
        if new or self.model.ids != ids:
            self._show_ids(ids, new=new, searched=searched)
        self._total = answer.total
        self._say_count(answer.total, "" if new or not answer.total else self._matches)
        self.query_line.show_answer(answer, searched=searched)
        self._pages.setCurrentWidget(self.view if answer.total else self._empty)
        self._on_selection()
        self._settled.start()

    def _show_ids(self, ids: Sequence[int], *, new: bool, searched: bool) -> None:
        """Show other documents, keeping what is chosen and what stands on the screen."""
        view = self.view
        anchor = ([], 0) if new else view.anchor()
        selected, current = view.selected_ids(), view.current_id()
        row = view.currentIndex().row()
        view.set_with_passages(searched)
        self.model.set_ids(ids)
        view.select_ids(selected, current)
        if new:
            view.scroll_to_start()
            return
        view.return_to(anchor)
        if current is not None and view.current_id() is None and len(ids):
            view.choose_row(min(row, len(ids) - 1))  # what stood here is gone: its neighbour

    @property
    def has_copies(self) -> bool:
        """Whether the document that the keys stand on has others with the same text."""
        return self._over() is not None

    def toggle_copies(self) -> None:
        """Show the copies of the document that the keys stand on, or hide them."""
        document = self.view.current_id()
        if document is not None:
            self.show_copies(document, None)

    def show_copies(self, document: int, shown: bool | None) -> None:
        """Show or hide the copies of a document, or of the one it stands under; None: turn."""
        answer = self._answer
        over = standing_over(answer.copies, document) if answer is not None else None
        if answer is None or over is None:
            return
        if shown is None:
            shown = over not in self._opened
        if shown == (over in self._opened):
            return
        self._set_opened(self._opened | {over} if shown else self._opened - {over})
        if not shown and document != over:
            self.choose(over)
        ids = with_copies(answer.ids, answer.copies, self._opened)
        self._show_ids(ids, new=False, searched=self.view.with_passages)

    def _over(self) -> int | None:
        document, answer = self.view.current_id(), self._answer
        if document is None or answer is None:
            return None
        return standing_over(answer.copies, document)

    def _set_opened(self, documents: frozenset[int]) -> None:
        self._opened = documents
        self.view.set_opened(documents)

    def show_match_count(self, counted: Counted) -> None:
        """Show how many matches there are in all documents of the list, as far as is known."""
        self._say_count(self._total, counted.words())

    def show_emptiness(self, emptiness: Emptiness) -> None:
        """Say why the list is empty, whenever it is."""
        self._empty.show_emptiness(emptiness)

    @property
    def lines(self) -> tuple[QWidget, ...]:
        """What says what was searched for, and how far the answer is whole."""
        return self.query_line, self.partial

    def take_lines(self) -> None:
        """Show the lines about the answer here, and no longer elsewhere."""
        for line in self.lines:
            if self._head.indexOf(line) < 0:
                self._head.addWidget(line)
                for part in (*line.findChildren(QWidget), line):
                    part.updateGeometry()  # it has another width here, and so another height

    def set_sort(self, sort: Sort, *, searching: bool) -> None:
        """Show the order that is in force; relevance can be chosen only while one searches."""
        self._sort_actions[Sort.RELEVANCE].setVisible(searching)
        self._sort_actions[sort].setChecked(True)
        self._sort.setText(f"{self.tr(SORT_NAMES[sort]).split(',')[0]} ▾")
        self._sort.setAccessibleName(self.tr("Order: {0}").format(SORT_NAMES[sort]))

    def show_sticky(self, tag: Tag | None) -> None:
        """Say which tag every click gives a document from now on; None: none does."""
        self.view.sticky = tag is not None
        self.sticky.show_tag(tag)

    def can_step(self, by: int) -> bool:
        """Whether there is a document behind the current one (1), or before it (-1)."""
        return 0 <= self.view.currentIndex().row() + by < len(self.model.ids)

    def step(self, by: int) -> None:
        """Go to the next document, or the one before."""
        if not self._total:
            return
        row = self.view.currentIndex().row()
        self.view.choose_row(min(max(row + by, 0), len(self.model.ids) - 1))

    def focus(self) -> None:
        """Put the keys on the list, on its first document if on none."""
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._total and not self.view.selected_count():
            self.view.choose_row(max(self.view.currentIndex().row(), 0))

    def choose(self, document: int) -> bool:
        """Select a document and bring it into view; False where it is not in the list."""
        if self._answer is not None and self.model.place(document) is None:
            self.show_copies(document, True)  # it may stand under another
        place = self.model.place(document)
        if place is None:
            return False
        self.view.choose_row(place)
        return True

    def _fill_sort_menu(self) -> dict[Sort, QAction]:
        group = QActionGroup(self)
        made: dict[Sort, QAction] = {}
        for sort, name in SORT_NAMES.items():
            action = self._sort_menu.addAction(self.tr(name))
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, sort=sort: self.sort_chosen.emit(sort))
            group.addAction(action)
            made[sort] = action
        return made

    def _say_count(self, documents: int, matches: str) -> None:
        words = "1 document" if documents == 1 else f"{documents:,} documents"
        if self._answer is not None and self._answer.errors:
            words = self.tr("Not searched")
        copies = self._answer.copies if self._answer is not None else {}
        folded = sum(map(len, copies.values()))
        if folded:
            words += " + 1 copy" if folded == 1 else f" + {folded:,} copies"
        if matches:
            words += f" · {matches}"
        chosen = self.view.selected_count()
        if chosen > 1:
            words += f" · {chosen:,} selected"
        self._matches = matches
        self._count.setText(words)
        self._count.setAccessibleDescription(words)

    def _on_selection(self) -> None:
        self._say_count(self._total, self._matches)
        self.selection_changed.emit()

    def _tell_current(self) -> None:
        current = self.view.current_id()
        if current != self._told:
            self._told = current
            self.current_changed.emit(current)

    def _ask_context(self, point: QPoint) -> None:
        self.context_asked.emit(self.view.viewport().mapToGlobal(point))
