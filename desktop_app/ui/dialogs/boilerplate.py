"""What is folded as boilerplate, and what the user said of it: phrases, and lines of sources."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QPushButton, QTabWidget, QVBoxLayout, QWidget

from desktop_app.core.folding import FoldRule, Phrase
from desktop_app.ui.dialogs.boilerplate_phrases import PhrasesPage
from desktop_app.ui.dialogs.boilerplate_sources import SourcesPage
from desktop_app.ui.dialogs.parts import close_box, open_at


class BoilerplateDialog(QDialog):
    """Two pages. Every change can be undone. Not modal."""

    command = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Boilerplate")
        self._pages = QTabWidget(self)
        self._pages.setAccessibleName(self.tr("Boilerplate"))
        self._phrases = PhrasesPage(self._pages)
        self._sources = SourcesPage(self._pages)
        self._pages.addTab(self._phrases, "Phrases")
        self._pages.addTab(self._sources, "Lines of sources")
        close = close_box(self)
        close.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 14)
        column.setSpacing(10)
        column.addWidget(self._pages, 1)
        column.addWidget(close)
        open_at(self, 820, 620)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self._phrases.command.connect(self.command)
        self._sources.command.connect(self.command)

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be changed, for a library that cannot be written."""
        self._pages.setEnabled(not read_only)

    def set_said(self, phrases: Sequence[Phrase], rules: Sequence[FoldRule]) -> None:
        """Show what the user said: phrases of their own or switched off, and lines of sources."""
        self._phrases.set_phrases(phrases)
        self._sources.set_rules(rules)
