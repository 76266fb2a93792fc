"""Show a file in the desktop's file manager, which is another program and stays outside the lock.

A program started from here would inherit the lock on Internet sockets, and with it everything that
the user then opens from there. So on Linux the desktop's bus is asked to start it; the bus is a
socket of the machine itself. Elsewhere there is no lock to inherit.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal

_SERVICE = "org.freedesktop.FileManager1"
_PLACE = "/org/freedesktop/FileManager1"
_TIMEOUT_MS = 5_000


class FileManager(QObject):
    """The file manager of the desktop. Nothing here waits for it."""

    missing = Signal(str)  # the path that could not be shown, since no file manager answers

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: set[QObject] = set()

    def show_in_folder(self, file: Path) -> None:
        """Open the folder of a file with the file chosen in it."""
        if sys.platform == "darwin":
            started = QProcess.startDetached("open", ["-R", os.fspath(file)])
        elif sys.platform == "win32":
            started = QProcess.startDetached("explorer", [f"/select,{file}"])
        else:
            started = self._ask_the_desktop(file)
        if not started:
            self.missing.emit(os.fspath(file))

    def _ask_the_desktop(self, file: Path) -> bool:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        if not os.environ.get("DBUS_SESSION_BUS_ADDRESS") and not os.environ.get("XDG_RUNTIME_DIR"):
            return False  # asked for a bus, Qt would try to start one
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return False
        call = QDBusMessage.createMethodCall(_SERVICE, _PLACE, _SERVICE, "ShowItems")
        call.setArguments([[file.absolute().as_uri()], ""])
        watcher = QDBusPendingCallWatcher(bus.asyncCall(call, _TIMEOUT_MS), self)
        self._asked.add(watcher)

        def answered(_watcher: object) -> None:
            self._asked.discard(watcher)
            watcher.deleteLater()
            if watcher.isError():
                self.missing.emit(os.fspath(file))

        watcher.finished.connect(answered)
        return True
