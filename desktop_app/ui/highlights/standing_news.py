"""How surely the highlights of the open document stand: in a line above it, and said when it changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.highlights import Highlight
from desktop_app.ui.highlights.review_line import ReviewLine
from desktop_app.ui.highlights.standing_words import standing_in_words, standings_of
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
        self._session = session
        self._reading = reading
        self._version: tuple[int, str] | None = None  # of the text that is open
        self._to_say = ""
        self.line = ReviewLine(reader)
        reader.add_line(self.line)
        self.saying = QTimer(self)
        self.saying.setSingleShot(True)
        self.saying.setInterval(SAY_AFTER_MS)
        self.saying.timeout.connect(lambda: session.say_also(self._to_say))
        session.changed.connect(self._on_changes)
        reading.document_changed.connect(self._on_document)

    def _on_changes(self, changes: Changes) -> None:
        document = self._reading.wanted
        if document is None or not changes.touches(Kind.HIGHLIGHTS, Kind.TEXT):
            return
        if changes.touches(Kind.EVERYTHING) or document in changes.documents:
            self._count(document)

    def _on_document(self, document: Document | None) -> None:
        if document is None:
            self._version = None
            self.line.show_counts({})
            return
        before, self._version = self._version, (document.id, document.text_version)
        if before != self._version:
            self._count(document.id, say=before is not None and before[0] == document.id)

    def _count(self, document: int, *, say: bool = False) -> None:
        """Say in the line how the highlights stand; say: and as news, too."""
        done: Callable[[list[Highlight]], None] = partial(self._counted, document, say)
        self._session.read(lambda library: library.marks.of(document), done)

    def _counted(self, document: int, say: bool, highlights: list[Highlight]) -> None:
        if self._reading.wanted != document:
            return
        counts = standings_of(highlights)
        self.line.show_counts(counts)
        if say and (words := standing_in_words(counts)):
            self._to_say = words
            self.saying.start()
