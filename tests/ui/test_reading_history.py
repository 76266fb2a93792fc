"""Back and forward in the window: between documents, inside one, over a restart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.library.library import Library
from desktop_app.settings import Settings, from_json, to_json
from tests.ui.window_for_tests import Desk
from tests.worker_for_tests import one_worker

SENTENCES = "The dry dock stayed closed through the winter, and crews worked in shifts. " * 12


@pytest.fixture
def home(tmp_path: Path) -> Path:
    saved = tmp_path / "saved"
    saved.mkdir()
    for name in ("Quay", "Strand"):
        parts = "\n\n".join(f"## {name} part {n}\n\n{n}. {SENTENCES}" for n in range(20))
        (saved / f"{name}.md").write_text(f"# The {name}\n\n{parts}\n", "utf-8")
    library = Library.open(
        tmp_path / "library", cache=tmp_path / "cache", index="inline", worker=one_worker()
    )
    library.import_files([saved])
    library.close()
    return tmp_path


@pytest.fixture
def desk(home: Path, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(home)
    yield made
    made.close()


def read_to(desk: Desk, words: str) -> int:
    """Scroll as a reader does until words stand near the top; the place at the top then."""
    view = desk.window.reader.view
    assert view.text is not None
    place = view.text.canonical.index(words)
    view.go_to(place, place + 1, at=0.0)
    view.scroll_by(40)
    desk.settle()
    return desk.window.reader.position()


def press(desk: Desk, key: Qt.Key) -> None:
    view = desk.window.reader.view
    view.setFocus()
    QTest.keyClick(view, key, Qt.KeyboardModifier.AltModifier)
    desk.settle()


def test_back_leads_to_the_place_in_the_other_document(desk: Desk) -> None:
    quay = desk.choose("The Quay")
    left = read_to(desk, "Quay part 9")
    strand = desk.choose("The Strand")
    there = read_to(desk, "Strand part 4")
    press(desk, Qt.Key.Key_Left)
    reader = desk.window.reader
    assert reader.document is not None
    assert reader.document.id == quay
    assert reader.position() == left
    press(desk, Qt.Key.Key_Right)
    assert reader.document.id == strand
    assert reader.position() == there
    assert not desk.actions["view.forward"].isEnabled()


def test_back_comes_back_from_the_contents(desk: Desk) -> None:
    desk.choose("The Quay")
    left = read_to(desk, "Quay part 3")
    assert not desk.actions["view.back"].isEnabled()
    reader = desk.window.reader
    desk.run("view.contents")
    reader.contents.list.setCurrentIndex(reader.contents.model.index(15))
    QTest.keyClick(reader.contents.list, Qt.Key.Key_Return)
    desk.settle()
    assert reader.position() > left
    desk.run("view.back")
    assert reader.position() == left


def test_matches_that_were_stepped_through_are_one_step_back(desk: Desk) -> None:
    desk.choose("The Quay")
    left = read_to(desk, "Quay part 3")
    reader = desk.window.reader
    reader.open_find()
    QTest.keyClicks(reader.find_bar.field, "part 1")
    desk.settle()
    for _ in range(4):
        QTest.keyClick(reader.find_bar.field, Qt.Key.Key_Return)
    desk.settle()
    assert reader.position() != left
    desk.run("view.back")
    assert reader.position() == left


def test_the_buttons_at_the_side_of_the_mouse_go_back_and_forward(desk: Desk) -> None:
    quay = desk.choose("The Quay")
    strand = desk.choose("The Strand")
    reader = desk.window.reader
    QTest.mouseClick(reader.view.viewport(), Qt.MouseButton.BackButton)
    desk.settle()
    assert reader.document is not None
    assert reader.document.id == quay
    QTest.mouseClick(desk.list.view.viewport(), Qt.MouseButton.ForwardButton)
    desk.settle()
    assert reader.document.id == strand


def test_going_back_to_the_top_shows_the_title_and_moves_no_bookmark(desk: Desk) -> None:
    quay = desk.choose("The Quay")
    reader = desk.window.reader
    desk.run("view.contents")
    reader.contents.list.setCurrentIndex(reader.contents.model.index(15))
    QTest.keyClick(reader.contents.list, Qt.Key.Key_Return)
    desk.settle()
    desk.run("view.back")
    assert reader.position() == 0
    reader.tell_now()
    desk.settle()
    (document,) = desk.library.documents([quay])
    assert document.position == 0


def test_the_trail_is_kept_over_a_restart(home: Path, qtbot: QtBot) -> None:
    desk = Desk(home)
    quay = desk.choose("The Quay")
    left = read_to(desk, "Quay part 9")
    desk.choose("The Strand")
    settings = desk.session.settings
    desk.close()
    again = Desk(home, settings=from_json(to_json(settings.now)))
    again.choose("The Strand")
    again.run("view.back")
    reader = again.window.reader
    assert reader.document is not None
    assert reader.document.id == quay
    assert reader.position() == left
    again.close()


def test_the_place_where_one_stood_outlives_a_kill_and_moves_no_bookmark(
    home: Path, qtbot: QtBot
) -> None:
    first = Desk(home)
    quay = first.choose("The Quay")
    reader = first.window.reader
    assert reader.view.text is not None
    place = reader.view.text.canonical.index("Quay part 9")
    reader.go_to(place, place + 4)  # looked up, not read
    left = reader.position()
    assert left > 0
    qtbot.wait_until(lambda: _kept_place(home) == (quay, left), timeout=4_000)
    kept = (home / "settings.json").read_text("utf-8")  # as a kill would leave them
    first.close()

    second = Desk(home, settings=from_json(kept))
    second.open.open_last_document()
    second.question.set_text("", at_once=True)
    second.settle()
    assert second.window.reader.document is not None
    assert second.window.reader.document.id == quay
    assert second.window.reader.position() == left
    assert second.library.documents([quay])[0].position == 0
    second.close()


def _kept_place(home: Path) -> tuple[int, int] | None:
    """The place that the settings hold by now."""
    file = home / "settings.json"
    if not file.exists():
        return None
    trails = from_json(file.read_text("utf-8")).trail
    return next(iter(trails.values()))[-1] if trails else None


def test_a_damaged_trail_in_the_settings_is_none() -> None:
    text = to_json(Settings()).replace('"trail": {}', '"trail": {"a": [[1, 2], ["x", 2], [3], 7]}')
    assert from_json(text).trail == {"a": ((1, 2),)}


def test_a_document_that_was_removed_for_good_is_passed_over(desk: Desk) -> None:
    quay = desk.choose("The Quay")
    desk.run("document.trash")
    desk.choose("The Strand")
    desk.session.empty_trash()
    desk.settle()
    desk.run("view.back")
    assert desk.window.reader.document is None
    assert all(step.document != quay for step in desk.open.reading.trail.steps)


def test_the_footer_says_how_long_the_rest_takes(desk: Desk) -> None:
    desk.choose("The Quay")
    footer = desk.window.reader.footer
    whole = footer.left.text()
    assert whole.endswith("min left")
    read_to(desk, "Quay part 15")
    assert int(footer.left.text().split()[0]) < int(whole.split()[0])
    desk.window.reader.view.scroll_to_edge(end=True)
    assert footer.left.text() == "at the end"


def test_one_stays_where_one_is_when_the_way_back_failed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    quay = desk.choose("The Quay")
    begun = read_to(desk, "Quay part 9")
    strand = desk.choose("The Strand")
    read_to(desk, "Strand part 4")

    def refuse(_document: int) -> object:
        raise OSError("the disk is away")

    with monkeypatch.context() as away:
        away.setattr(desk.library, "text", refuse)
        desk.run("view.back")
    assert desk.problems
    reader = desk.window.reader
    assert reader.document is not None
    assert reader.document.id == strand
    left = read_to(desk, "Strand part 9")
    desk.run("view.back")
    assert (reader.document.id, reader.position()) == (quay, begun)
    desk.run("view.forward")
    assert (reader.document.id, reader.position()) == (strand, left)
