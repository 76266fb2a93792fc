"""The tag picker while answers come late: what was asked last always holds."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Tag, TagCollection
from desktop_app.library.commands import AddTag, RemoveTag
from desktop_app.library.tags.carrying import Carriers
from desktop_app.library.tags.commands import CreateTag, TakeOffMade
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.panes.tag_picker import TagPicker
from desktop_app.ui.verbs.pick_tags import PickTags

CONTROL = Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key


def tree(*names: str) -> TagTree:
    tags = tuple(Tag(n, str(n), 1, None, name, "#4580b5") for n, name in enumerate(names, 1))
    return TagTree((TagCollection(1, "a", "Field notes", True),), tags)


class Slow(QObject):
    """A library behind a session: done is what is told to be done, heard what is told to be heard."""

    changed = Signal(object)
    tags_changed = Signal(object)
    busy_with = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.tag_tree = tree("claim", "place", "siege")
        self.on: set[int] = {1}  # the tags of the one document
        self.asked: list[Any] = []
        self.problems: list[Exception] = []
        self._to_do: list[tuple[Any, Any, Any]] = []
        self._answer: Callable[[], None] | None = None
        self.tasks = SimpleNamespace(forget=lambda _key: setattr(self, "_answer", None))

    def read(self, look: Any, then: Any, *, key: str) -> None:
        """Look at once, and keep the answer back, as a thread that is held up would."""
        seen = look(self)
        self._answer = lambda: then(seen)

    def do(self, command: Any, done: Any, failed: Any) -> None:
        self.asked.append(command)
        self._to_do.append((command, done, failed))

    def carriers(self, ids: tuple[int, ...], *, highlights: bool) -> Carriers:
        return Carriers((7,), dict.fromkeys(self.on, 1))

    def say_problem(self, error: Exception) -> None:
        self.problems.append(error)

    def hear(self) -> None:
        """Let the newest answer arrive."""
        answer, self._answer = self._answer, None
        if answer is not None:
            answer()

    def commit(self) -> Callable[[], None]:
        """Do the next command, and let its changes be heard; what comes back says that it is done."""
        command, done, _failed = self._to_do.pop(0)
        match command:
            case AddTag():
                self.on.add(command.tag)
            case RemoveTag():
                self.on.discard(command.tag)
            case CreateTag():
                names = [each.name for each in self.tag_tree.tags]
                if command.name_path not in names:
                    names.append(command.name_path)
                self.new_tree = tree(*names)
                self.on.add(names.index(command.name_path) + 1)
            case TakeOffMade():
                self.on.discard(
                    [each.name for each in self.new_tree.tags].index(command.name_path) + 1
                )
        changes = Changes(documents=frozenset({7}), kinds=frozenset({Kind.TAGGING}))
        self.changed.emit(changes)
        return lambda: done(changes)

    def refuse(self) -> None:
        _command, _done, failed = self._to_do.pop(0)
        failed(BadUsage("It is locked.", "Unlock it."))

    def show_new_tree(self) -> None:
        self.tag_tree = self.new_tree
        self.tags_changed.emit(self.tag_tree)


class Desk:
    def __init__(self, host: QWidget, qtbot: Any) -> None:
        self.session, self.qtbot = Slow(), qtbot
        self.picker = TagPicker(host)
        self.verbs = PickTags(self.session, self.picker, host)  # type: ignore[arg-type]
        self.verbs.for_documents((7,))
        self.session.hear()

    def write(self, text: str, *, new: bool = False) -> None:
        self.qtbot.keyClicks(self.picker.field, text)
        self.press(KEY.Key_Return, CONTROL if new else Qt.KeyboardModifier.NoModifier)

    def press(self, key: Qt.Key, more: Any = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.picker.field, key, more)

    def chips(self) -> list[str]:
        buttons = self.picker.findChildren(QPushButton)
        return [b.text().removesuffix(" ×") for b in buttons if b.isVisible()]

    def all_done(self) -> None:
        """Let all that was asked be done and heard of."""
        while self.session._to_do:
            self.session.commit()()
        self.session.hear()


@pytest.fixture
def desk(qtbot: Any) -> Desk:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(900, 700)
    host.show()
    qtbot.waitExposed(host)
    return Desk(host, qtbot)


def test_an_answer_read_before_a_tag_was_put_on_does_not_forget_it(desk: Desk) -> None:
    desk.session.changed.emit(Changes(frozenset({7}), kinds=frozenset({Kind.FACTS})))
    desk.write("siege")
    desk.session.hear()  # read before
    assert desk.chips() == ["claim", "siege"]
    desk.press(KEY.Key_Backspace)
    assert desk.session.asked == [AddTag(3, (7,)), RemoveTag(3, (7,))]
    desk.all_done()
    assert desk.chips() == ["claim"]


def test_the_same_tag_again_takes_it_off_whatever_is_heard_meanwhile(desk: Desk) -> None:
    desk.session.tags_changed.emit(desk.session.tag_tree)
    desk.write("siege")
    desk.session.hear()
    desk.write("siege")
    desk.session.commit()
    desk.session.hear()
    assert desk.chips() == ["claim"]
    assert desk.session.asked == [AddTag(3, (7,)), RemoveTag(3, (7,))]


def test_two_tags_quickly_are_taken_off_in_turn(desk: Desk) -> None:
    desk.write("siege")
    desk.write("place")
    desk.session.commit()()
    desk.session.hear()  # knows of the first only
    assert desk.chips() == ["claim", "siege", "place"]
    desk.press(KEY.Key_Backspace)
    desk.press(KEY.Key_Backspace)
    assert desk.session.asked[2:] == [RemoveTag(2, (7,)), RemoveTag(3, (7,))]
    desk.all_done()
    assert desk.chips() == ["claim"]


def test_a_chip_that_was_clicked_does_not_come_back(desk: Desk) -> None:
    desk.session.tags_changed.emit(desk.session.tag_tree)
    desk.session._answer, held = None, desk.session._answer
    (chip,) = (b for b in desk.picker.findChildren(QPushButton) if b.isVisible())
    chip.click()
    assert held is not None
    held()
    assert desk.chips() == []
    desk.all_done()
    assert desk.chips() == []


def test_backspace_takes_off_a_new_tag_that_is_still_being_made(desk: Desk) -> None:
    desk.write("harbour", new=True)
    desk.press(KEY.Key_Backspace)
    assert desk.session.asked == [
        CreateTag("harbour", documents=(7,)),
        TakeOffMade("harbour", documents=(7,)),
    ]
    desk.all_done()
    desk.session.show_new_tree()
    desk.session.hear()
    assert desk.chips() == ["claim"]


def test_backspace_takes_off_a_new_tag_that_is_not_in_the_tree_yet(desk: Desk) -> None:
    desk.write("harbour", new=True)
    desk.all_done()
    desk.press(KEY.Key_Backspace)
    assert desk.session.asked[1:] == [TakeOffMade("harbour", documents=(7,))]


def test_a_new_tag_counts_as_the_last_once_it_is_there(desk: Desk) -> None:
    desk.write("harbour", new=True)
    desk.all_done()
    desk.session.show_new_tree()
    desk.session.hear()
    assert desk.chips() == ["claim", "harbour"]
    desk.press(KEY.Key_Backspace)
    assert desk.session.asked[1:] == [RemoveTag(4, (7,))]


def test_what_was_refused_is_not_shown_any_longer(desk: Desk) -> None:
    desk.write("siege")
    desk.session.refuse()
    desk.session.hear()
    assert desk.chips() == ["claim"]
    assert len(desk.session.problems) == 1
    desk.press(KEY.Key_Backspace)
    assert desk.session.asked[1:] == [RemoveTag(1, (7,))]


def test_what_is_undone_is_seen_though_it_was_asked_for_here(desk: Desk) -> None:
    desk.write("siege")
    desk.all_done()
    desk.session.on.discard(3)
    desk.session.changed.emit(Changes(frozenset({7}), kinds=frozenset({Kind.TAGGING})))
    desk.session.hear()
    assert desk.chips() == ["claim"]


def test_closing_and_opening_at_once_keeps_what_was_asked(desk: Desk) -> None:
    desk.write("siege")
    desk.press(KEY.Key_Escape)
    desk.verbs.for_documents((7,))
    desk.session.hear()
    assert desk.chips() == ["claim", "siege"]
