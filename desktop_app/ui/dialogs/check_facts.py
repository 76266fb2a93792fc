"""The facts that files and texts propose, beside what stands in the library, to be accepted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.model import FactName
from desktop_app.library.commands import AcceptFacts
from desktop_app.ui.dialogs.parts import close_box, open_at
from desktop_app.ui.look.icons import icon
from desktop_app.ui.models.fact_rows import FactRow
from desktop_app.ui.models.fact_table import (
    DOCUMENT,
    FACT,
    FROM,
    NOW,
    PROPOSED,
    SURENESS,
    TICK,
    FactTable,
    Show,
)
from desktop_app.ui.panes.fact_texts import WORDS
from desktop_app.ui.panes.fields import label
from desktop_app.ui.panes.plain_table import PlainTable

_WHAT = (
    "What the files and their first lines say of themselves. A fact that you accept is yours: "
    "nothing automatic changes it any more. Undo takes the whole step back."
)


class CheckFactsDialog(QDialog):
    """The table with its filters; what is ticked is accepted in one step. Not modal."""

    command = Signal(object)
    document_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Check facts")
        self._table = FactTable(self)
        self._what = label(_WHAT, "muted", self)
        self._what.setWordWrap(True)
        self._fact = QComboBox(self)
        for named in (self._fact, self._fact.view()):
            named.setAccessibleName("Which fact is shown")
        self._fact.addItems(["All facts", *(WORDS[fact].name for fact in FactName)])
        self._group = QButtonGroup(self)
        self._shows: dict[QToolButton, Show] = {}
        for show in Show:
            button = QToolButton(self)
            button.setProperty("kind", "choice")
            button.setCheckable(True)
            self._group.addButton(button)
            self._shows[button] = show
        next(iter(self._shows)).setChecked(True)
        self._all = self._link("Tick all")
        self._none = self._link("Untick all")
        self._view = PlainTable(
            self._table,
            "Proposed facts",
            self,
            wide=PROPOSED,
            widths={TICK: 5, DOCUMENT: 28, FACT: 12, NOW: 30, FROM: 24, SURENESS: 11},
        )
        self._other = QPushButton("Other proposals…", self)
        self._said = label("", "muted", self)
        self._accept = QPushButton("Accept", self)
        self._accept.setProperty("kind", "primary")
        self._empty = label("", "muted", self)
        self._empty.setWordWrap(True)
        self._place()
        self._connect()
        self._refresh()

    def _link(self, text: str) -> QPushButton:
        made = QPushButton(text, self)
        made.setProperty("kind", "link")
        return made

    def _place(self) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(8)
        filters.addWidget(self._fact)
        for button in self._shows:
            filters.addWidget(button)
        filters.addStretch(1)
        filters.addWidget(self._all)
        filters.addWidget(self._none)
        buttons = close_box(self)
        buttons.addButton(self._accept, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.close)
        bottom = QHBoxLayout()
        bottom.addWidget(self._other)
        bottom.addWidget(self._said, 1)
        bottom.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(self._what)
        column.addLayout(filters)
        column.addWidget(self._view, 1)
        column.addWidget(self._empty, 1)
        column.addLayout(bottom)
        open_at(self, 1120, 620)
        for each in self.findChildren(QPushButton):
            each.setAutoDefault(False)

    def _connect(self) -> None:
        self._fact.currentIndexChanged.connect(self._filter)
        self._group.buttonClicked.connect(self._filter)
        self._all.clicked.connect(lambda: self._table.tick_shown(True))
        self._none.clicked.connect(lambda: self._table.tick_shown(False))
        self._accept.clicked.connect(self._accept_ticked)
        self._other.clicked.connect(self._offer_others_of_current)
        self._table.ticked_changed.connect(self._refresh_count)
        self._view.selectionModel().selectionChanged.connect(self._refresh_chosen)
        self._view.doubleClicked.connect(self._on_double_click)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._view.customContextMenuRequested.connect(self._show_menu)
        toggle = QAction("Tick or untick", self._view)
        toggle.setShortcut(QKeySequence("Space"))
        toggle.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        toggle.triggered.connect(self._toggle_chosen)
        self._view.addAction(toggle)

    def set_rows(self, rows: Sequence[FactRow], *, keep: bool = False) -> None:
        """Show what is proposed. keep: for the same documents again; ticks stay where they were."""
        top = self._view.verticalScrollBar().value() if keep else 0
        self._table.set_rows(rows, keep=keep)
        self._view.verticalScrollBar().setValue(top)
        self._refresh()

    def show_waiting(self) -> None:
        """Say that the facts are being looked up."""
        self._table.set_rows(())
        self._refresh()
        self._empty.setText("Looking up what is proposed…")

    def _filter(self) -> None:
        self._table.filter(self._fact_shown(), self._shown())
        self._refresh()

    def _fact_shown(self) -> FactName | None:
        place = self._fact.currentIndex()
        return None if place <= 0 else tuple(FactName)[place - 1]

    def _shown(self) -> Show:
        return next(show for button, show in self._shows.items() if button.isChecked())

    def _refresh(self) -> None:
        for button, show in self._shows.items():
            button.setText(f"{show.value} {self._table.count(show):,}")
        some = self._table.rowCount() > 0
        self._view.setVisible(some)
        self._empty.setVisible(not some)
        self._all.setEnabled(some)
        self._none.setEnabled(some)
        if not some:
            self._empty.setText(
                "Nothing of this sort is proposed."
                if self._table.count(Show.ALL) or self._fact_shown() is not None
                else "The files of these documents and their texts propose nothing."
            )
        self._refresh_count()
        self._refresh_chosen()

    def _refresh_count(self) -> None:
        ticked = self._table.ticked
        self._accept.setText(f"Accept {ticked:,} facts" if ticked != 1 else "Accept 1 fact")
        self._accept.setEnabled(ticked > 0)
        hidden = "" if self._table.rowCount() == self._table.count(Show.ALL) else ", shown or not"
        self._said.setText(f"{ticked:,} ticked{hidden}" if ticked else "Nothing is ticked")

    def _refresh_chosen(self) -> None:
        row = self._current()
        self._other.setEnabled(row is not None and len(self._table.row_at(row).offers) > 1)

    def _current(self) -> int | None:
        chosen = list(self._view.chosen_rows())
        return chosen[0][0] if len(chosen) == 1 and chosen[0][0] == chosen[0][1] else None

    def _toggle_chosen(self) -> None:
        rows = [n for first, last in self._view.chosen_rows() for n in range(first, last + 1)]
        if rows:
            self._table.tick(rows, not all(self._table.is_ticked(row) for row in rows))

    def _accept_ticked(self) -> None:
        choices = self._table.accepted()
        if choices:
            self.command.emit(AcceptFacts(tuple(choices)))

    def _on_double_click(self, index: QModelIndex) -> None:
        if index.column() == PROPOSED and len(self._table.row_at(index.row()).offers) > 1:
            self._offer_others(index.row())
        elif index.column() != TICK:
            self.document_chosen.emit(self._table.row_at(index.row()).document)

    def _offer_others_of_current(self) -> None:
        row = self._current()
        if row is not None:
            self._offer_others(row)

    def _offer_others(self, row: int) -> None:
        area = self._view.visualRect(self._table.index(row, PROPOSED))
        menu = QMenu(self)
        self._add_offers(menu, row)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._view.viewport().mapToGlobal(area.bottomLeft()))

    def _add_offers(self, menu: QMenu, row: int) -> None:
        for number, offer in enumerate(self._table.row_at(row).offers):
            text = f"{offer.text}   ({offer.place}, {offer.sureness})".replace("&", "&&")
            action = menu.addAction(text)
            action.triggered.connect(
                lambda _checked=False, chosen=number: self._table.choose(row, chosen)
            )

    def _show_menu(self, point: QPoint) -> None:
        index = self._view.indexAt(point)
        if not index.isValid():
            return
        row = self._table.row_at(index.row())
        menu = QMenu(self)
        self._add_offers(menu, index.row())
        menu.addSeparator()
        opened = menu.addAction(icon("reading"), "Open the document")
        opened.triggered.connect(lambda: self.document_chosen.emit(row.document))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._view.viewport().mapToGlobal(point))
