"""Help > Diagnostics: what a report of a fault needs."""

from __future__ import annotations

from pathlib import Path

from desktop_app.ui.dialogs.about import AboutDialog
from tests.ui.window_for_tests import Desk


def test_diagnostics_say_what_keeps_the_reading_process_in(qtbot, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    try:
        desk.actions["help.diagnostics"].trigger()
        dialog = desk.window.findChild(AboutDialog)
        assert dialog is not None
        assert "Foreign files: Asking the process" in dialog.as_text()
        desk.settle()
        assert "Foreign files: Foreign files are read in a process of its own" in dialog.as_text()
        dialog.close()
        desk.run("help.diagnostics")
        assert "a process of its own" in dialog.as_text()
        assert desk.problems == []
    finally:
        desk.close()
