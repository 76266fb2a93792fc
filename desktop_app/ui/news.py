"""The library's news, joined and brought to the window's thread.

They arrive from many threads; while much is going on they are handed on at most every SETTLE_MS,
so that an import of thousands does not drown the window in them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop_app.core.changes import Changes

if TYPE_CHECKING:
    from desktop_app.library.library import Library

SETTLE_MS = 150


class News(QObject):
    """What the library tells its listeners; crowded says whether much is going on."""

    changed = Signal(object)  # Changes
    index_changed = Signal(object)  # IndexState
    trouble = Signal(object)  # Problem

    _came = Signal()
    _index_came = Signal()
    _trouble_came = Signal(object)  # from any thread

    def __init__(self, library: Library, crowded: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._crowded = crowded
        self._lock = threading.Lock()
        self._heard = Changes()
        self._heard_index: object | None = None
        self.settle = QTimer(self)
        self.settle.setSingleShot(True)
        self.settle.setInterval(SETTLE_MS)
        queued = Qt.ConnectionType.QueuedConnection
        self._came.connect(self._on_news, queued)
        self._index_came.connect(self._on_index, queued)
        self._trouble_came.connect(self.trouble, queued)
        self.settle.timeout.connect(self._spread)
        library.listen(self._hear)
        library.listen_index(self._hear_index)
        library.listen_trouble(self._trouble_came.emit)

    def _hear(self, changes: Changes) -> None:
        """Take news on whatever thread they come."""
        with self._lock:
            waiting = bool(self._heard)
            self._heard |= changes
        if not waiting and changes:
            self._came.emit()

    def _hear_index(self, state: object) -> None:
        with self._lock:
            waiting = self._heard_index is not None
            self._heard_index = state
        if not waiting:
            self._index_came.emit()

    def _on_news(self) -> None:
        if not self._crowded():
            self._spread()
        elif not self.settle.isActive():
            self.settle.start()

    def _on_index(self) -> None:
        with self._lock:
            state, self._heard_index = self._heard_index, None
        self.index_changed.emit(state)

    def _spread(self) -> None:
        with self._lock:
            changes, self._heard = self._heard, Changes()
        if changes:
            self.changed.emit(changes)
