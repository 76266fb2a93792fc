"""What became of each file of an import, while it runs and after; the newest imports beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
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

from desktop_app.library.outcomes import OutcomeKind, Progress
from desktop_app.ui.look.icons import icon
from desktop_app.ui.models.import_outcomes import OutcomeModel, Row
from desktop_app.ui.models.import_runs import RunEntry, ended_in_words, progress_in_words
from desktop_app.ui.panes.fields import OneLine, label
from desktop_app.ui.panes.import_filters import ImportFilters
from desktop_app.ui.panes.import_history import ImportHistory
from desktop_app.ui.panes.import_table import ImportTable

_HISTORY_WIDTH = 200
_ROOM_FOR_HISTORY = 90  # letters
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
        self._ended = "Done"  # how the import ended that ran last, until it has an entry
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
        self._which = QToolButton(self)  # stands for the history where there is no room for it
        self._which.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._which.setToolTip("Show another import")
        self._which.setMenu(QMenu(self._which))
        self._outcomes = QWidget(self)
        self._filters = ImportFilters(self._outcomes)
        self._empty = label(_EMPTY, "muted", self._outcomes)
        self._empty.setWordWrap(True)
        self._empty.setIndent(10)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._table = ImportTable(self._model, self._outcomes)
        self._filters.add_actions((self._table.open_action, self._table.folder_action))
        self._place()
        self._connect()
        self._refresh()

    def _button(self, sign: str, text: str) -> QPushButton:
        return QPushButton(icon(sign), text, self)

    def _place(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 8, 6)
        top.setSpacing(8)
        top.addWidget(label("Import", "title", self))
        top.addWidget(self._which)
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

    def _connect(self) -> None:
        self._filters.changed.connect(self._filter)
        self._stop.clicked.connect(self._ask_to_stop)
        self._resume.clicked.connect(self._ask_to_resume)
        self._dismiss.clicked.connect(self._ask_to_dismiss)
        self._retry.clicked.connect(self._ask_to_retry)
        self._save.clicked.connect(self._ask_where_to_save)
        self._close.clicked.connect(self.closed)
        self._table.document_chosen.connect(self.document_chosen)
        self._table.folder_asked.connect(self.folder_asked)
        self._table.retry_asked.connect(self.retry_asked)
        self._table.said.connect(self.said)
        self._table.chosen_changed.connect(self._refresh_retry)
        self._history.run_chosen.connect(self.run_chosen)
        self._which.menu().aboutToShow.connect(self._list_imports)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_history()

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

    def clear(self) -> None:
        """Show that nothing was imported yet."""
        self._running, self._entry = False, None
        self._model.show(())
        self._refresh()

    def begin(self, said: str = "Looking for files…") -> None:
        """Show an import that has begun; its outcomes come. said: what it does first."""
        self._running = True
        self._entry = None
        self._stop.setEnabled(True)
        self._said.setText(said)
        self._bar.setRange(0, 0)
        self._refresh()

    def show_run(self, entry: RunEntry, rows: Sequence[Row]) -> None:
        """Show an import of the past, or (id None) the one that runs, with its outcomes so far."""
        self._running = entry.id is None
        self._entry = entry
        self._ended = "Done"
        self._model.show(rows, entry.root)
        self._filters.everything_if_none(self._model.counts)
        if self._running:
            self._said.setText("")
        self._refresh()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Put outcomes in the place of those that are shown, of the same import."""
        self._model.show(rows, self._entry.root if self._entry is not None else "")
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

    def finish(self, word: str = "Done") -> None:
        """The import has ended, or was stopped before its end. word: how it ended."""
        self._running = False
        self._entry = None
        self._ended = word
        self._refresh()

    def save(self, path: Path) -> None:
        """Ask for all outcomes to be written to a file."""
        self.save_asked.emit(path, self._model.rows)

    def _refresh(self) -> None:
        keys = self.window().focusWidget()
        self._show_what_there_is()
        if keys is self or (keys is not None and self.isAncestorOf(keys) and keys.isHidden()):
            # They would go to what stands next to it, the button that closes all of this.
            (self if self._table.isHidden() else self._table).setFocus()

    def _show_what_there_is(self) -> None:
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
        self._show_history()
        if not self._running:
            trouble = self._entry.trouble if self._entry is not None else ""
            word = trouble or ("Not finished" if unfinished else self._ended)
            self._said.setText(ended_in_words(counts, word=word) if some or ":" in word else "")
        self._empty.setText(_EMPTY if self._entry is None and not self._running else "No file yet.")
        self._table.let_retry(self._can_retry)

    def _show_history(self) -> None:
        """Show the list of imports where there is one, and room for it."""
        room = self.fontMetrics().averageCharWidth() * _ROOM_FOR_HISTORY
        some = self._history.count() > 0
        self._history.setVisible(some and self.width() >= room)
        self._which.setVisible(some and self.width() < room)
        self._which.setText(f"{self._entry.when if self._entry else 'Now'} ▾")

    def _list_imports(self) -> None:
        menu = self._which.menu()
        menu.clear()
        for row in range(self._history.count()):
            action = menu.addAction(self._history.item(row).text().replace("\n", "   "))
            action.triggered.connect(
                lambda _checked=False, chosen=row: self._history.setCurrentRow(chosen)
            )

    def _refresh_retry(self) -> None:
        refused = len(self._table.refused_chosen())
        chosen = "Retry chosen" if refused == 1 else f"Retry {refused:,} chosen"
        self._retry.setText(chosen if refused else f"Retry {self.refused_count:,} refused")
        self._retry.setVisible(self._can_retry and self.refused_count > 0)

    @property
    def _can_retry(self) -> bool:
        return not self._running and not self._read_only

    # What is asked for.

    def _filter(self, kind: OutcomeKind | None, text: str) -> None:
        self._model.filter(kind, text)
        # What was refused has no title, and a reason that is worth its room.
        self._table.show_titles(kind is not OutcomeKind.REFUSED)
        self._filters.show_found(self._model.rowCount() if kind or text.strip() else None)

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
        self.retry_asked.emit(self._table.refused_chosen() or self._model.refused())

    def _ask_where_to_save(self) -> None:
        dialog = QFileDialog(self, "Save the list", "", "Table (*.csv)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile("postil import.csv")
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()
