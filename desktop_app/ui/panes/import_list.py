"""What became of each file of an import, while it runs and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.errors import DiskTrouble
from desktop_app.library.outcomes import Outcome, OutcomeKind, Progress
from desktop_app.ui.icons import icon
from desktop_app.ui.models.import_outcomes import KIND_WORDS, OutcomeModel
from desktop_app.ui.panes.fields import label
from desktop_app.ui.panes.flow import FlowLayout
from desktop_app.ui.panes.sidebar_painting import row_height


class ImportList(QFrame):
    """The table of outcomes with its filters, and what can be done about the refused ones."""

    retry_asked = Signal(list)  # the paths, as text
    stop_asked = Signal()
    document_chosen = Signal(int)
    problem = Signal(object)  # a Problem: the list could not be saved
    saved = Signal(str)  # where the list was saved
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "list")
        self.setAccessibleName("Import")
        self._model = OutcomeModel(self)
        self._heading = label("Import", "title", self)
        self._said = label("", "muted", self)
        self._said.setWordWrap(True)
        self._bar = QProgressBar(self)
        self._bar.setAccessibleName("Import progress")
        self._bar.setTextVisible(False)
        self._stop = QPushButton(icon("stop"), "Stop", self)
        self._retry = QPushButton(icon("retry"), "Retry refused", self)
        self._save = QPushButton(icon("save"), "Save as CSV…", self)
        self._close = QToolButton(self)
        self._close.setIcon(icon("close"))
        self._close.setAccessibleName("Close the list of the import")
        self._filters = QButtonGroup(self)
        self._filter_row = QWidget(self)
        self._empty = label(
            "Nothing imported yet. Drop files or a folder on the window, and each file's outcome "
            "stands here.",
            "muted",
            self,
        )
        self._empty.setWordWrap(True)
        self._table = QTableView(self)
        self._make_filters()
        self._make_table()
        self._place()
        self._connect()
        self._running = False
        self._since: Counter[OutcomeKind] = Counter()  # of the import that runs or ran last
        self._refresh()

    def _make_filters(self) -> None:
        row = FlowLayout(self._filter_row)
        self._kinds: list[tuple[OutcomeKind | None, QToolButton]] = []
        for kind in (None, *OutcomeKind):
            button = QToolButton(self._filter_row)
            button.setProperty("kind", "choice")
            button.setCheckable(True)
            self._filters.addButton(button)
            self._kinds.append((kind, button))
            row.add(button)
        self._kinds[0][1].setChecked(True)

    def _make_table(self) -> None:
        table = self._table
        table.setModel(self._model)
        table.setAccessibleName("Outcome of each file")
        table.setProperty("surface", "list")
        table.setFrameShape(QTableView.Shape.NoFrame)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(row_height(table.fontMetrics()))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        letters = table.fontMetrics().averageCharWidth()
        for column, width in enumerate((18, 40, 52)):
            table.setColumnWidth(column, letters * width)
        header.setStretchLastSection(True)

    def _place(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._heading)
        top.addWidget(self._said, 1)
        for button in (self._stop, self._retry, self._save, self._close):
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 8, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._bar)
        column.addWidget(self._filter_row)
        column.addWidget(self._empty)
        column.addWidget(self._table, 1)

    def _connect(self) -> None:
        self._filters.buttonClicked.connect(self._filter)
        self._stop.clicked.connect(self._ask_to_stop)
        self._retry.clicked.connect(self._ask_to_retry)
        self._save.clicked.connect(self._ask_where_to_save)
        self._close.clicked.connect(self.closed)
        self._table.activated.connect(self._open)
        self._table.doubleClicked.connect(self._open)

    @property
    def refused_count(self) -> int:
        """How many files were refused."""
        return self._model.count(OutcomeKind.REFUSED)

    def begin(self) -> None:
        """An import begins; outcomes of earlier ones stay."""
        self._running = True
        self._since.clear()
        self._stop.setEnabled(True)
        self._said.setText("Looking for files…")
        self._bar.setRange(0, 0)
        self._refresh()

    def add_outcome(self, outcome: Outcome) -> None:
        """Take in one outcome."""
        self.add_outcomes((outcome,))

    def add_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """Take in outcomes; the last row stays in view where it was."""
        bar = self._table.verticalScrollBar()
        at_end = bar.value() >= bar.maximum()
        self._model.add(outcomes)
        self._since.update(outcome.kind for outcome in outcomes)
        if at_end:
            self._table.scrollToBottom()
        self._refresh()

    def set_progress(self, progress: Progress) -> None:
        """Say how far the import has come; news of one that has ended come too late."""
        if not self._running:
            return
        self._bar.setRange(0, max(1, progress.found) if not progress.counting else 0)
        self._bar.setValue(progress.done)
        self._said.setText(progress_in_words(progress))

    def finish(self, *, stopped: bool = False) -> None:
        """The import has ended, or was stopped before its end; say what it came to."""
        self._running = False
        self._said.setText(ended_in_words(self._since, stopped=stopped))
        self._refresh()

    def clear(self) -> None:
        """Forget all outcomes."""
        self._model.clear()
        self._said.clear()
        self._refresh()

    def save(self, path: Path) -> None:
        """Write all outcomes to a file."""
        try:
            # The mark at the beginning is how spreadsheets know UTF-8.
            path.write_text(self._model.as_csv(), "utf-8-sig", newline="")
        except OSError as error:
            why = error.strerror or str(error)
            self.problem.emit(
                DiskTrouble(
                    f"The list could not be saved as “{path.name}”: {why}.",
                    "The import is not touched by that; choose another place.",
                )
            )
            return
        self.saved.emit(str(path))

    def _refresh(self) -> None:
        model = self._model
        for kind, button in self._kinds:
            count = model.total if kind is None else model.count(kind)
            name = "All" if kind is None else KIND_WORDS[kind]
            button.setText(f"{name} {count:,}")
            button.setEnabled(bool(count) or kind is None or button.isChecked())
        some = bool(model.total)
        self._stop.setVisible(self._running)
        self._bar.setVisible(self._running)
        self._retry.setVisible(not self._running and self.refused_count > 0)
        self._save.setEnabled(some)
        self._filter_row.setVisible(some)
        self._table.setVisible(some)
        self._empty.setVisible(not some and not self._running)

    def _filter(self, button: QWidget) -> None:
        kind = next(kind for kind, one in self._kinds if one is button)
        self._model.show_kind(kind)

    def _open(self, index: QModelIndex) -> None:
        outcome = self._model.outcome_at(index)
        if outcome.document is not None:
            self.document_chosen.emit(outcome.document)

    def _ask_to_stop(self) -> None:
        self._stop.setEnabled(False)
        self._said.setText("Stopping: what is begun is finished first.")
        self.stop_asked.emit()

    def _ask_to_retry(self) -> None:
        self.retry_asked.emit(self._model.refused())

    def _ask_where_to_save(self) -> None:
        dialog = QFileDialog(self, "Save the list", "", "Table (*.csv)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile("postil import.csv")
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()


def progress_in_words(progress: Progress) -> str:
    """Say how far an import has come: count, rate, time left."""
    found = f"{progress.found:,}" + (" or more" if progress.counting else "")
    parts = [f"{progress.done:,} of {found}"]
    if progress.rate >= 1:
        parts.append(f"{progress.rate:,.0f} a second")
    if progress.left_s is not None and not progress.counting:
        parts.append(f"{time_in_words(progress.left_s)} left")
    return " · ".join(parts)


def ended_in_words(counts: Mapping[OutcomeKind, int], *, stopped: bool) -> str:
    """Say what an import came to."""
    warnings = counts.get(OutcomeKind.WARNING, 0)
    parts = [f"{counts.get(OutcomeKind.IMPORTED, 0) + warnings:,} imported"]
    if known := counts.get(OutcomeKind.KNOWN, 0):
        parts.append(f"{known:,} already here")
    if warnings:
        parts.append(f"{warnings:,} with a warning")
    if refused := counts.get(OutcomeKind.REFUSED, 0):
        parts.append(f"{refused:,} refused")
    said = ", ".join(parts)
    return f"Stopped: {said}. Import the same again to go on." if stopped else f"Done: {said}."


def time_in_words(seconds: float) -> str:
    """Say how long something takes, roughly."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{round(minutes / 60)} h"
