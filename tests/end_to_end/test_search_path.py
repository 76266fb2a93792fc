"""A search as a person makes it in the window, from the first key to a saved search that counts.

Nothing is called but what Qt itself would call; texts are read and indexed in processes of their
own, as ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.core.passages import Passage
from desktop_app.ui.saved.model import SavedRole
from tests.end_to_end.person import CONTROL, SHIFT, Person

ALT = Qt.KeyboardModifier.AltModifier

PARAGRAPH = (
    "The board met in the old customs house, heard the engineers, and put off what it had to"
    " decide. The minutes name those who were there and say little of what was said.\n\n"
)
QUAY_TEXT = (
    "How the quay at Halmar was rebuilt\n\nMar 25, 2016\n\nThe dry dock stayed closed through the"
    " winter while the old quay was cut back to bedrock.\n\nSource: The Coast Ledger\n"
)
TEXTS = {
    "quay.txt": QUAY_TEXT,
    "quay again.txt": QUAY_TEXT + "\n\n",
    "pilots.md": "# What do the pilots want now?\n\nA berth beside the **dry dock**, and a say.\n",
    "letters.txt": "Letters from the Oster Sound\n\nWe walked the strand until the lamps were lit.\n",
    "report.txt": "Annual report of the harbour board\n\n"
    + PARAGRAPH * 60
    + "Dredging beside the dry dock cost a fifth more than had been thought; the dry dock paid.\n\n"
    + PARAGRAPH * 20,
}
QUAY = "How the quay at Halmar was rebuilt"
PILOTS = "What do the pilots want now?"
LETTERS = "Letters from the Oster Sound"
REPORT = "Annual report of the harbour board"


@pytest.fixture
def person(tmp_path: Path, qtbot: QtBot) -> Iterator[Person]:
    folder = tmp_path / "saved"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    made = Person(tmp_path, qtbot)
    made.drop_folder(folder)
    made.until(lambda: len(made.titles()) == 5)
    yield made
    made.leave()


def matched(person: Person) -> str:
    """The words of the match that one stands on, where it is in view."""
    matches, text = person.reader.view.matches, person.reader.view.text
    if matches.current is None or text is None:
        return ""
    start, end = matches.ranges[matches.current]
    return text.canonical[start:end] if person.reader.view.in_view(start) else ""


def find_and_go_through(person: Person) -> None:
    """Copies stand under one row; Alt+Down goes from result to result, F3 from match to match."""
    person.search("dry dock", {QUAY, PILOTS, REPORT})
    person.until(lambda: person.label("How many documents") == "3 documents + 1 copy · 8 matches")
    person.press(Qt.Key.Key_Return)
    person.until(person.list.hasFocus)
    seen: list[str] = []
    for _ in range(3):
        person.until(lambda: person.reader.document is not None and matched(person) != "")
        assert person.reader.document is not None
        seen.append(person.reader.document.title)
        before = seen[-1]
        person.press(Qt.Key.Key_Down, ALT)
        if len(seen) < 3:
            person.until(lambda before=before: not person.reads(before))
    assert set(seen) == {QUAY, PILOTS, REPORT}
    person.click("Annual report")
    person.until(lambda: matched(person) == "dry")
    assert person.reader.view.position() > 5_000
    person.press(Qt.Key.Key_F3)
    person.until(lambda: matched(person) == "dock")


def open_copies(person: Person) -> None:
    """The right arrow key opens what stands under a row, the left one closes it."""
    person.click("How the quay")
    person.list.setFocus()
    person.press(Qt.Key.Key_Right)
    person.until(lambda: sum(title == QUAY for title in person.titles()) == 2)
    person.press(Qt.Key.Key_Left)
    person.until(lambda: len(person.titles()) == 3)


def click_a_passage(person: Person) -> None:
    """A click on the words of a row opens the document there."""
    row = person.titles().index(REPORT)

    def place() -> QPoint:
        index = person.open.model.index(row, 0)
        return person.list.visualRect(index).topLeft() + QPoint(60, 60)

    person.until(lambda: isinstance(person.list.what_is_at(place()), Passage))
    person.click_at(person.list.viewport(), place())
    person.until(lambda: person.reads("Annual report") and matched(person).casefold() == "dry")
    person.until(person.reader.view.hasFocus)


def find_nothing_and_follow_advice(person: Person) -> None:
    """Where nothing is found, another spelling and one part less are a click away."""
    person.search("dredgin harbour", set())

    def ways() -> list[QPushButton]:
        found = person.window.list.findChildren(QPushButton)
        return [each for each in found if each.property("kind") == "link" and each.isVisible()]

    person.until(
        lambda: "Without “dredgin”: 1 document" in [each.accessibleName() for each in ways()]
    )
    texts = [each.accessibleName() for each in ways()]
    assert "“dredging” instead of “dredgin”: 1 document" in texts
    person.click_at(
        next(each for each in ways() if each.accessibleName().startswith("Without “dredgin”"))
    )
    person.until(lambda: person.titles() == [REPORT])
    assert person.window.header.search.text.strip() == "harbour"


def search_what_is_marked(person: Person) -> None:
    """`find:passages` is answered by the table of highlights, and the list comes back after it."""
    person.search("strand", {LETTERS})
    person.click("Letters")
    view = person.reader.view
    assert view.text is not None
    start = view.text.canonical.index("the strand")
    view.select(start, start + len("the strand"))
    view.setFocus()
    person.press(Qt.Key.Key_H)
    person.until(lambda: len(person.library.marks.of(person.of("Letters").id)) == 1)
    person.press(Qt.Key.Key_L, CONTROL)
    person.write("strand find:passages")
    table = person.open.joins.highlights
    person.until(lambda: table.shown and len(table.model.ids) == 1)
    assert person.window.header.search.isAncestorOf(person.window.focusWidget())
    person.search("strand", {LETTERS})
    person.until(lambda: person.window.shows_list)


def filter_it(person: Person) -> None:
    """A value of the filters narrows what is found, and is a chip that goes with a click."""
    person.search("dock", {QUAY, PILOTS, REPORT})
    person.press(Qt.Key.Key_F, CONTROL | SHIFT)
    card = person.open.joins.searching.filters.card
    sources = card.lists["source"].list
    person.until(lambda: card.is_open and bool(sources.choices))
    person.write("coast")
    person.until(lambda: len(sources.choices) == 1)
    person.press(Qt.Key.Key_Return)
    person.until(lambda: person.titles() == [QUAY])
    person.press(Qt.Key.Key_Escape)
    person.until(lambda: not card.is_open)
    person.press(Qt.Key.Key_L, CONTROL)
    person.press(Qt.Key.Key_Delete)  # the words go, the chip stays
    box = person.window.header.search
    person.until(lambda: "dock" not in box.text)
    assert "coast" in box.text.casefold()
    person.press(Qt.Key.Key_Backspace)
    person.until(lambda: len(person.titles()) == 5)


def save_it(person: Person) -> None:
    """A search is saved under a name, and its count follows the library."""
    person.search("strand", {LETTERS})
    person.press(Qt.Key.Key_D, CONTROL)
    person.until(lambda: isinstance(person.window.focusWidget(), QLineEdit))
    person.press(Qt.Key.Key_A, CONTROL)
    person.write("On the strand")
    person.press(Qt.Key.Key_Return)
    saved = person.window.sidebar.saved.model
    person.until(lambda: [each.name for each in saved.searches] == ["On the strand"])
    person.until(lambda: saved.index(0).data(SavedRole.COUNT) == "1")
    person.press(Qt.Key.Key_L, CONTROL)
    person.press(Qt.Key.Key_Delete)
    person.until(lambda: len(person.titles()) == 5)
    person.click("Letters")
    person.list.setFocus()
    person.press(Qt.Key.Key_Delete)
    person.until(lambda: saved.index(0).data(SavedRole.COUNT) == "0")
    person.undo()
    person.until(lambda: saved.index(0).data(SavedRole.COUNT) == "1")


def test_a_search_from_the_first_key_to_a_saved_one(person: Person) -> None:
    find_and_go_through(person)
    open_copies(person)
    click_a_passage(person)
    find_nothing_and_follow_advice(person)
    search_what_is_marked(person)
    filter_it(person)
    save_it(person)
