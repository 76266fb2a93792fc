"""The card in the sidebar that makes a tag, where a name is nearly that of another."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.core.model import Tag, TagCollection
from desktop_app.library.commands import AddTag
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.panes.new_tag import NewTagCard

TREE = TagTree(
    (TagCollection(1, "a", "Field notes", True),),
    (Tag(1, "1", 1, None, "siege", "#4580b5"), Tag(2, "2", 1, None, "place", "#4580b5")),
)


@pytest.fixture
def card(qtbot) -> NewTagCard:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(300, 300)
    host.show()
    card = NewTagCard(host)
    card.host = host  # type: ignore[attr-defined]
    card.commands = []  # type: ignore[attr-defined]
    card.command.connect(card.commands.append)  # type: ignore[attr-defined]
    return card


def test_enter_once_more_makes_a_tag_called_nearly_as_another(card, qtbot) -> None:
    card.open_card(TREE, None, ())
    qtbot.keyClicks(card._name, "sieges")
    qtbot.keyClick(card._name, Qt.Key.Key_Return)
    assert card.commands == []
    assert "“siege” is there already" in card._name.accessibleDescription()
    qtbot.keyClick(card._name, Qt.Key.Key_Return)
    assert card.commands == [CreateTag("sieges")]


def test_the_tag_that_is_there_can_be_used_instead(card, qtbot) -> None:
    card.open_card(TREE, None, (7, 8))
    qtbot.keyClicks(card._name, "seige")
    qtbot.keyClick(card._name, Qt.Key.Key_Return)
    card._use.click()
    assert card.commands == [AddTag(1, (7, 8))]
    assert card.isHidden()


def test_another_name_is_asked_about_anew(card, qtbot) -> None:
    card.open_card(TREE, None, ())
    qtbot.keyClicks(card._name, "seige")
    qtbot.keyClick(card._name, Qt.Key.Key_Return)
    card._name.setText("sieges")
    assert card._use.isHidden()
    qtbot.keyClick(card._name, Qt.Key.Key_Return)
    assert card.commands == []


def test_a_name_of_its_own_is_made_at_once(card, qtbot) -> None:
    card.open_card(TREE, 2, ())
    qtbot.keyClicks(card._name, "Syria")
    qtbot.keyClick(card._name, Qt.Key.Key_Return)
    assert card.commands == [CreateTag("Syria", parent=2)]
