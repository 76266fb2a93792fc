"""What can be done to one tag, as a menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.core.model import Tag
from desktop_app.library.commands import Command
from desktop_app.library.tag_commands import DeleteTag, MoveTag, RecolourTag
from desktop_app.library.tag_tree import TagTree
from desktop_app.ui.icons import icon
from desktop_app.ui.models.tags import documents_in_words
from desktop_app.ui.panes.colour_swatches import ColourMenu


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


def delete_words(tree: TagTree, tag: Tag) -> str:
    """Say what deleting a tag comes to."""
    below = sum(1 for _ in tree.below(tag.id))
    said = "Delete" if not below else f"Delete with {below:,} below it"
    count = tree.with_children.get(tag.id, 0)
    return f"{said} (on {documents_in_words(count)})" if count else said
