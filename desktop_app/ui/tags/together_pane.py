"""Tags that occur together, in the list's place: which ones, counted on what, and the square.

It shows what it is given and asks for what is clicked; it knows no library.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.library.tags.together import TagsTogether, Unit
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.look import icons
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.panes.empty_page import Emptiness, EmptyPage
from desktop_app.ui.tags.together_asking import EVERY, Asked, Scope
from desktop_app.ui.tags.together_model import TableOrder, TogetherModel
from desktop_app.ui.tags.together_table import TogetherTable

LEFT = 14
ORDERS = {
    TableOrder.TREE: "As in the sidebar",
    TableOrder.NAME: "By name",
    TableOrder.USED: "Most used first",
    TableOrder.MET: "Most together first",
}
_CHOSEN = -1


class TogetherPane(QFrame):
    """Counts, choices, the square, or why there is none."""

    wanted = Signal(object)  # fields of Asked by name
    tags_asked = Signal()  # which tags, is to be chosen
    opened = Signal(int, int)  # row, column
    page_asked = Signal(int)  # a tag
    menu_asked = Signal(int, QPoint)
    action_asked = Signal(str)
    left = Signal()

    def __init__(self, model: TogetherModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "list")
        self.setAccessibleName(self.tr("Tags that occur together"))
        self.model = model
        self._count = self._label(self.tr("How many tags"))
        self._cell = self._label(self.tr("The cell at hand"))
        self.save = self._tool("save", self.tr("Save as a table…"))
        self._close = self._tool("close", self.tr("Back to the documents"))
        self.which = QComboBox(self)
        self.which.setAccessibleName(self.tr("Which tags"))
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.documents = self._choice(self.tr("Documents"))
        self.highlights = self._choice(self.tr("Highlights"))
        self._units = QButtonGroup(self)
        self._units.addButton(self.documents)
        self._units.addButton(self.highlights)
        self.below = QCheckBox(self.tr("With tags below"), self)
        self.below.setToolTip(self.tr("What carries a tag below one counts as carrying that one"))
        self.met_only = QCheckBox(self.tr("Only tags that meet another"), self)
        self.met_only.setChecked(True)
        self.order = QToolButton(self)
        self.order.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._orders: dict[TableOrder, QAction] = {}
        self.order.setMenu(self._order_menu())
        self.table = TogetherTable(model, theme, self)
        self._empty = EmptyPage(self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        self._scope = Scope((), 0)
        self._place()
        self._connect()
        self.setFocusProxy(self.table)
        self._show_order()

    def _label(self, name: str) -> QLabel:
        made = QLabel(self)
        made.setProperty("tone", "small")
        made.setAccessibleName(name)
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setWordWrap(True)
        return made

    def _tool(self, icon: str, name: str) -> QToolButton:
        made = QToolButton(self)
        made.setIcon(icons.icon(icon))
        made.setToolTip(name)
        made.setAccessibleName(name)
        return made

    def _choice(self, words: str) -> QToolButton:
        made = QToolButton(self)
        made.setText(words)
        made.setCheckable(True)
        made.setProperty("kind", "choice")
        made.setAccessibleName(self.tr("Count {0}").format(words.lower()))
        return made

    def _order_menu(self) -> QMenu:
        menu = QMenu(self.order)
        group = QActionGroup(menu)
        for order, words in ORDERS.items():
            action = menu.addAction(self.tr(words))
            action.setCheckable(True)
            action.triggered.connect(self._orderer(order))
            group.addAction(action)
            self._orders[order] = action
        return menu

    def _place(self) -> None:
        head = QFrame(self)
        head.setObjectName("listHead")
        head.setStyleSheet("#listHead { border-bottom: 1px solid palette(mid); }")
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(2)
        top.addWidget(self._count, 1)
        for button in (self.save, self._close):
            top.addWidget(button)
        what = QHBoxLayout()
        what.setContentsMargins(0, 0, 0, 0)
        what.setSpacing(8)
        for part in (self.which, self.documents, self.highlights):
            what.addWidget(part)
        what.addStretch(1)
        how = QHBoxLayout()
        how.setContentsMargins(0, 0, 0, 0)
        how.setSpacing(12)
        how.addWidget(self.below)
        how.addWidget(self.met_only)
        how.addStretch(1)
        how.addWidget(self.order)
        inside = QVBoxLayout(head)
        inside.setContentsMargins(LEFT, 4, 8, 6)
        inside.setSpacing(5)
        inside.addLayout(top)
        inside.addLayout(what)
        inside.addLayout(how)
        inside.addWidget(self._cell)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self._close.clicked.connect(self.left)
        self.save.clicked.connect(lambda: self.action_asked.emit("together.save"))
        self.which.activated.connect(self._on_which)
        self._units.buttonClicked.connect(self._on_unit)
        self.below.toggled.connect(lambda on: self.wanted.emit({"below": on}))
        self.met_only.toggled.connect(lambda on: self._arrange(met_only=on))
        table = self.table
        table.opened.connect(self.opened)
        table.moved.connect(self._say_cell)
        table.beside_asked.connect(lambda tag: self._arrange(beside=tag))
        table.page_asked.connect(self.page_asked)
        table.menu_asked.connect(self.menu_asked)
        table.left.connect(self.left)
        self._empty.action_asked.connect(self.action_asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # What is shown.

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.table.set_theme(theme)

    def show_asked(self, asked: Asked, tree: TagTree) -> None:
        """Show what is counted, and what could be."""
        active = next((each.id for each in tree.collections if each.active), None)
        here = asked.collection if asked.collection is not None else active
        self.which.blockSignals(True)
        self.which.clear()
        for each in tree.collections:
            self.which.addItem(each.name, each.id)
        if len(tree.collections) > 1:
            self.which.addItem(self.tr("All collections"), EVERY)
        count = len(asked.chosen)
        chosen = self.tr("Chosen tags ({0})").format(f"{count:,}") if count else ""
        self.which.addItem(chosen or self.tr("Choose tags…"), _CHOSEN)
        self.which.setCurrentIndex(self.which.findData(_CHOSEN if count else here))
        self.which.blockSignals(False)
        self.documents.setChecked(asked.unit is Unit.DOCUMENTS)
        self.highlights.setChecked(asked.unit is Unit.HIGHLIGHTS)
        self.below.blockSignals(True)
        self.below.setChecked(asked.below)
        self.below.blockSignals(False)

    def show_counting(self, scope: Scope) -> None:
        """Say that counting has begun, where nothing is shown yet."""
        self._scope = scope
        if not self.model.found.tags:
            self._set(self._count, self.tr("Counting…"))

    def show_found(self, found: TagsTogether, tree: TagTree) -> None:
        """Show the counts, and the cell where one was."""
        here = self._here()
        self.model.show(found, tree)
        self._show_rows(here)

    def show_tree(self, tree: TagTree) -> None:
        """Show tags under other names and colours."""
        here = self._here()
        self.model.show(self.model.found, tree)
        self._show_rows(here)

    def focus_table(self) -> None:
        """Put the keys on the square, on its first cell if on none."""
        if self._pages.currentWidget() is self._empty:
            self.which.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        here = self.table.currentIndex()
        # Qt goes to the first cell by itself, which says less than any other.
        if (not here.isValid() or here.row() == here.column() == 0) and len(self.model.tags) > 1:
            self.table.setCurrentIndex(self.model.index(0, 1))

    def _arrange(
        self,
        *,
        order: TableOrder | None = None,
        beside: int | None = None,
        met_only: bool | None = None,
    ) -> None:
        here = self._here()
        self.model.arrange(order=order, beside=beside, met_only=met_only)
        self._show_rows(here)
        if order is not None or beside is not None:
            self.table.scrollToTop()
            self.table.horizontalScrollBar().setValue(0)

    def _here(self) -> tuple[int, int] | None:
        """The two tags of the cell that the keys are at."""
        here = self.table.currentIndex()
        if not here.isValid():
            return None
        return self.model.tags[here.row()].id, self.model.tags[here.column()].id

    def _show_rows(self, here: tuple[int, int] | None) -> None:
        tags = [tag.id for tag in self.model.tags]
        if tags:
            self._pages.setCurrentWidget(self.table)
        else:
            self._empty.show_emptiness(self._why_empty())
            self._pages.setCurrentWidget(self._empty)
        if here is not None and here[0] in tags and here[1] in tags:
            cell = self.model.index(tags.index(here[0]), tags.index(here[1]))
            self.table.setCurrentIndex(cell)
        self._show_order()
        self._say_count()
        self._say_cell()

    def _why_empty(self) -> Emptiness:
        leave = (("together.leave", self.tr("Back to the documents")),)
        if not self.model.found.tags:
            return Emptiness(
                self.tr("No tags to compare"),
                self.tr("Press T on a document and type a word: that makes a tag."),
                leave,
            )
        what = (
            self.tr("No highlight carries two of these tags.")
            if self.model.found.unit is Unit.HIGHLIGHTS
            else self.tr("No document carries two of these tags.")
        )
        return Emptiness(self.tr("None occur together"), what, leave)

    def _show_order(self) -> None:
        model = self.model
        self._orders[model.order].setChecked(True)
        words = self.tr(ORDERS[model.order])
        beside = model.tree.by_id.get(model.beside or 0)
        if beside is not None:
            words = self.tr("By “{0}”").format(beside.name)
        self.order.setText(f"{words} ▾")
        self.order.setAccessibleName(self.tr("Order: {0}").format(words))

    def _say_count(self) -> None:
        shown, counted, of = len(self.model.tags), len(self.model.found.tags), self._scope.of
        words = self.tr("1 tag") if shown == 1 else self.tr("{0} tags").format(f"{shown:,}")
        if shown != counted:
            words = self.tr("{0} of {1} tags occur with another").format(
                f"{shown:,}", f"{counted:,}"
            )
        if of > counted:
            words += self.tr(" · the {0} most used of {1}").format(f"{counted:,}", f"{of:,}")
        pairs = len(self.model.found.pairs)
        if pairs:
            words += self.tr(" · 1 pair") if pairs == 1 else f" · {pairs:,} pairs"
        self._set(self._count, words)

    def _say_cell(self) -> None:
        here = self.table.currentIndex()
        if here.isValid() and here.row() < len(self.model.tags) > here.column():
            about = self.model.about(here.row(), here.column())
            some = self.model.count(here.row(), here.column())
            words = f"{about}. " + (self.tr("Enter opens them.") if some else "")
        else:
            words = self.tr(
                "Enter or a double click opens what a cell counts; a click on a name puts first"
                " what occurs with it, P opens the page of the tag of the row."
            )
        self._set(self._cell, words.strip())

    def _set(self, label: QLabel, words: str) -> None:
        label.setText(words)
        label.setAccessibleDescription(words)

    # What is asked for.

    def _orderer(self, order: TableOrder) -> object:
        return lambda _checked=False: self._arrange(order=order)

    def _on_which(self, _row: int) -> None:
        chosen = self.which.currentData()
        if chosen == _CHOSEN:
            self.tags_asked.emit()
        else:
            self.wanted.emit({"collection": chosen, "chosen": frozenset()})

    def _on_unit(self) -> None:
        unit = Unit.HIGHLIGHTS if self.highlights.isChecked() else Unit.DOCUMENTS
        self.wanted.emit({"unit": unit})
