"""Imports in the window: the panel, the history, going on, watched folders, reading again."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.library.library import Library
from desktop_app.library.members import file_of
from desktop_app.library.outcomes import Outcome, OutcomeKind, Progress
from desktop_app.ui.dialogs.read_again import ReadAgainDialog
from desktop_app.ui.dialogs.watched_folders import WatchedFoldersDialog
from desktop_app.ui.file_manager import FileManager
from desktop_app.ui.panes.import_history import ImportHistory
from tests.ui.window_for_tests import Desk, write_texts
from tests.worker_for_tests import one_worker


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


def write_many(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:04}.txt").write_text(f"Document {number}\n\nAbout the harbour.\n")
    return folder


def stop_early(library: Library, folder: Path) -> None:
    """Import a folder and stop after the first outcome."""
    stop = threading.Event()
    library.import_files([folder], stop=stop, on_outcome=lambda _outcome: stop.set())


def button(parent: QObject, text: str) -> QPushButton:
    return next(b for b in parent.findChildren(QPushButton) if b.text().startswith(text))


def history(desk: Desk) -> ImportHistory:
    found = desk.window.import_list.findChild(ImportHistory)
    assert found is not None
    return found


def test_each_import_stands_in_the_list_with_its_own_outcomes(desk: Desk) -> None:
    desk.import_all(write_texts(desk.home / "first"))
    other = write_many(desk.home / "second", 5)
    (other / "empty.txt").write_bytes(b"")
    desk.import_all(other)
    desk.run("file.import_list")
    panel = desk.window.import_list
    assert panel.isVisible() and history(desk).count() == 2
    assert panel._model.total == 6 and panel.refused_count == 1
    history(desk).setCurrentRow(1)
    desk.settle()
    assert panel._model.total == 3 and panel.refused_count == 0
    assert panel._said.text() == "Done: 3 imported."
    assert desk.problems == []


def test_a_stopped_import_goes_on_where_it_was(desk: Desk, qtbot: QtBot) -> None:
    many = write_many(desk.home / "many", 900)
    with qtbot.waitSignal(desk.session.imports.outcomes, timeout=30_000):
        desk.session.import_files([many])
    desk.session.stop_import()
    qtbot.waitUntil(lambda: not desk.session.importing, timeout=30_000)
    desk.settle()
    before = desk.session.counts.all
    assert 0 < before < 900
    desk.run("file.import_list")
    panel = desk.window.import_list
    assert "stopped" in history(desk).item(0).text()
    assert panel._said.text().startswith("Not finished")
    button(panel, "Resume").click()
    desk.settle()
    assert desk.session.counts.all == 900
    assert panel._model.total == 900, "what was told before is there as well"
    assert history(desk).count() == 1
    assert not button(panel, "Resume").isVisible()
    assert desk.problems == []


def test_an_unfinished_import_that_is_dismissed_is_not_offered_again(desk: Desk) -> None:
    stop_early(desk.library, write_many(desk.home / "many", 600))
    desk.open.joins.imports.look()
    desk.settle()
    desk.run("file.import_list")
    panel = desk.window.import_list
    button(panel, "Dismiss").click()
    desk.settle()
    assert not button(panel, "Resume").isVisible()
    assert "stopped" not in history(desk).item(0).text()


def test_an_interrupted_import_is_said_at_the_start_and_can_go_on(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_many(tmp_path / "many", 600)
    library = Library.open(
        tmp_path / "library", cache=tmp_path / "cache", index="inline", worker=one_worker()
    )
    stop = threading.Event()
    with monkeypatch.context() as patch:
        # As a crash leaves it: the end is never written.
        patch.setattr("desktop_app.library.import_runs.end", lambda *_arguments: frozenset[int]())
        library.import_files([folder], stop=stop, on_outcome=lambda _outcome: stop.set())
    library.close()
    desk = Desk(tmp_path)
    bar = desk.window.problem_bar
    assert bar.isVisible() and "did not come to its end" in bar.text
    button(bar, "Resume").click()
    desk.settle()
    assert desk.session.counts.all == 600
    assert desk.window.import_list.isVisible() and desk.window.import_list._model.total == 600
    desk.close()


def test_what_was_told_before_stands_in_the_list_while_an_import_goes_on(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_early(desk.library, write_many(desk.home / "many", 600))
    (run,) = desk.library.import_runs()
    desk.open.joins.imports.look()
    desk.settle()
    resume, go = desk.library.resume_import, threading.Event()

    def wait_first(number: int, **named: object) -> Progress:
        go.wait()
        return resume(number, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(desk.library, "resume_import", wait_first)
    desk.open.joins.imports.resume(run.id)
    panel = desk.window.import_list
    qtbot.waitUntil(lambda: panel._model.total == sum(run.counts.values()), timeout=10_000)
    go.set()
    desk.settle()
    assert panel._model.total == 600


def test_an_import_that_a_full_disk_ended_says_how_far_it_came_and_goes_on(
    desk: Desk, qtbot: QtBot
) -> None:
    many = write_many(desk.home / "many", 900)
    with qtbot.waitSignal(desk.session.imports.outcomes, timeout=30_000):
        desk.session.import_files([many])
    # SQLite refuses every change from now on, as on a full disk.
    with desk.library._store._database.alone() as connection:
        connection.execute("PRAGMA query_only = ON")
    qtbot.waitUntil(lambda: not desk.session.importing, timeout=30_000)
    desk.settle()
    desk.run("file.import_list")
    panel = desk.window.import_list
    done = panel._model.total
    assert 0 < done < 900
    assert panel._said.text() == f"Ended by trouble: {done} of 900; {done} imported."
    assert f"many\n{done} files · ended by trouble" in history(desk).item(0).text()
    assert desk.problems
    with desk.library._store._database.alone() as connection:
        connection.execute("PRAGMA query_only = OFF")
    button(panel, "Resume").click()
    desk.settle()
    assert desk.session.counts.all == 900
    assert panel._said.text() == "Done: 900 imported."
    desk.run("edit.undo")
    assert desk.session.counts.all == 0


def test_what_was_refused_is_tried_again_by_itself(desk: Desk) -> None:
    folder = write_texts(desk.home / "mixed")
    (folder / "empty.txt").write_bytes(b"")
    desk.import_all(folder)
    desk.run("file.import_list")
    (folder / "empty.txt").write_text("It is not empty any more, and says so in words.\n")
    button(desk.window.import_list, "Retry 1 refused").click()
    desk.settle()
    assert desk.window.import_list._model.total == 1
    assert desk.session.counts.all == 4
    assert history(desk).count() == 2


def test_of_an_archive_only_what_was_refused_is_tried_again(desk: Desk) -> None:
    path = desk.home / "papers.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "One text about the harbour.\n")
        archive.writestr("b.json", "{}")
    desk.session.import_files([path])
    desk.settle()
    desk.run("file.import_list")
    panel = desk.window.import_list
    button(panel, "Retry 1 refused").click()
    desk.settle()
    assert [Path(row.outcome.path).name for row in panel.rows] == ["b.json"]
    desk.open.joins.imports._retry(["mail.eml!/run.exe"])
    assert "Attachments are not tried again from here" in desk.window.status._said.text()


def test_the_list_is_saved_and_a_disk_that_refuses_is_said(desk: Desk) -> None:
    desk.import_all(write_texts(desk.home / "saved"))
    panel = desk.window.import_list
    panel.save(desk.home / "list.csv")
    desk.settle()
    assert (desk.home / "list.csv").read_text("utf-8-sig").count("\n") == 4
    panel.save(desk.home / "missing" / "list.csv")
    desk.settle()
    assert len(desk.problems) == 1 and "list.csv" in desk.problems[0]


def test_a_library_restored_to_before_its_first_import_lists_none(desk: Desk) -> None:
    backup = desk.library.backup()
    desk.import_all(write_texts(desk.home / "saved"))
    desk.run("file.import_list")
    desk.session.long_work("Restoring", lambda library: library.restore(backup), lambda _done: None)
    desk.settle()
    panel = desk.window.import_list
    assert history(desk).count() == 0 and panel._model.total == 0
    assert panel._empty.isVisible() and "Nothing imported yet" in panel._empty.text()


def test_a_member_of_a_mailbox_is_found_in_the_mailbox(tmp_path: Path) -> None:
    mailbox = tmp_path / "mail.mbox"
    mailbox.write_text("From x")
    odd = tmp_path / "odd!"
    odd.mkdir()
    (odd / "a.txt").write_text("A")
    assert file_of(f"{mailbox}!/3") == mailbox
    assert file_of(f"{tmp_path}/gone.zip!/a/b.txt") == Path(f"{tmp_path}/gone.zip!/a/b.txt")
    assert file_of(f"{odd}/a.txt") == odd / "a.txt"


def test_without_a_file_manager_the_path_can_be_copied(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FileManager, "_ask_the_desktop", lambda _self, _file: False)
    desk.import_all(write_texts(desk.home / "saved"))
    desk.run("file.import_list")
    desk.window.import_list._table.selectRow(0)
    desk.window.import_list._table.look()
    desk.window.import_list._table.folder_action.trigger()
    desk.settle()
    bar = desk.window.problem_bar
    assert "No file manager" in bar.text
    button(bar, "Copy path").click()
    from PySide6.QtGui import QGuiApplication

    assert QGuiApplication.clipboard().text().endswith("letters.txt")


def test_a_folder_is_watched_with_a_tag_and_no_more(desk: Desk) -> None:
    folder = desk.home / "incoming"
    folder.mkdir()
    desk.run("file.watch")
    dialog = desk.window.findChild(WatchedFoldersDialog)
    assert dialog is not None
    assert not desk.window.status._watched.isVisible(), "off until a folder is added"
    dialog._tag.setText("place/Syria")
    dialog.watch(folder)
    desk.settle()
    assert desk.window.status._watched.text() == "Watching 1 folder"
    (row,) = [dialog._list.topLevelItem(0)]
    assert row is not None and row.text(1) == "place/Syria"
    dialog._list.setCurrentItem(row)
    button(dialog, "Remove").click()
    desk.settle()
    assert not desk.window.status._watched.isVisible()
    assert desk.library.watched() == []
    assert desk.problems == []


def test_what_came_from_a_watched_folder_is_said_and_listed(desk: Desk) -> None:
    desk.import_all(write_texts(desk.home / "saved"))
    said: list[str] = []
    desk.session.said.connect(said.append)
    worker = threading.Thread(
        target=lambda: desk.open.joins.watching._came.emit(
            (Outcome("/a", OutcomeKind.IMPORTED, 1, "A"), Outcome("/b", OutcomeKind.REFUSED))
        )
    )
    worker.start()
    worker.join()
    desk.settle()
    assert said == ["From watched folders: 1 new file, 1 could not be read"]


def test_originals_are_read_again_and_what_cannot_be_read_is_listed(desk: Desk) -> None:
    desk.import_all(write_texts(desk.home / "saved"))
    document = desk.choose("Letters")
    (found,) = desk.library.documents([document])
    next((desk.home / "library" / "originals").rglob(f"*{found.original[4:]}*")).unlink()
    desk.run("file.read_again")
    dialog = desk.window.findChild(ReadAgainDialog)
    assert dialog is not None and dialog._all.text() == "All 3 documents"
    button(dialog, "Read again").click()
    desk.settle()
    assert "3 documents read again" in dialog._said.text()
    assert "1 could not be read and keep" in dialog._said.text()
    assert dialog._table.row_at(0).document == document
    assert dialog._table.row_at(0).reason
    assert not desk.window.status._busy.isVisible()
    assert desk.problems == []


def test_closing_the_window_stops_reading_again(tmp_path: Path, qtbot: QtBot) -> None:
    desk = Desk(tmp_path)
    desk.import_all(write_many(tmp_path / "many", 300))
    desk.run("file.read_again")
    dialog = desk.window.findChild(ReadAgainDialog)
    assert dialog is not None
    came: list[object] = []
    desk.open.joins.reading_again._progressed.connect(came.append)
    button(dialog, "Read again").click()
    qtbot.waitUntil(lambda: bool(came), timeout=30_000)
    desk.close()
    assert came[-1].done < 300


def test_an_import_that_waits_for_the_reading_says_so(desk: Desk) -> None:
    desk.open.joins.reading_again.running = True
    desk.session.import_files([write_texts(desk.home / "saved")])
    assert "read again" in desk.window.import_list._said.text()
    desk.open.joins.reading_again.running = False
    desk.settle()
    assert desk.window.import_list._said.text() == "Done: 3 imported."
