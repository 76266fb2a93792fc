"""Read kept originals again with the readers of today: of all documents, or of the chosen ones."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.dialogs.parts import close_box, open_at
from desktop_app.ui.models.read_again import DOCUMENT, OUTCOME, REASON, ReadRow, ReadTable
from desktop_app.ui.models.tags import documents_in_words
from desktop_app.ui.panes.fields import label
from desktop_app.ui.panes.plain_table import PlainTable

_WHAT = (
    "A newer Postil may read files better than the one that imported them. The kept originals are "
    "read again; what you set by hand, tags and the place where you stopped reading stay, and a "
    "document that can no longer be read keeps the text that it has."
)
_EMPTY = "What changed, and what could not be read, is listed here at the end."


class ReadAgainDialog(QDialog):
    """The choice, how far it has come, and what came of it. Not modal, and may be closed."""

    start_asked = Signal(bool)  # True: only the chosen documents
    stop_asked = Signal()
    document_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Read the originals again")
        what = label(_WHAT, "muted", self)
        what.setWordWrap(True)
        self._all = QRadioButton(self)
        self._chosen = QRadioButton(self)
        self._all.setChecked(True)
        self._start = QPushButton("Read again", self)
        self._start.setProperty("kind", "primary")
        self._stop = QPushButton("Stop", self)
        self._bar = QProgressBar(self)
        self._bar.setAccessibleName("How far the reading has come")
        self._bar.setTextVisible(False)
        self._said = label("", "", self)
        self._said.setWordWrap(True)
        self._table = ReadTable(self)
        self._view = PlainTable(
            self._table,
            "What came of each document",
            self,
            wide=DOCUMENT,
            widths={OUTCOME: 24, REASON: 44},
        )
        self._empty = label(_EMPTY, "muted", self)
        self._empty.setWordWrap(True)
        self._place(what)
        self._start.clicked.connect(lambda: self.start_asked.emit(self._chosen.isChecked()))
        self._stop.clicked.connect(self._ask_to_stop)
        self._view.activated.connect(self._open)
        self._running = False
        self._refresh()

    def _place(self, what: QWidget) -> None:
        choice = QHBoxLayout()
        choice.setSpacing(16)
        choice.addWidget(self._all)
        choice.addWidget(self._chosen)
        choice.addStretch(1)
        choice.addWidget(self._start)
        choice.addWidget(self._stop)
        close = close_box(self)
        close.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(what)
        column.addLayout(choice)
        column.addWidget(self._bar)
        column.addWidget(self._said)
        column.addWidget(self._view, 1)
        column.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(close)
        open_at(self, 720, 400)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)

    def offer(self, everything: int, chosen: int) -> None:
        """Offer to read all documents or the chosen ones; the numbers are of documents."""
        self._all.setText(f"All {documents_in_words(everything)}")
        self._chosen.setText(
            f"The {documents_in_words(chosen)} chosen" if chosen else "The chosen documents"
        )
        self._chosen.setEnabled(chosen > 0)
        if not chosen:
            self._all.setChecked(True)
        self._refresh()

    def begin(self) -> None:
        """The reading has begun."""
        self._running = True
        self._table.set_rows(())
        self._stop.setEnabled(True)
        self._bar.setRange(0, 0)
        self._said.setText("Reading…")
        self._refresh()

    def set_progress(self, done: int, of: int, words: str) -> None:
        """Say how far it has come."""
        self._bar.setRange(0, max(1, of))
        self._bar.setValue(done)
        if self._stop.isEnabled():
            self._said.setText(words)

    def finish(self, words: str, rows: Sequence[ReadRow]) -> None:
        """Say what came of it."""
        self._running = False
        self._said.setText(words)
        self._table.set_rows(rows)
        self._refresh()

    def _refresh(self) -> None:
        self._start.setVisible(not self._running)
        self._stop.setVisible(self._running)
        self._bar.setVisible(self._running)
        for choice in (self._all, self._chosen):
            choice.setVisible(not self._running)
        self._said.setVisible(bool(self._said.text()))
        some = self._table.rowCount() > 0
        self._view.setVisible(some)
        self._empty.setVisible(not some)
        self._empty.setText("" if self._said.text() else _EMPTY)

    def _ask_to_stop(self) -> None:
        self._stop.setEnabled(False)
        self._said.setText("Stopping: what has been read stays.")
        self.stop_asked.emit()

    def _open(self, index: QModelIndex) -> None:
        self.document_chosen.emit(self._table.row_at(index.row()).document)
