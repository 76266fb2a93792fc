"""What can be done to one tag, as a menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.core.model import Tag
from desktop_app.library.commands import Command
from desktop_app.library.tags.commands import MoveTag, RecolourTag, SetTagKey
from desktop_app.library.tags.tidying import DeleteTag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.look.icons import icon
from desktop_app.ui.models.tags import documents_in_words
from desktop_app.ui.panes.colour_swatches import ColourMenu
from desktop_app.ui.panes.fields import short


@dataclass(frozen=True, slots=True)
class TagMenuAsks:
    """Whom the menu asks for what it does not do by a command of its own."""

    command: Callable[[Command], None]
    new_below: Callable[[int], None]
    rename: Callable[[int], None]
    merge: Callable[[int], None]


def tag_menu(tree: TagTree, tag: Tag, asks: TagMenuAsks, parent: QWidget) -> QMenu:
    """Make the menu of a tag. What takes documents with it says how many."""
    menu = QMenu(parent)
    menu.addAction(icon("add"), "New tag inside…", lambda: asks.new_below(tag.id))
    rename = menu.addAction(icon("rename"), "Rename", lambda: asks.rename(tag.id))
    rename.setShortcut(QKeySequence("F2"))
    colours = ColourMenu(tag.colour, menu)
    colours.setIcon(icon("colour"))
    colours.chosen.connect(lambda colour: asks.command(RecolourTag(tag.id, colour)))
    menu.addMenu(colours)
    menu.addMenu(key_menu(tree, tag, asks.command, menu))
    top = menu.addAction(
        icon("move"), "Move to the top", lambda: asks.command(MoveTag(tag.id, None))
    )
    top.setEnabled(tag.parent is not None)
    menu.addAction(icon("merge"), "Merge into…", lambda: asks.merge(tag.id))
    menu.addSeparator()
    delete = menu.addAction(
        icon("delete"), delete_words(tree, tag), lambda: asks.command(DeleteTag(tag.id))
    )
    delete.setShortcut(QKeySequence("Del"))
    return menu


def key_menu(tree: TagTree, tag: Tag, command: Callable[[Command], None], parent: QWidget) -> QMenu:
    """Make the menu of the digits that can give a tag; each says whose it is now."""
    menu = QMenu("Key", parent)
    menu.setIcon(icon("keys"))
    owners = {each.key: each for each in tree.tags if each.collection == tag.collection}
    for digit in range(1, 10):
        owner = owners.get(digit)
        name = "" if owner is None else f"  now “{short(owner.name)}”"
        if owner is not None and owner.id == tag.id:
            name = ""
        entry = menu.addAction(f"{digit}{name}".replace("&", "&&"))
        entry.setCheckable(True)
        entry.setChecked(tag.key == digit)
        entry.triggered.connect(partial(_set_key, command, tag.id, digit))
    menu.addSeparator()
    none = menu.addAction("No key")
    none.setCheckable(True)
    none.setChecked(tag.key is None)
    none.triggered.connect(partial(_set_key, command, tag.id, None))
    return menu


def _set_key(
    command: Callable[[Command], None], tag: int, key: int | None, _checked: bool = False
) -> None:
    command(SetTagKey(tag, key))


def delete_words(tree: TagTree, tag: Tag) -> str:
    """Say what deleting a tag comes to."""
    below = sum(1 for _ in tree.below(tag.id))
    said = "Delete" if not below else f"Delete with {below:,} below it"
    count = tree.with_children.get(tag.id, 0)
    return f"{said} (on {documents_in_words(count)})" if count else said
