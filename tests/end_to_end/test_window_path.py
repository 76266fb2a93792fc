"""The whole way through the window, with real keys and a real mouse, offscreen and on a display.

The steps are those of tests/end_to_end/test_happy_path.py, gone here by a person: nothing is called
but what Qt itself would call, and what came of it is looked for in the panes. Files are read in the
worker process and indexed in the index process, as ever.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.core.model import FactName, OriginKind, ReadState
from tests.end_to_end.person import CONTROL, SHIFT, Person

REPORT_PARAGRAPH = (
    "The board met in the old customs house, heard the engineers, and put off what it had to"
    " decide. The minutes name those who were there and say little of what was said.\n\n"
)
TEXTS = {
    "quay.txt": "How the quay at Halmar was rebuilt\n\nMar 25, 2016\n\nBy Anna Halm\n\nFor nine days"
    " the harbour board met behind closed doors.\n\nThe dry dock stayed closed through the winter"
    " while the old quay was cut back to bedrock.\n\nSource: The Coast Ledger\n",
    "pilots.md": "# What do the pilots want now?\n\nA berth beside the **dry dock**, and a say.\n",
    "letters.txt": "Letters from the Oster Sound\n\nWe walked the strand until the lamps were lit.\n",
    "minutes.html": "<html><head><title>Minutes, works committee</title></head><body><article>"
    "<h1>Minutes, works committee</h1><p>The committee met in the old customs house and heard"
    " about the gates.</p><p>Nobody spoke of the winter.</p></article></body></html>",
    "report.txt": "Annual report of the harbour board\n\n"
    + REPORT_PARAGRAPH * 60
    + "Dredging beside the dry dock cost a fifth more than had been thought.\n\n"
    + REPORT_PARAGRAPH * 20,
    "empty.txt": "",
}

QUAY = "How the quay at Halmar was rebuilt"
PILOTS = "What do the pilots want now?"
LETTERS = "Letters from the Oster Sound"
MINUTES = "Minutes, works committee"
REPORT = "Annual report of the harbour board"


def import_by_drop(person: Person, folder: Path) -> None:
    """Steps 1 to 5: files are dropped, read in the worker, kept, and their rows appear."""
    person.drop_folder(folder)
    person.until(lambda: set(person.titles()) == {QUAY, PILOTS, LETTERS, MINUTES, REPORT})
    assert person.label("How many documents") == "5 documents"
    person.until(lambda: person.open.session.counts.inbox == 5)
    assert person.label("import progress") == ""
    outcomes = [row.outcome for row in person.open.session.imports.rows]
    (refused,) = (each for each in outcomes if each.document is None)
    assert refused.path.endswith("empty.txt")
    person.drop_folder(folder)
    assert len(person.titles()) == 5, "what is there already is not imported again"


def read(person: Person) -> None:
    """Step 7: a click opens a document; how far it was read is kept."""
    person.click("Annual report")
    assert person.reader.view.position() == 0
    before = person.page()
    person.click_at(person.reader.view.viewport(), QPoint(200, 300))
    person.press(Qt.Key.Key_Space)
    person.press(Qt.Key.Key_Space)
    person.until(lambda: person.of("Annual report").position > 500)
    assert person.page() != before
    person.click("Letters")
    person.click("Annual report")
    person.until(lambda: person.reader.view.position() > 500)


def tag(person: Person) -> None:
    """Step 8: tags by T, by type-ahead and by dragging."""
    person.click("How the quay")
    person.press(Qt.Key.Key_T)
    person.until(lambda: person.window.picker.is_open)
    person.write("ports")
    person.press(Qt.Key.Key_Return, CONTROL)
    person.until(lambda: person.tags() == {"ports": 1})
    person.write("place/Halmar")
    person.press(Qt.Key.Key_Return, CONTROL)
    person.until(lambda: person.tags() == {"ports": 1, "place": 1, "place/Halmar": 1})
    person.press(Qt.Key.Key_Escape)
    assert not person.window.picker.is_open

    person.click("What do the pilots")
    person.press(Qt.Key.Key_T)
    person.until(lambda: person.window.picker.is_open)
    person.write("halm")
    person.press(Qt.Key.Key_Return)
    person.until(lambda: person.tags()["place/Halmar"] == 2)
    person.press(Qt.Key.Key_Escape)

    person.drag_to_tag("Letters", "place")
    person.until(lambda: person.tags()["place"] == 3)
    assert person.of("Letters").tags == (person.library.tag_tree().find("place").id,)  # type: ignore[union-attr]


def search(person: Person) -> None:
    """Steps 6, 9 and 10: what was indexed is found, and a hit leads to its place."""
    person.search('"dry dock" -letters', {QUAY, PILOTS, REPORT})
    person.until(lambda: "3 documents" in person.label("How many documents"))
    person.click("Annual report")
    person.until(person.sees_match)
    view = person.reader.view
    start, end = view.matches.ranges[view.matches.current or 0]
    text = person.library.text(person.of("Annual report").id).canonical
    assert text[start:end].casefold() == "dry dock"
    person.search("work* tag:none", {MINUTES})
    person.press(Qt.Key.Key_Escape)
    person.until(lambda: len(person.titles()) == 5)
    person.press(Qt.Key.Key_Escape)
    person.until(person.list.hasFocus)


def change_and_undo(person: Person) -> None:
    """Star, read state and trash by keys; all of it undone, a part of it done again."""
    person.click("Letters")
    person.press(Qt.Key.Key_S)
    person.until(lambda: person.of("Letters").starred)
    person.press(Qt.Key.Key_M)
    person.until(lambda: person.of("Letters").state is ReadState.READ)
    person.press(Qt.Key.Key_Delete)
    person.until(lambda: LETTERS not in person.titles() and person.open.session.counts.trash == 1)
    person.undo()
    person.until(lambda: LETTERS in person.titles())
    person.undo()
    person.until(lambda: person.of("Letters").state is ReadState.UNREAD)
    person.undo()
    person.until(lambda: not person.of("Letters").starred)
    person.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    person.until(lambda: person.of("Letters").starred)


def edit_details(person: Person) -> None:
    """Facts are set by hand; a date that is none is refused beside its field."""
    person.click("Minutes")
    person.press(Qt.Key.Key_I)
    person.until(person.window.details.isVisible)
    fields = person.window.details.findChildren(QLineEdit)
    lines = {field.accessibleName(): field for field in fields}
    person.until(lambda: lines["Title"].text() == MINUTES)
    person.click_at(lines["Source"])
    person.write("Harbour board archive")
    person.press(Qt.Key.Key_Return)
    person.until(lambda: person.of("Minutes").facts.source == "Harbour board archive")
    person.click_at(lines["Date"])
    person.write("some day")
    person.press(Qt.Key.Key_Return)
    assert person.of("Minutes").facts.published is None
    person.press(Qt.Key.Key_A, CONTROL)
    person.write("2016-02-04")
    person.press(Qt.Key.Key_Return)
    person.until(lambda: str(person.of("Minutes").facts.published) == "2016-02-04")
    assert person.of("Minutes").facts.origins[FactName.PUBLISHED].kind is OriginKind.YOU


def test_the_whole_way_through_the_window(tmp_path: Path, qtbot: QtBot) -> None:
    assert QGuiApplication.platformName() == os.environ["QT_QPA_PLATFORM"]
    folder = tmp_path / "saved"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    person = Person(tmp_path, qtbot)
    import_by_drop(person, folder)
    read(person)
    tag(person)
    search(person)
    change_and_undo(person)
    edit_details(person)
    person.leave()

    # Everything is found again.
    shutil.rmtree(folder)
    person = Person(tmp_path, qtbot)
    person.until(lambda: set(person.titles()) == {QUAY, PILOTS, LETTERS, MINUTES, REPORT})
    person.until(lambda: person.reads("Minutes"))
    person.until(lambda: person.tags() == {"ports": 1, "place": 3, "place/Halmar": 2})
    assert person.window.details.isVisible()
    person.search("is:starred", {LETTERS})
    person.search("date:2016 winter", {QUAY, MINUTES})
    person.click("How the quay")
    person.until(person.sees_match)
    assert person.of("Annual report").position > 500
    assert person.library.verify() == []
    person.leave()


@contextmanager
def display() -> Iterator[str]:
    """A display of its own, under the first number that is free."""
    numbers, written = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(written), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
        pass_fds=[written],
        stderr=subprocess.DEVNULL,
    )
    os.close(written)
    try:
        with os.fdopen(numbers) as lines:
            number = lines.readline().strip()
        assert number, "the display did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def missing_for_xcb() -> str:
    """Which of Qt's libraries for a display cannot be loaded here; empty for none."""
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import ctypes, pathlib, PySide6.QtGui;"
            "home = pathlib.Path(PySide6.__file__).parent / 'Qt' / 'plugins' / 'platforms';"
            "ctypes.CDLL(str(home / 'libqxcb.so'))",
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    return loaded.stderr.strip().rpartition("\n")[2] if loaded.returncode else ""


@pytest.mark.skipif(sys.platform != "linux", reason="a display of one's own can be made on Linux")
def test_the_same_way_on_a_display() -> None:
    if shutil.which("Xvfb") is None:
        pytest.skip("there is no Xvfb to make a display with")
    if missing := missing_for_xcb():
        pytest.skip(f"Qt cannot use a display here: {missing}")
    this = f"{__file__}::{test_the_whole_way_through_the_window.__name__}"
    with display() as name:
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", this],
            check=False,
            timeout=200,
            capture_output=True,
            text=True,
            cwd=Path(__file__).parent.parent.parent,
            env=os.environ | {"QT_QPA_PLATFORM": "xcb", "DISPLAY": name},
        )
    assert ran.returncode == 0 and "1 passed" in ran.stdout, ran.stdout + ran.stderr
