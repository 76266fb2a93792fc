"""Marking the whole way through the window, by hand and by keys alone, over restart and undo.

Nothing is called but what Qt itself would call; files are read, drawn and indexed in their own
processes, as ever.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop_app.core.highlights import Highlight
from desktop_app.ui.panes.new_tag import NewTagCard
from tests.end_to_end.person import CONTROL, LEFT, SHIFT, Person
from tests.ui.pdfs_in_window import prose_pdf

ALT = Qt.KeyboardModifier.AltModifier
_Key = Qt.Key

QUAY = "How the quay at Halmar was rebuilt"
BRIDGE = "How the bridge was held"
QUAY_TEXT = (
    f"{QUAY}\n\nFor nine days the harbour board met behind closed doors.\n\nThe dry dock stayed"
    " closed through the winter while the old quay was cut back to bedrock.\n\nBy spring the"
    " difference was a fifth of the whole cost.\n"
)


def write_files(home: Path) -> Path:
    folder = home / "saved"
    folder.mkdir()
    (folder / "quay.txt").write_text(QUAY_TEXT, "utf-8")
    (folder / "bridge.pdf").write_bytes(prose_pdf(3, BRIDGE))
    return folder


def marks(person: Person, title: str) -> list[Highlight]:
    """The highlights of a document, as the library has them."""
    return person.library.marks.of(person.of(title).id)


def tags_of(person: Person, mark: Highlight) -> set[str]:
    tree = person.library.tag_tree()
    return {tree.path(tag) for tag in mark.tags}


def place(person: Person, words: str, *, end: bool = False) -> QPoint:
    """Just inside the first letter of words on the page, or just inside the last one."""
    view = person.reader.view
    assert view.text is not None
    start = view.text.canonical.index(words)
    point = start + len(words) - 1 if end else start
    for _, origin, laid in view.rows_in_view():
        for rect in laid.rects(point, point + 1):
            box = rect.translated(origin)
            x = box.right() - 1 if end else box.left() + 1
            return QPoint(round(x), round(box.center().y()))
    raise AssertionError(f"{words} is not in view")


def drag(person: Person, begin: QPoint, finish: QPoint) -> None:
    port = person.reader.view.viewport()
    QTest.mousePress(port, LEFT, pos=begin)
    for share in (0.4, 0.8, 1.0):
        QTest.mouseMove(port, begin + (finish - begin) * share)
    QTest.mouseRelease(port, LEFT, pos=finish)


def select(person: Person, words: str) -> None:
    drag(person, place(person, words), place(person, words, end=True))
    person.until(lambda: person.reader.view.selected_text() == words)


def write_note(person: Person, words: str) -> None:
    """Type into the note that has opened, and save it."""
    person.until(lambda: isinstance(QApplication.focusWidget(), QPlainTextEdit))
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, words)
    person.press(_Key.Key_Return, CONTROL)


def make_tags(person: Person, *names: str) -> None:
    """Make tags by the key for it; each gets the next digit."""
    card = person.window.findChild(NewTagCard)
    for number, name in enumerate(names, 1):
        person.press(_Key.Key_T, CONTROL)
        person.until(card.isVisible)
        person.write(name)
        person.press(_Key.Key_Return)
        if card.isVisible():  # it asks whether a name that is nearly the same is meant
            person.press(_Key.Key_Return)
        person.until(lambda number=number: len(person.tags()) == number)  # type: ignore[misc]
        assert not card.isVisible()


def resized(person: Person, title: str, quote: str) -> None:
    person.until(lambda: [each.anchor.quote for each in marks(person, title)] == [quote])


def test_a_hand_marks_tags_notes_resizes_and_all_of_it_is_there_after_a_restart(
    tmp_path: Path, qtbot: QtBot
) -> None:
    person = Person(tmp_path, qtbot)
    person.drop_folder(write_files(tmp_path))
    person.until(lambda: set(person.titles()) == {QUAY, BRIDGE})
    make_tags(person, "ports", "claim")
    person.click(QUAY)
    view, card = person.reader.view, person.open.joins.marking.showing.card

    select(person, "the old quay")
    person.until(card.isVisible)
    assert QApplication.focusWidget() is view, "the card never takes the keys"
    person.click_at(card.swatches._swatches["blue"])
    person.until(lambda: len(marks(person, QUAY)) == 1)
    assert not card.isVisible()

    person.press(_Key.Key_2)
    person.until(lambda: tags_of(person, marks(person, QUAY)[0]) == {"claim"})
    person.press(_Key.Key_N)
    write_note(person, "Compare the minutes of 4 Feb.")
    person.until(lambda: marks(person, QUAY)[0].note == "Compare the minutes of 4 Feb.")

    person.click_at(view.viewport(), place(person, "spring"))
    assert view.chosen is None
    person.click_at(view.viewport(), place(person, "old quay"))
    assert view.chosen == marks(person, QUAY)[0].id
    knob = place(person, "the old quay", end=True) + QPoint(2, 12)
    drag(person, knob, place(person, "was cut back", end=True))
    resized(person, QUAY, "the old quay was cut back")
    person.undo()
    resized(person, QUAY, "the old quay")
    person.until(lambda: [each.anchor.quote for each in view.marks.placed] == ["the old quay"])

    # The pages of a PDF: the same verbs, and what is marked there stands in its text as well.
    person.click(BRIDGE)
    person.click_at(person.reader.header.sheets.first)
    pages = person.reader.pages
    words = "P1L2 "
    person.until(lambda: pages.text is not None and bool(boxes_of(person, words)))
    box = boxes_of(person, words)[0]
    port = pages.viewport()
    QTest.mousePress(port, LEFT, pos=QPoint(round(box.left()) + 1, round(box.center().y())))
    QTest.mouseMove(port, QPoint(round(box.right()) + 20, round(box.center().y())))
    QTest.mouseMove(port, QPoint(round(box.right()) + 60, round(box.center().y())))
    QTest.mouseRelease(port, LEFT, pos=QPoint(round(box.right()) + 60, round(box.center().y())))
    person.until(lambda: pages.selection() is not None)
    person.press(_Key.Key_1)
    person.until(lambda: len(marks(person, BRIDGE)) == 1)
    (on_page,) = marks(person, BRIDGE)
    assert on_page.anchor.quote.startswith("P1L2 ")
    assert on_page.anchor.page == 1
    assert tags_of(person, on_page) == {"ports"}
    person.press(_Key.Key_O)
    person.until(lambda: not person.reader.sheets.in_pages)
    person.until(lambda: [each.id for each in view.marks.placed] == [on_page.id])

    before = marks(person, QUAY)
    person.click(QUAY)
    person.until(lambda: len(view.marks) == 1)
    person.leave()

    person = Person(tmp_path, qtbot)
    person.until(lambda: person.reads(QUAY) and len(person.reader.view.marks) == 1)
    assert marks(person, QUAY) == before
    assert marks(person, BRIDGE) == [on_page]
    person.undo()  # the mark on the page, which was the last that was done
    person.until(lambda: marks(person, BRIDGE) == [])
    assert marks(person, QUAY) == before
    person.leave()


def boxes_of(person: Person, words: str) -> list:  # type: ignore[type-arg]
    """Where words stand in the view of the pages; nothing while they are not drawn yet."""
    pages = person.reader.pages
    if pages.text is None:
        return []
    start = pages.text.canonical.index(words)
    return list(pages.boxes_in_view(start, start + len(words)))


def test_keys_alone_do_all_of_it_too(tmp_path: Path, qtbot: QtBot) -> None:
    person = Person(tmp_path, qtbot)
    person.drop_folder(write_files(tmp_path))
    person.until(lambda: set(person.titles()) == {QUAY, BRIDGE})
    make_tags(person, "ports", "claim")
    person.list.setFocus()
    person.press(_Key.Key_Home)
    person.until(lambda: person.reads(person.titles()[0]))
    if not person.reads(QUAY):
        person.press(_Key.Key_Down)
        person.until(lambda: person.reads(QUAY))
    person.press(_Key.Key_Return)
    view = person.reader.view
    person.until(view.hasFocus)

    # With the caret: down two paragraphs, four words, mark them.
    person.press(_Key.Key_F7)
    person.until(lambda: view.caret_on)
    person.press(_Key.Key_Home, CONTROL)
    person.press(_Key.Key_Down)
    person.press(_Key.Key_Home)
    for _ in range(4):
        person.press(_Key.Key_Right, CONTROL | SHIFT)
    selected = view.selected_text()
    assert len(selected.split()) == 4
    person.press(_Key.Key_H)
    person.until(lambda: [each.anchor.quote for each in marks(person, QUAY)] == [selected])
    person.press(_Key.Key_1)
    person.until(lambda: tags_of(person, marks(person, QUAY)[0]) == {"ports"})
    person.press(_Key.Key_N)
    write_note(person, "Closed to whom?")
    person.until(lambda: marks(person, QUAY)[0].note == "Closed to whom?")
    person.until(view.hasFocus)

    # Resize by a word, which undo takes back at once.
    person.until(lambda: view.chosen == marks(person, QUAY)[0].id)
    person.press(_Key.Key_Left, CONTROL | SHIFT)
    person.until(lambda: len(marks(person, QUAY)[0].anchor.quote.split()) == 3)
    person.undo()
    resized(person, QUAY, selected)
    person.press(_Key.Key_Escape)
    assert view.chosen is None

    # Without the caret: find words, and mark the match.
    person.press(_Key.Key_F7)
    person.press(_Key.Key_F, CONTROL)
    person.write("bedrock")
    person.until(lambda: person.reader.current_match() is not None)
    person.press(_Key.Key_2, CONTROL | ALT)
    person.until(lambda: len(marks(person, QUAY)) == 2)
    assert marks(person, QUAY)[1].anchor.quote == "bedrock"
    assert tags_of(person, marks(person, QUAY)[1]) == {"claim"}
    person.press(_Key.Key_Escape)
    person.until(view.hasFocus)

    # From one to the other, and one goes.
    person.press(_Key.Key_Escape)
    person.press(_Key.Key_BracketRight)
    person.press(_Key.Key_BracketRight)
    person.until(lambda: view.chosen == marks(person, QUAY)[-1].id)
    person.press(_Key.Key_Delete)
    person.until(lambda: len(marks(person, QUAY)) == 1)
    person.undo()
    person.until(lambda: len(marks(person, QUAY)) == 2)
    before = marks(person, QUAY)
    person.leave()

    person = Person(tmp_path, qtbot)
    person.until(lambda: person.reads(QUAY) and len(person.reader.view.marks) == 2)
    assert marks(person, QUAY) == before
    person.leave()
