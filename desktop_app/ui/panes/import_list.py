"""What became of each file of an import, while it runs and after; the newest imports beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.library.outcomes import Outcome, OutcomeKind, Progress
from desktop_app.ui.icons import icon
from desktop_app.ui.models.import_outcomes import FILE, OUTCOME, REASON, TITLE, OutcomeModel, Row
from desktop_app.ui.models.import_runs import RunEntry, ended_in_words, progress_in_words
from desktop_app.ui.panes.fields import OneLine, label
from desktop_app.ui.panes.import_filters import ImportFilters
from desktop_app.ui.panes.import_history import ImportHistory
from desktop_app.ui.panes.plain_table import PlainTable

_HISTORY_WIDTH = 200
_SETTLE_MS = 80
_EMPTY = (
    "Nothing imported yet. Drop files or a folder on the window, and each file’s outcome stands "
    "here."
)


class ImportList(QFrame):
    """The outcomes of one import with its filters, and what can be done about them."""

    run_chosen = Signal(object)  # the RunEntry whose outcomes are to be shown
    retry_asked = Signal(list)  # the paths, as text
    stop_asked = Signal()
    resume_asked = Signal(int)  # the id of an import
    dismiss_asked = Signal(int)
    document_chosen = Signal(int)
    folder_asked = Signal(str)  # the path of the file whose folder is to be shown
    save_asked = Signal(object, object)  # the Path, the rows
    said = Signal(str)  # what was done, in a sentence
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "list")
        self.setAccessibleName("Import")
        self._running = False
        self._read_only = False
        self._entry: RunEntry | None = None
        self._title_width = 0
        self._model = OutcomeModel(self)
        self._said = OneLine("muted", self)
        self._bar = QProgressBar(self)
        self._bar.setAccessibleName("Import progress")
        self._bar.setTextVisible(False)
        self._stop = self._button("stop", "Stop")
        self._resume = self._button("retry", "Resume")
        self._dismiss = self._button("check", "Dismiss")
        self._retry = self._button("retry", "Retry refused")
        self._save = self._button("save", "Save as CSV…")
        self._close = QToolButton(self)
        self._close.setIcon(icon("close"))
        self._close.setAccessibleName("Close the list of the import")
        self._close.setToolTip("Close")
        self._history = ImportHistory(self)
        self._outcomes = QWidget(self)
        self._filters = ImportFilters(self._outcomes)
        self._empty = label(_EMPTY, "muted", self._outcomes)
        self._empty.setWordWrap(True)
        self._empty.setIndent(10)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._table = PlainTable(
            self._model,
            "Outcome of each file",
            self._outcomes,
            wide=FILE,
            widths={OUTCOME: 17, TITLE: 32, REASON: 40},
            paths=frozenset([FILE]),
        )
        self._chosen_soon = QTimer(self)
        self._chosen_soon.setSingleShot(True)
        self._chosen_soon.setInterval(_SETTLE_MS)
        self._place()
        self._make_actions()
        self._connect()
        self._refresh()

    def _button(self, sign: str, text: str) -> QPushButton:
        return QPushButton(icon(sign), text, self)

    def _place(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 8, 6)
        top.setSpacing(8)
        top.addWidget(label("Import", "title", self))
        top.addWidget(self._said, 1)
        for button in (self._stop, self._resume, self._dismiss, self._retry, self._save):
            top.addWidget(button)
        top.addWidget(self._close)
        right = QVBoxLayout(self._outcomes)
        right.setContentsMargins(0, 8, 8, 0)
        right.setSpacing(6)
        right.addWidget(self._filters)
        right.addWidget(self._empty, 1)
        right.addWidget(self._table, 1)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._history)
        self._split.addWidget(self._outcomes)
        self._split.setStretchFactor(0, 0)
        self._split.setStretchFactor(1, 1)
        letters = self.fontMetrics().averageCharWidth()
        width = max(_HISTORY_WIDTH, letters * 28)
        self._history.setMinimumWidth(letters * 18)
        self._split.setSizes([width, 4 * width])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._bar)
        column.addWidget(self._split, 1)

    def _make_actions(self) -> None:
        self._open_action = self._action("Open the document", "reading", self._open_chosen)
        self._folder_action = self._action("Show in folder", "folder", self._show_folder)
        self._copy_action = self._action("Copy path", "copy", self._copy_paths)
        self._copy_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        self._retry_action = self._action("Retry", "retry", self._ask_to_retry)
        for action in self._table.actions():
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._filters.add_actions((self._open_action, self._folder_action))

    def _action(self, text: str, sign: str, slot: Callable[[], None]) -> QAction:
        made = QAction(icon(sign), text, self._table)
        made.triggered.connect(slot)
        self._table.addAction(made)
        return made

    def _connect(self) -> None:
        self._filters.changed.connect(self._filter)
        self._stop.clicked.connect(self._ask_to_stop)
        self._resume.clicked.connect(self._ask_to_resume)
        self._dismiss.clicked.connect(self._ask_to_dismiss)
        self._retry.clicked.connect(self._ask_to_retry)
        self._save.clicked.connect(self._ask_where_to_save)
        self._close.clicked.connect(self.closed)
        self._table.activated.connect(self._open)
        self._table.customContextMenuRequested.connect(self._show_menu)
        self._table.selectionModel().selectionChanged.connect(self._chosen_soon.start)
        self._chosen_soon.timeout.connect(self._refresh_chosen)
        self._history.run_chosen.connect(self.run_chosen)

    # What is shown.

    @property
    def rows(self) -> Sequence[Row]:
        """The outcomes of the shown import, whatever the filters leave of them."""
        return self._model.rows

    @property
    def refused_count(self) -> int:
        """How many files of the shown import were refused."""
        return self._model.counts.get(OutcomeKind.REFUSED, 0)

    def set_read_only(self, read_only: bool) -> None:
        """Offer nothing that would change the library."""
        self._read_only = read_only
        self._refresh()

    def set_runs(self, entries: Sequence[RunEntry], chosen: int | None) -> None:
        """Show which imports there are; chosen: the id of the one whose outcomes are shown."""
        self._history.set_runs(entries, chosen)
        if (entry := self._history.chosen) is not None and not self._running:
            self._entry = entry
        self._refresh()

    def begin(self) -> None:
        """Show an import that has begun; its outcomes come."""
        self._running = True
        self._entry = None
        self._stop.setEnabled(True)
        self._said.setText("Looking for files…")
        self._bar.setRange(0, 0)
        self._refresh()

    def show_run(self, entry: RunEntry, rows: Sequence[Row]) -> None:
        """Show an import of the past, or (id None) the one that runs, with its outcomes so far."""
        self._running = entry.id is None
        self._entry = entry
        self._model.show(rows, entry.root)
        self._filters.everything_if_none(self._model.counts)
        if self._running:
            self._said.setText("")
        self._refresh()

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Take in outcomes; the last row stays in view where it was."""
        bar = self._table.verticalScrollBar()
        at_end = bar.value() >= bar.maximum()
        self._model.add(rows)
        if at_end:
            self._table.scrollToBottom()
        self._refresh()

    def set_progress(self, progress: Progress) -> None:
        """Say how far the import has come; news of one that has ended come too late."""
        if not self._running:
            return
        self._bar.setRange(0, max(1, progress.found) if not progress.counting else 0)
        self._bar.setValue(progress.done)
        if self._stop.isEnabled():
            self._said.setText(progress_in_words(progress))

    def finish(self) -> None:
        """The import has ended, or was stopped before its end."""
        self._running = False
        self._refresh()

    def save(self, path: Path) -> None:
        """Ask for all outcomes to be written to a file."""
        self.save_asked.emit(path, self._model.rows)

    def _refresh(self) -> None:
        counts, some = self._model.counts, bool(self._model.total)
        self._filters.set_counts(counts)
        unfinished = self._entry is not None and self._entry.unfinished and not self._running
        self._stop.setVisible(self._running)
        self._bar.setVisible(self._running)
        self._resume.setVisible(unfinished and not self._read_only)
        self._dismiss.setVisible(unfinished and not self._read_only)
        self._save.setEnabled(some)
        self._filters.setVisible(some)
        self._table.setVisible(some)
        self._empty.setVisible(not some)
        self._history.setVisible(self._history.count() > 0)
        if not self._running:
            word = "Not finished" if unfinished else "Done"
            self._said.setText(ended_in_words(counts, word=word) if some else "")
        self._empty.setText(_EMPTY if self._entry is None and not self._running else "No file yet.")
        self._refresh_chosen()

    def _refresh_chosen(self) -> None:
        """Offer what can be done with the rows that are chosen."""
        refused, count = self._refused_chosen(), self._table.chosen_count
        one = self._current()
        self._open_action.setEnabled(one is not None and one.document is not None)
        self._folder_action.setEnabled(one is not None)
        self._copy_action.setEnabled(count > 0)
        self._copy_action.setText("Copy path" if count < 2 else f"Copy {count:,} paths")
        all_refused = self.refused_count
        several = len(refused) > 1
        text = f"Retry {len(refused):,} chosen" if several else "Retry chosen" if refused else ""
        self._retry.setText(text or f"Retry {all_refused:,} refused")
        self._retry.setVisible(not self._running and not self._read_only and all_refused > 0)
        self._retry_action.setText("Retry" if not several else text)
        self._retry_action.setEnabled(bool(refused) and not self._running and not self._read_only)

    def _chosen(self) -> list[Outcome]:
        return [
            outcome
            for first, last in self._table.chosen_rows()
            for outcome in self._model.outcomes_at(first, last)
        ]

    def _refused_chosen(self) -> list[str]:
        return [each.path for each in self._chosen() if each.kind is OutcomeKind.REFUSED]

    def _current(self) -> Outcome | None:
        """The outcome that is chosen alone."""
        chosen = self._chosen() if self._table.chosen_count == 1 else []
        return chosen[0] if chosen else None

    # What is asked for.

    def _filter(self, kind: OutcomeKind | None, text: str) -> None:
        self._model.filter(kind, text)
        # What was refused has no title, and a reason that is worth its room.
        refused = kind is OutcomeKind.REFUSED
        if refused != self._table.isColumnHidden(TITLE):
            title = self._table.columnWidth(TITLE) or self._title_width
            reason = self._table.columnWidth(REASON)
            self._title_width = title
            self._table.setColumnHidden(TITLE, refused)
            self._table.setColumnWidth(REASON, reason + title if refused else reason - title)
        self._filters.show_found(self._model.rowCount() if kind or text.strip() else None)
        self._refresh_chosen()

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
        paths = [each.path.encode("utf-8", "replace").decode() for each in self._chosen()]
        if paths:
            QGuiApplication.clipboard().setText("\n".join(paths))
            self.said.emit("Path copied" if len(paths) == 1 else f"{len(paths):,} paths copied")

    def _show_menu(self, point: QPoint) -> None:
        self._refresh_chosen()
        menu = QMenu(self)
        menu.addActions(self._table.actions())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._table.viewport().mapToGlobal(point))

    def _ask_to_stop(self) -> None:
        self._stop.setEnabled(False)
        self._said.setText("Stopping: what is begun is finished first.")
        self.stop_asked.emit()

    def _ask_to_resume(self) -> None:
        if self._entry is not None and self._entry.id is not None:
            self.resume_asked.emit(self._entry.id)

    def _ask_to_dismiss(self) -> None:
        if self._entry is not None and self._entry.id is not None:
            self.dismiss_asked.emit(self._entry.id)

    def _ask_to_retry(self) -> None:
        self.retry_asked.emit(self._refused_chosen() or self._model.refused())

    def _ask_where_to_save(self) -> None:
        dialog = QFileDialog(self, "Save the list", "", "Table (*.csv)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile("postil import.csv")
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()
