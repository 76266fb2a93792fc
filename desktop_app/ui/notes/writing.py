"""Brings drafts of notes to the disk beside the window, and reads those of an earlier run first."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Slot

from desktop_app.core.errors import Problem
from desktop_app.ui.notes import drafts as note_drafts
from desktop_app.ui.notes.drafts import Draft, Found
from desktop_app.ui.session import Session
from desktop_app.ui.tasks import Lane

_log = logging.getLogger(__name__)

EVERY_MS = 1_000
AGAIN_MS = 10_000  # after the disk has refused


class DraftWriting(QObject):
    """Writes one file of drafts, one writing after the other, and never over unread ones."""

    def __init__(
        self, session: Session, drafts: Callable[[], Mapping[str, Draft]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._file = note_drafts.drafts_file(session.folder)
        self._drafts = drafts
        self._earlier_read = False
        self._closing = False
        self._writing = False
        self._unwritten = False
        self._refused = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.write)

    def read_earlier(self, done: Callable[[dict[str, Draft]], None]) -> None:
        """Read what an earlier run left; only then may anything be written."""
        self._earlier_read = False

        def came(found: Found) -> None:
            self._earlier_read = True
            if found.aside is not None:
                self._session.problem.emit(
                    Problem(
                        self.tr("Notes that were not saved when Postil ended cannot be read."),
                        self.tr("The file has been set aside as {0}.").format(found.aside),
                    )
                )
            done(found.drafts)
            if self._unwritten:
                self.soon()

        self._session.read(
            lambda _library: note_drafts.load(self._file), came, self._not_read, lane=Lane.CHANGE
        )

    def soon(self) -> None:
        """Bring the drafts of then to the disk in a moment; at once while the window closes."""
        self._unwritten = True
        if self._closing:
            self.write()
        elif not self._timer.isActive():
            self._timer.start(EVERY_MS)

    def close(self) -> None:
        """Write at once from now on."""
        self._closing = True
        self._timer.stop()
        self.write()

    @Slot()
    def write(self) -> None:
        """Bring the drafts to the disk, unless that is under way or there is nothing new."""
        if self._session.read_only or not self._earlier_read:
            return
        if self._writing or not self._unwritten:
            return
        self._writing, self._unwritten = True, False
        drafts = dict(self._drafts())
        self._session.tasks.run(
            lambda: note_drafts.save(self._file, drafts), self._written, self._failed
        )

    def _written(self, _nothing: None = None) -> None:
        self._writing = self._refused = False
        if self._unwritten:
            self.soon()

    def _failed(self, error: Exception) -> None:
        # The note itself is still in its field; when it cannot be saved either, that is said.
        if not self._refused:
            _log.warning("drafts of notes not kept: %s", error)
        self._writing, self._refused, self._unwritten = False, True, True
        if not self._closing:
            self._timer.start(AGAIN_MS)

    def _not_read(self, error: Exception) -> None:
        # It can neither be read nor set aside, and stays as it is: nothing is written over it.
        _log.error("drafts not read", exc_info=error)
        self._session.problem.emit(
            Problem(
                self.tr("Notes that were not saved when Postil ended cannot be read."),
                self.tr("They are in {0}, which stays as it is.").format(self._file),
            )
        )
