"""How surely the highlights of the open document stand: in a line above it, and said when it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.ui.highlights.review_line import ReviewLine
from desktop_app.ui.highlights.standing_words import Standings, standing_in_words, standings_of
from desktop_app.ui.reader.pane import ReaderPane
from desktop_app.ui.reading import Reading
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.core.model import Document

SAY_AFTER_MS = 400  # behind the sentence that says what was done


class StandingNews(QObject):
    """Counts the highlights of the open document whenever they or its text are others."""

    def __init__(
        self, session: Session, reading: Reading, reader: ReaderPane, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._version: tuple[int, str] | None = None  # of the text that is open
        self._to_say = ""
        self.line = ReviewLine(reader)
        reader.add_line(self.line)
        self.saying = QTimer(self)
        self.saying.setSingleShot(True)
        self.saying.setInterval(SAY_AFTER_MS)
        self.saying.timeout.connect(lambda: session.say_also(self._to_say))
        reader.marks_changed.connect(self._show)
        reading.document_changed.connect(self._on_document)

    def _show(self) -> Standings:
        """Say in the line how the highlights stand that are shown; how many stand how."""
        counts = standings_of(self._reader.surface.marks.all)
        self.line.show_counts(counts)
        return counts

    def _on_document(self, document: Document | None) -> None:
        if document is None:
            self._version = None
            self.line.show_counts({})
            return
        before, self._version = self._version, (document.id, document.text_version)
        # The highlights of this text are shown already when it is told that there is another.
        other_text = before != self._version and before is not None and before[0] == document.id
        if other_text and (words := standing_in_words(self._show())):
            self._to_say = words
            self.saying.start()
