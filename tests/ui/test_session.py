from __future__ import annotations

from collections.abc import Iterator
from math import inf
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.errors import Problem
from desktop_app.library.commands import SetStarred
from desktop_app.library.outcomes import OutcomeKind
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.tree import TagTree
from tests.ui.window_for_tests import Desk, write_texts


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


def test_a_stopped_import_keeps_what_it_brought_and_begins_no_other(
    desk: Desk, qtbot: QtBot
) -> None:
    many = write_many(desk.home / "many", 1_500)
    other = write_texts(desk.home / "other")
    with qtbot.waitSignal(desk.session.imports.outcomes, timeout=30_000):
        desk.session.import_files([many])
        desk.session.import_files([other])
    desk.session.stop_import()
    qtbot.waitUntil(lambda: not desk.session.importing, timeout=30_000)
    desk.settle()
    imported = [
        row for row in desk.session.imports.rows if row.outcome.kind is OutcomeKind.IMPORTED
    ]
    assert 0 < len(imported) < 1_500
    assert desk.session.counts.all == len(imported)
    assert not any("other" in row.outcome.path for row in desk.session.imports.rows)


def test_imports_go_one_after_the_other(desk: Desk, qtbot: QtBot) -> None:
    ended: list[object] = []
    desk.session.imports.finished.connect(ended.append)
    desk.session.import_files([write_many(desk.home / "first", 3)])
    desk.session.import_files([write_texts(desk.home / "second")], tag="sea/letters")
    qtbot.waitUntil(lambda: len(ended) == 2, timeout=30_000)
    desk.settle()
    assert desk.session.counts.all == 6
    assert desk.session.tag_tree is not None
    found = desk.session.tag_tree.find("sea/letters")
    assert found is not None and desk.session.tag_tree.own[found.id] == 3


def test_news_of_an_import_are_joined(desk: Desk, qtbot: QtBot) -> None:
    heard: list[Changes] = []
    desk.session.changed.connect(heard.append)
    desk.session.news.settle.setInterval(150)
    with qtbot.waitSignal(desk.session.imports.finished, timeout=60_000):
        desk.session.import_files([write_many(desk.home / "many", 400)])
    desk.settle()
    documents = {each for changes in heard for each in changes.documents}
    assert len(documents) == 400
    assert len(heard) < 40


def test_a_command_that_cannot_be_done_is_a_problem_and_changes_nothing(desk: Desk) -> None:
    desk.session.do(CreateTag("place"))
    desk.settle()
    before = desk.session.undo_name
    desk.session.do(CreateTag("/"))
    desk.settle()
    assert len(desk.problems) == 1 and "name" in desk.problems[0]
    assert desk.session.undo_name == before


def test_what_was_done_is_said_with_its_name(desk: Desk, qtbot: QtBot) -> None:
    desk.session.import_files([write_texts(desk.home / "saved")])
    desk.settle()
    said: list[str] = []
    desk.session.said.connect(said.append)
    desk.session.do(SetStarred(tuple(desk.open.model.ids), True))
    desk.settle()
    desk.session.undo()
    desk.settle()
    assert any("Star 3 documents" in sentence for sentence in said)
    assert any(sentence.startswith("Undone") for sentence in said)


def test_emptying_the_trash_says_what_is_gone(desk: Desk) -> None:
    desk.session.import_files([write_texts(desk.home / "saved")])
    desk.settle()
    desk.list.view.setFocus()
    desk.list.view.selectAll()
    desk.run("document.trash")
    assert desk.session.counts.trash == 3
    heard: list[Changes] = []
    desk.session.changed.connect(heard.append)
    desk.session.empty_trash()
    desk.settle()
    assert desk.session.counts.trash == 0
    assert any(changes.touches(Kind.REMOVED) for changes in heard)
    assert desk.open.reading.document is None


def test_a_problem_of_long_work_is_shown_and_the_work_is_over(desk: Desk) -> None:
    busy: list[str] = []
    desk.session.busy_with.connect(busy.append)

    def fails(_library: object) -> None:
        raise Problem("The disk is full.", "Nothing was lost.")

    desk.session.long_work("Backing up", fails, lambda _nothing: None)
    desk.settle()
    assert busy == ["Backing up", ""]
    assert desk.problems == ["The disk is full. Nothing was lost."]


def test_what_belongs_to_a_change_is_said_with_it_and_never_before_it(desk: Desk) -> None:
    desk.import_all(write_texts(desk.home / "saved"))
    document = desk.open.model.ids[0]
    heard: list[str] = []
    desk.session.said.connect(heard.append)
    desk.session.do(SetStarred((document,), True))
    desk.session.say_also("And more")  # news of a change may come before the command has ended
    assert heard == []
    desk.settle()
    assert len(heard) == 1 and heard[0].endswith(": done. And more")


def test_what_belongs_to_a_change_that_changed_nothing_is_said_by_itself(desk: Desk) -> None:
    desk.import_all(write_texts(desk.home / "saved"))
    document = desk.open.model.ids[0]
    heard: list[str] = []
    desk.session.said.connect(heard.append)
    desk.session.do(SetStarred((document,), False))
    desk.session.say_also("And more")
    desk.settle()
    assert heard == ["And more"]
    desk.session.say_also("And still more")
    assert heard[-1] == "And still more"


def test_counts_with_children_come_behind_what_tags_carry_themselves(
    desk: Desk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.session.imports.finished, timeout=30_000):
        desk.session.import_files([write_texts(desk.home / "saved")], tag="sea/letters")
    desk.settle()
    trees: list[TagTree] = []
    desk.session.tags_changed.connect(trees.append)
    desk.session._library._below_took_s = inf  # as in a library where counting takes long
    desk.session.do(CreateTag("sea/ships", documents=tuple(desk.open.model.ids)))
    desk.settle()
    first, last = trees[0], trees[-1]
    sea, ships = last.find("sea"), last.find("sea/ships")
    assert sea and ships
    assert (first.whole, first.own[ships.id]) == (False, 3)
    assert (last.whole, last.own[ships.id], last.with_children[sea.id]) == (True, 3, 3)
    assert desk.session.tag_tree is last
