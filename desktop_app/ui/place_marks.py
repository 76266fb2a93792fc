"""How far documents have been read, written into the library once a second at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.ui.tasks import Lane, Tasks

if TYPE_CHECKING:
    from desktop_app.library.library import Library

WRITE_EVERY_MS = 1_000


class PlaceMarks(QObject):
    """The place marks that are still to be written."""

    def __init__(self, library: Library, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._waiting: dict[int, tuple[float, int]] = {}
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(WRITE_EVERY_MS)
        self.timer.timeout.connect(self.write)

    def set(self, document: int, progress: float, position: int) -> None:
        """Remember how far a document has been read."""
        self._waiting[document] = (progress, position)
        if not self.timer.isActive():
            self.timer.start()

    def write(self) -> None:
        """Write what waits."""
        self.timer.stop()
        waiting, self._waiting = self._waiting, {}
        if not waiting:
            return
        library = self._library

        def write() -> None:
            for document, (progress, position) in waiting.items():
                library.set_progress(document, progress=progress, position=position)

        self._tasks.run(write, lane=Lane.CHANGE)
