"""When it is told how far a document has been read: after scrolling, after staying, before it goes.

Looking something up is not reading: it moves no bookmark until one scrolls on from there.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop_app.ui.reader.sheets import Sheets

REPORT_MS = 500  # progress is told at most this often
LINGER_MS = 1500  # a document that was only passed by is not begun
WHOLE = 0.999  # a share that counts as the end


class Bookmark(QObject):
    """Watches a page and tells progress and position of the document on it."""

    told = Signal(int, float, int)  # document, progress 0 to 1, position
    ended = Signal(int)  # document; once each time it is shown

    def __init__(self, view: Sheets) -> None:
        super().__init__(view)
        self._view = view
        self._document: int | None = None
        self._at_end = False  # that was told
        self._report = QTimer(self, singleShot=True, interval=REPORT_MS)
        self._linger = QTimer(self, singleShot=True, interval=LINGER_MS)
        self._report.timeout.connect(self._tell)
        self._linger.timeout.connect(self._tell)
        view.scrolled.connect(self._read_on)

    def begin(self, document: int | None) -> None:
        """Watch another document, or none; what waits to be told of the last one is told."""
        self.tell_now()
        self._document = document
        self._at_end = False
        if document is not None:
            self._linger.start()

    def look_up(self) -> None:
        """Take the next move for looking something up, not for reading."""
        self._linger.stop()

    def tell_now(self) -> None:
        """Tell what waits to be told of scrolling."""
        waiting = self._report.isActive()
        self._report.stop()
        self._linger.stop()
        if waiting:
            self._tell()

    @Slot()
    def _read_on(self) -> None:
        self._linger.stop()
        if not self._report.isActive():
            self._report.start()

    @Slot()
    def _tell(self) -> None:
        if self._document is None:
            return
        progress = self._view.progress()
        self.told.emit(self._document, progress, self._view.position())
        if progress >= WHOLE and not self._at_end:
            self._at_end = True
            self.ended.emit(self._document)
