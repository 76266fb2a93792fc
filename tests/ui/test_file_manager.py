"""Showing a file in the desktop's file manager: asked for over the bus, never started from here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.ui.file_manager import FileManager
from tests.conftest import PROJECT

# A process of its own: a bus that was connected to is kept for as long as the process lives.
SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import ClassInfo, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QApplication
from desktop_app.ui.file_manager import FileManager
from desktop_app.ui.network_lock import lock_network

app = QApplication([])
lock_network()

@ClassInfo({"D-Bus Interface": "org.freedesktop.FileManager1"})
class Desktop(QObject):
    @Slot("QStringList", str)
    def ShowItems(self, addresses, startup):
        print("shown", *addresses, flush=True)
        QTimer.singleShot(0, app.quit)  # it may be called before the loop below has begun

files = FileManager()
files.missing.connect(lambda path: (print("missing", path, flush=True), app.quit()))
desktop = Desktop()
if sys.argv[1] == "there":
    bus = QDBusConnection.sessionBus()
    assert bus.registerService("org.freedesktop.FileManager1")
    option = QDBusConnection.RegisterOption.ExportAllSlots
    assert bus.registerObject("/org/freedesktop/FileManager1", desktop, option)
files.show_in_folder(Path(sys.argv[2]))
QTimer.singleShot(20_000, app.quit)
app.exec()
"""

needs_a_bus = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("dbus-daemon") is None,
    reason="there is no bus of a desktop to ask",
)


def ask(desktop: str, file: Path) -> str:
    """Show a file on a bus of our own, with a file manager there or not; what came of it."""
    with subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as daemon:
        assert daemon.stdout is not None
        bus = {"DBUS_SESSION_BUS_ADDRESS": daemon.stdout.readline().strip()}
        try:
            return subprocess.run(
                [sys.executable, "-c", SCRIPT, desktop, str(file)],
                env={**os.environ, **bus, "QT_QPA_PLATFORM": "offscreen"},
                cwd=PROJECT,
                capture_output=True,
                text=True,
                check=True,
                timeout=60,
            ).stdout.strip()
        finally:
            daemon.terminate()


@needs_a_bus
def test_the_file_manager_is_asked_over_the_bus_and_past_the_lock() -> None:
    said = ask("there", Path("/home/ana/Läden & Häfen.txt"))
    assert said == "shown file:///home/ana/L%C3%A4den%20%26%20H%C3%A4fen.txt"


@needs_a_bus
def test_that_no_file_manager_answers_is_told() -> None:
    assert ask("gone", Path("/home/ana/a.txt")) == "missing /home/ana/a.txt"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is no bus")
def test_without_a_bus_nothing_is_waited_for(qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    files = FileManager()
    with qtbot.waitSignal(files.missing, timeout=100) as told:
        files.show_in_folder(Path("/home/ana/a.txt"))
    assert told.args == ["/home/ana/a.txt"]
