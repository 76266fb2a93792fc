"""The card that puts tags on documents, with real keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.core.model import Tag, TagCollection
from desktop_app.core.tag_aliases import Alias, AliasKind
from desktop_app.library.commands import AddTag, RemoveTag
from desktop_app.library.highlight_commands import TagHighlights
from desktop_app.library.tags.carrying import Carriers
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.tag_lookup import TagLookup
from desktop_app.ui.panes.choice_list import Mark
from desktop_app.ui.panes.tag_picker import TagPicker

COLLECTIONS = (TagCollection(1, "a", "Field notes", True), TagCollection(2, "b", "Other", False))
CONTROL = Qt.KeyboardModifier.ControlModifier


def tag(ident: int, name: str, parent: int | None = None, *, collection: int = 1) -> Tag:
    return Tag(ident, str(ident), collection, parent, name, "#4580b5")


TREE = TagTree(
    COLLECTIONS,
    (
        tag(1, "place"),
        tag(2, "Syria", 1),
        tag(3, "Iraq", 1),
        tag(4, "claim"),
        tag(9, "war", collection=2),
    ),
    {4: 10},
    {4: 10},
)


def carrying(*ids: int, tags: dict[int, int] | None = None, title: str = "") -> Carriers:
    return Carriers(ids, tags or {}, title)


class Probe:
    def __init__(self, host: QWidget, picker: TagPicker) -> None:
        self.host = host
        self.picker = picker
        self.field = picker.field
        self.commands: list[object] = []
        picker.command.connect(self.commands.append)

    def marks(self) -> dict[str, Mark | None]:
        return {row.text: row.mark for row in self.picker.list.choices}

    def chips(self) -> list[str]:
        return [b.text() for b in self.picker.findChildren(QPushButton) if b.isVisible()]


@pytest.fixture
def probe(qtbot) -> Probe:
    host = QWidget()
    qtbot.addWidget(host)
    QVBoxLayout(host).addWidget(QLineEdit(host))
    host.resize(900, 700)
    host.show()
    qtbot.waitExposed(host)
    return Probe(host, TagPicker(host))


def test_enter_puts_the_best_fit_on(probe: Probe, qtbot) -> None:
    probe.picker.open_for(carrying(7, 8), TagLookup(TREE))
    qtbot.keyClicks(probe.field, "syr")
    qtbot.keyClick(probe.field, Qt.Key.Key_Return)
    assert probe.commands == [AddTag(2, (7, 8))]
    assert probe.field.text() == ""
    assert probe.picker.is_open, "one can go on with the next tag"
    assert probe.chips() == ["Syria ×"]


def test_a_tag_that_all_carry_is_taken_off_again(probe: Probe, qtbot) -> None:
    probe.picker.open_for(carrying(7, tags={4: 1}), TagLookup(TREE))
    qtbot.keyClicks(probe.field, "claim")
    qtbot.keyClick(probe.field, Qt.Key.Key_Return)
    assert probe.commands == [RemoveTag(4, (7,))]


def test_a_tag_that_some_carry_is_shown_as_such_and_put_on_all(probe: Probe, qtbot) -> None:
    probe.picker.open_for(carrying(7, 8, 9, tags={4: 2, 2: 1}), TagLookup(TREE))
    assert probe.marks() == {
        "claim": Mark.SOME, "Syria": Mark.SOME, "place": Mark.NONE, "Iraq": Mark.NONE,
        "war": Mark.NONE,
    }  # fmt: skip
    assert "claim · 2 of 3 ×" in probe.chips()
    qtbot.keyClicks(probe.field, "claim")
    qtbot.keyClick(probe.field, Qt.Key.Key_Return)
    assert probe.commands == [AddTag(4, (7, 8, 9))]


def test_enter_on_nothing_typed_closes_and_changes_nothing(probe: Probe, qtbot) -> None:
    probe.picker.open_for(carrying(7, tags={4: 1}), TagLookup(TREE))
    qtbot.keyClick(probe.field, Qt.Key.Key_Return)
    assert not probe.picker.is_open
    assert probe.commands == []


def test_arrow_keys_reach_the_rows_when_nothing_is_typed(probe: Probe, qtbot) -> None:
    probe.picker.open_for(carrying(7), TagLookup(TREE))
    qtbot.keyClick(probe.field, Qt.Key.Key_Down)
    qtbot.keyClick(probe.field, Qt.Key.Key_Return)
    assert probe.commands == [AddTag(4, (7,))]


def test_a_word_that_is_no_tag_becomes_one(probe: Probe, qtbot) -> None:
    probe.picker.open_for(carrying(7), TagLookup(TREE))
    qtbot.keyClicks(probe.field, "ships")
    qtbot.keyClick(probe.field, Qt.Key.Key_Return)
    assert probe.commands == [CreateTag("ships", documents=(7,))]


def test_ctrl_enter_makes_a_tag_whatever_else_fits(probe: Probe, qtbot) -> None:
    probe.picker.open_for(carrying(7), TagLookup(TREE))
    qtbot.keyClicks(probe.field, "place/Sy")
    qtbot.keyClick(probe.field, Qt.Key.Key_Return, CONTROL)
    qtbot.keyClicks(probe.field, "war")
    qtbot.keyClick(probe.field, Qt.Key.Key_Return, CONTROL)
    qtbot.keyClicks(probe.field, "PLACE/syria")
    qtbot.keyClick(probe.field, Qt.Key.Key_Return, CONTROL)
    assert probe.commands == [
        CreateTag("place/Sy", documents=(7,)),
        CreateTag("war", documents=(7,)),
        AddTag(2, (7,)),
    ]


def test_a_name_that_cannot_be_is_said_under_the_field(probe: Probe, qtbot) -> None:
    probe.picker.open_for(carrying(7), TagLookup(TREE))
    probe.field.setText("n" * 300)
    qtbot.keyClick(probe.field, Qt.Key.Key_Return, CONTROL)
    assert probe.commands == []
    assert "300 characters" in probe.field.accessibleDescription()
    assert probe.field.text() == "n" * 300


def test_backspace_on_nothing_takes_off_the_last(probe: Probe, qtbot) -> None:
    probe.picker.open_for(carrying(7, tags={4: 1}), TagLookup(TREE))
    qtbot.keyClicks(probe.field, "ira")
    qtbot.keyClick(probe.field, Qt.Key.Key_Return)
    qtbot.keyClick(probe.field, Qt.Key.Key_Backspace)
    qtbot.keyClick(probe.field, Qt.Key.Key_Backspace)
    qtbot.keyClick(probe.field, Qt.Key.Key_Backspace)
    assert probe.commands == [AddTag(3, (7,)), RemoveTag(3, (7,)), RemoveTag(4, (7,))]


def test_backspace_that_is_held_down_stops_at_the_empty_field(probe: Probe, qtbot) -> None:
    probe.picker.open_for(carrying(7, tags={4: 1}), TagLookup(TREE))
    qtbot.keyClicks(probe.field, "ir")
    for _ in range(6):
        held = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier, "\b", True
        )
        QApplication.sendEvent(probe.field, held)
    assert probe.field.text() == ""
    assert probe.commands == []


def test_a_chip_takes_its_tag_off(probe: Probe, qtbot) -> None:
    probe.picker.open_for(carrying(7, tags={4: 1}), TagLookup(TREE))
    (chip,) = (b for b in probe.picker.findChildren(QPushButton) if b.isVisible())
    chip.click()
    assert probe.commands == [RemoveTag(4, (7,))]
    assert probe.chips() == []


def test_a_refresh_keeps_what_is_typed(probe: Probe, qtbot) -> None:
    probe.picker.open_for(carrying(7), TagLookup(TREE))
    qtbot.keyClicks(probe.field, "sy")
    probe.picker.open_for(carrying(7, tags={4: 1}), TagLookup(TREE))
    more = TagLookup(TagTree(COLLECTIONS, (*TREE.tags, tag(12, "symbol")), {}, {}))
    probe.picker.open_for(carrying(7, tags={4: 1}), more)
    assert probe.field.text() == "sy"
    assert {"Syria", "symbol"} <= set(probe.marks())
    assert probe.chips() == ["claim ×"]


def test_escape_gives_the_keys_back(probe: Probe, qtbot) -> None:
    below = probe.host.findChild(QLineEdit)
    below.setFocus()
    probe.picker.open_for(carrying(7), TagLookup(TREE))
    assert probe.field.hasFocus()
    with qtbot.waitSignal(probe.picker.closed):
        qtbot.keyClick(probe.field, Qt.Key.Key_Escape)
    assert below.hasFocus()


def test_going_elsewhere_closes_the_card(probe: Probe, qtbot) -> None:
    probe.picker.open_for(carrying(7), TagLookup(TREE))
    probe.host.findChild(QLineEdit).setFocus()
    assert not probe.picker.is_open


def test_the_card_stays_inside_a_small_window(probe: Probe) -> None:
    probe.host.resize(420, 300)
    probe.picker.open_for(carrying(7), TagLookup(TREE))
    assert probe.host.rect().contains(probe.picker.geometry())


def test_long_titles_and_names_do_not_widen_the_card(probe: Probe) -> None:
    long = carrying(7, tags={4: 1}, title="word " * 80)
    tags = (*TREE.tags[:3], tag(4, "n" * 200))
    probe.picker.open_for(long, TagLookup(TagTree(COLLECTIONS, tags, {}, {})))
    assert probe.picker.width() <= 540
    assert probe.picker.minimumSizeHint().width() <= 540


def test_ctrl_z_right_after_a_tag_is_the_windows(probe: Probe, qtbot) -> None:
    undone: list[bool] = []
    undo = QAction(probe.host)
    undo.setShortcut(QKeySequence.StandardKey.Undo)
    undo.triggered.connect(lambda: undone.append(True))
    probe.host.addAction(undo)
    probe.picker.open_for(carrying(7), TagLookup(TREE))
    qtbot.keyClicks(probe.field, "syr")
    qtbot.keyClick(probe.field, Qt.Key.Key_Z, CONTROL)
    assert undone == [], "while one types it is the field's"
    probe.field.setText("syr")
    qtbot.keyClick(probe.field, Qt.Key.Key_Return)
    qtbot.keyClick(probe.field, Qt.Key.Key_Z, CONTROL)
    assert undone == [True]


def test_a_name_nearly_a_tags_is_asked_about_once(probe: Probe, qtbot) -> None:
    probe.picker.open_for(carrying(7), TagLookup(TREE))
    qtbot.keyClicks(probe.field, "claims")
    qtbot.keyClick(probe.field, Qt.Key.Key_Return, CONTROL)
    assert probe.commands == []
    assert "“claim” is there already" in probe.field.accessibleDescription()
    qtbot.keyClick(probe.field, Qt.Key.Key_Return, CONTROL)
    assert probe.commands == [CreateTag("claims", documents=(7,))]


def test_the_tag_that_is_there_already_is_taken_by_enter(probe: Probe, qtbot) -> None:
    probe.picker.open_for(carrying(7), TagLookup(TREE))
    qtbot.keyClicks(probe.field, "cliam")
    assert next(iter(probe.marks())) == "claim", "it stands first, though nothing else finds it"
    qtbot.keyClick(probe.field, Qt.Key.Key_Return, CONTROL)
    qtbot.keyClick(probe.field, Qt.Key.Key_Return)
    assert probe.commands == [AddTag(4, (7,))]


def test_typing_on_forgets_what_was_asked(probe: Probe, qtbot) -> None:
    probe.picker.open_for(carrying(7), TagLookup(TREE))
    qtbot.keyClicks(probe.field, "clai")
    qtbot.keyClick(probe.field, Qt.Key.Key_Return, CONTROL)
    qtbot.keyClicks(probe.field, "ms")
    assert probe.field.accessibleDescription() == ""
    qtbot.keyClick(probe.field, Qt.Key.Key_Return, CONTROL)
    assert probe.commands == []


def test_another_name_that_fits_is_told(probe: Probe, qtbot) -> None:
    named = replace(tag(4, "Islamic State"), aliases=(Alias("IS", AliasKind.ABBREVIATION),))
    probe.picker.open_for(carrying(7), TagLookup(TagTree(COLLECTIONS, (named, tag(5, "island")))))
    qtbot.keyClicks(probe.field, "is")
    rows = {row.text: row.detail for row in probe.picker.list.choices}
    assert rows["Islamic State"] == "short: IS"
    assert rows["island"] == ""


def test_what_is_put_away_is_not_offered(probe: Probe, qtbot) -> None:
    hidden = replace(COLLECTIONS[1], shown=False)
    put_away = replace(tag(4, "claim"), archived=True)
    tree = TagTree((COLLECTIONS[0], hidden), (*TREE.tags[:3], put_away, TREE.tags[4]))
    probe.picker.open_for(carrying(7), TagLookup(tree))
    assert set(probe.marks()) == {"place", "Syria", "Iraq"}


def test_a_locked_collection_makes_no_tag(probe: Probe, qtbot) -> None:
    tree = TagTree((replace(COLLECTIONS[0], locked=True), COLLECTIONS[1]), TREE.tags)
    probe.picker.open_for(carrying(7), TagLookup(tree))
    qtbot.keyClicks(probe.field, "ships")
    qtbot.keyClick(probe.field, Qt.Key.Key_Return, CONTROL)
    assert probe.commands == []
    assert "locked" in probe.field.accessibleDescription()


def test_how_many_would_be_tagged_is_said_before(probe: Probe, qtbot) -> None:
    many = tuple(range(1, 1_205))
    probe.picker.open_for(
        carrying(*many, tags={4: 12}), TagLookup(TREE), found="all 1,204 documents found"
    )
    assert probe.picker._title.text() == "Tags of all 1,204 documents found"
    assert "tags 1,204 documents" in probe.picker.hints.text()
    qtbot.keyClicks(probe.field, "claim")
    assert probe.picker.list.choices[0].right == "12 of 1,204"
    qtbot.keyClick(probe.field, Qt.Key.Key_Return)
    assert probe.commands == [AddTag(4, many)]


def test_highlights_get_tags_of_their_own(probe: Probe, qtbot) -> None:
    probe.picker.open_for(carrying(3, 4), TagLookup(TREE), on_marks=True)
    qtbot.keyClicks(probe.field, "iraq")
    qtbot.keyClick(probe.field, Qt.Key.Key_Return)
    assert probe.commands == [TagHighlights(3, (3, 4))]
    assert "2 highlights" in probe.picker.hints.text()
