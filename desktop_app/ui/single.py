"""One window a library: a second start leaves a request, and the open window answers it.

The request is a small file in a folder of the cache that belongs to the library. The window
watches that folder; taking a request removes it, and that tells the second start that it has been
heard. Where nobody takes it within a moment, no window has the library open, and the request is
taken back.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from desktop_app.durable import move_into_place

WAIT_S = 3.0
LOOK_EVERY_S = 0.02
SUFFIX = ".request"


def requests_folder(library: Path, cache: Path) -> Path:
    """Name the folder of requests to the window of a library."""
    real = os.fsencode(library.resolve())
    return cache / "requests" / hashlib.sha256(real).hexdigest()[:16]


def ask_open_window(
    library: Path, paths: Sequence[Path], *, cache: Path, wait_s: float = WAIT_S
) -> bool:
    """Ask the window that has the library open to come to the front and import paths.

    False where no window answers in time; nothing is left behind then.
    """
    folder = requests_folder(library, cache)
    # The cache may have been cleared under a window that is open.
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{os.getpid()}-{uuid4().hex[:8]}"
    request = folder / (name + SUFFIX)
    temporary = folder / (name + ".part")
    names = [os.fsencode(path.absolute()).hex() for path in paths]
    temporary.write_text(json.dumps({"paths": names}), "utf-8")
    move_into_place(temporary, request, "request")
    pause = threading.Event()
    for _ in range(max(1, round(wait_s / LOOK_EVERY_S))):
        if not request.exists():
            return True
        pause.wait(LOOK_EVERY_S)
    try:
        request.unlink()
    except FileNotFoundError:
        return True
    return False


class Requests(QObject):
    """The requests that second starts leave for this window."""

    came = Signal(object)  # list of Path, may be empty: only come to the front

    def __init__(self, library: Path, cache: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = requests_folder(library, cache)
        self._watcher = QFileSystemWatcher(self)
        self._watch()
        for left in self._folder.iterdir():  # of a window or a start that was killed
            left.unlink(missing_ok=True)
        self._watcher.directoryChanged.connect(self._look)
        # A watcher may miss a file that came while it was telling of another.
        self._again = QTimer(self)
        self._again.setInterval(1_000)
        self._again.timeout.connect(self._look)
        self._again.start()

    def close(self) -> None:
        """Stop taking requests."""
        self._again.stop()
        self._watcher.removePath(str(self._folder))

    def _watch(self) -> None:
        """Watch the folder, and make it where it is not there any more."""
        if not self._folder.is_dir():
            with suppress(OSError):  # tried again in a second
                self._folder.mkdir(parents=True, exist_ok=True)
        if str(self._folder) not in self._watcher.directories() and self._folder.is_dir():
            self._watcher.addPath(str(self._folder))

    def _look(self) -> None:
        self._watch()
        for request in sorted(self._folder.glob(f"*{SUFFIX}")):
            try:
                found = json.loads(request.read_text("utf-8"))
                paths = [Path(os.fsdecode(bytes.fromhex(name))) for name in found["paths"]]
            except (OSError, ValueError, KeyError, TypeError):
                paths = []
            request.unlink(missing_ok=True)
            self.came.emit(paths)
