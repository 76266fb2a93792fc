"""Types a note in a window of its own until it is killed; says on standard output what it typed."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.window_for_tests import Desk


def main(home: Path) -> None:
    """Write the note on a document, a word every few milliseconds."""
    qt = QApplication([])
    desk = Desk(home)
    desk.choose("How the quay")
    writing = desk.open.joins.notes.writing
    writing.edit_document()
    number = 0

    def type_on() -> None:
        nonlocal number
        number += 1
        QTest.keyClicks(writing.editor.field, f"w{number} ")
        print(time.monotonic(), number, flush=True)

    timer = QTimer(interval=15)
    timer.timeout.connect(type_on)
    timer.start()
    print("typing", flush=True)
    qt.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
