"""The rows of an import's outcomes, and what can be done with those that are chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.library.outcomes import Outcome, OutcomeKind
from desktop_app.ui.look.icons import icon
from desktop_app.ui.models.import_outcomes import (
    FILE,
    OUTCOME,
    REASON,
    TITLE,
    OutcomeModel,
    drawable,
)
from desktop_app.ui.panes.plain_table import PlainTable

_SETTLE_MS = 80


class ImportTable(PlainTable):
    """The table. Enter and a double click open a document; a menu offers the rest."""

    document_chosen = Signal(int)
    folder_asked = Signal(str)  # the path of the file whose folder is to be shown
    retry_asked = Signal(list)  # the paths of the chosen files that were refused
    said = Signal(str)  # what was done, in a sentence
    chosen_changed = Signal()

    def __init__(self, model: OutcomeModel, parent: QWidget) -> None:
        super().__init__(
            model,
            "Outcome of each file",
            parent,
            wide=FILE,
            widths={OUTCOME: 17, TITLE: 32, REASON: 40},
            paths=frozenset([FILE]),
        )
        self._model = model
        self._can_retry = False
        self._title_width = self.columnWidth(TITLE)
        self.open_action = self._action("Open the document", "reading", self._open_chosen)
        self.folder_action = self._action("Show in folder", "folder", self._show_folder)
        self.copy_action = self._action("Copy path", "copy", self._copy_paths)
        self.copy_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        self.copy_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.retry_action = self._action("Retry", "retry", self._ask_to_retry)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SETTLE_MS)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.activated.connect(self._open)
        self.customContextMenuRequested.connect(self._show_menu)
        self.selectionModel().selectionChanged.connect(self._soon.start)
        self._soon.timeout.connect(self.look)
        model.modelReset.connect(self._soon.start)
        self.look()

    def _action(self, text: str, sign: str, slot: Callable[[], None]) -> QAction:
        made = QAction(icon(sign), text, self)
        made.triggered.connect(slot)
        self.addAction(made)
        return made

    def let_retry(self, can_retry: bool) -> None:
        """Say whether anything can be imported again now."""
        self._can_retry = can_retry
        self.look()

    def show_titles(self, shown: bool) -> None:
        """Show the column of titles, or give its room to the reasons."""
        if shown != self.isColumnHidden(TITLE):
            return
        reason = self.columnWidth(REASON)
        if not shown:
            self._title_width = self.columnWidth(TITLE)
        self.setColumnHidden(TITLE, not shown)
        more = -self._title_width if shown else self._title_width
        self.setColumnWidth(REASON, reason + more)

    def refused_chosen(self) -> list[str]:
        """The paths of the chosen files that were refused."""
        return [each.path for each in self._chosen() if each.kind is OutcomeKind.REFUSED]

    def look(self) -> None:
        """Offer what can be done with the rows that are chosen."""
        refused, count, one = self.refused_chosen(), self.chosen_count, self._current()
        self.open_action.setEnabled(one is not None and one.document is not None)
        self.folder_action.setEnabled(one is not None)
        self.copy_action.setEnabled(count > 0)
        self.copy_action.setText("Copy path" if count < 2 else f"Copy {count:,} paths")
        self.retry_action.setText("Retry" if len(refused) < 2 else f"Retry {len(refused):,}")
        self.retry_action.setEnabled(bool(refused) and self._can_retry)
        self.chosen_changed.emit()

    def _chosen(self) -> list[Outcome]:
        return [
            outcome
            for first, last in self.chosen_rows()
            for outcome in self._model.outcomes_at(first, last)
        ]

    def _current(self) -> Outcome | None:
        """The outcome that is chosen alone."""
        chosen = self._chosen() if self.chosen_count == 1 else []
        return chosen[0] if chosen else None

    def _open(self, index: QModelIndex) -> None:
        outcome = self._model.outcome_at(index.row())
        if outcome.document is not None:
            self.document_chosen.emit(outcome.document)

    def _open_chosen(self) -> None:
        one = self._current()
        if one is not None and one.document is not None:
            self.document_chosen.emit(one.document)

    def _show_folder(self) -> None:
        one = self._current()
        if one is not None:
            self.folder_asked.emit(one.path)

    def _copy_paths(self) -> None:
        paths = [drawable(each.path) for each in self._chosen()]
        if paths:
            QGuiApplication.clipboard().setText("\n".join(paths))
            self.said.emit("Path copied" if len(paths) == 1 else f"{len(paths):,} paths copied")

    def _ask_to_retry(self) -> None:
        self.retry_asked.emit(self.refused_chosen())

    def _show_menu(self, point: QPoint) -> None:
        self.look()
        menu = QMenu(self)
        menu.addActions(self.actions())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.viewport().mapToGlobal(point))
