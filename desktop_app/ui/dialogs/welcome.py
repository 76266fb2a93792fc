"""The first start: an empty library, or a small one to look around in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.panes.fields import label


class WelcomeDialog(QDialog):
    """Offers three ways to begin. Closing it is the same as starting empty. Not modal."""

    starter_chosen = Signal()
    empty_chosen = Signal()
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Welcome to Postil")
        self._answered = False
        said = label(
            "Postil keeps your articles and reports, shows them as a page that is pleasant to "
            "read, lets you tag them, and finds every place where a thing is said. Nothing ever "
            "leaves this computer.",
            "",
            self,
        )
        said.setWordWrap(True)
        about = label(
            "The starter library is a library of its own: a handful of short documents that are "
            "also the manual. Your own library stays empty beside it. The File menu goes back to "
            "your own, the Help menu opens the starter library again.",
            "muted",
            self,
        )
        about.setWordWrap(True)
        self._starter = QPushButton("Open the starter library", self)
        self._starter.setProperty("kind", "primary")
        self._starter.setDefault(True)
        self._import = QPushButton("Import a folder of my own…", self)
        self._empty = QPushButton("Start empty", self)
        self._busy = label("", "muted", self)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Making the starter library")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label("Welcome to Postil", "title", self))
        for widget in (
            said,
            about,
            self._starter,
            self._import,
            self._empty,
            self._busy,
            self._bar,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self.set_busy("")
        self.setMinimumWidth(440)
        self._starter.setFocus(Qt.FocusReason.OtherFocusReason)
        self._starter.clicked.connect(self._choose_starter)
        self._import.clicked.connect(self._choose_import)
        self._empty.clicked.connect(self.reject)

    def set_busy(self, words: str) -> None:
        """Say what is being made; empty when nothing is."""
        self._busy.setText(words)
        for widget in (self._busy, self._bar):
            widget.setVisible(bool(words))
        for button in (self._starter, self._import, self._empty):
            button.setEnabled(not words)

    def reject(self) -> None:
        """Close; start empty unless another way has been chosen."""
        if not self._answered:
            self._answered = True
            self.empty_chosen.emit()
        super().reject()

    def _choose_starter(self) -> None:
        self._answered = True
        self.starter_chosen.emit()

    def _choose_import(self) -> None:
        self._answered = True
        self.import_asked.emit()
        self.accept()
