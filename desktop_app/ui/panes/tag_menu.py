"""What can be done to one tag, or to a collection that stands in the sidebar, as a menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.core.model import Tag, TagCollection
from desktop_app.library.commands import Command
from desktop_app.library.tags.collection_commands import (
    LockCollection,
    ShowCollection,
    UseCollection,
)
from desktop_app.library.tags.commands import MoveTag, RecolourTag, SetTagKey
from desktop_app.library.tags.editing import ArchiveTag
from desktop_app.library.tags.tidying import DeleteTag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.look.icons import icon
from desktop_app.ui.models.tag_words import documents_in_words, is_locked, scheme_in
from desktop_app.ui.panes.colour_swatches import ColourMenu
from desktop_app.ui.panes.fields import short

# The verbs that others bring, by the ids of their actions, in the order of the menu.
_OPENING = (("tags.page", "Open its page", "tag"), ("tags.edit", "Edit…", "form"))
_TIDYING = (
    ("tags.move", "Move…", "move"),
    ("tags.merge", "Merge into…", "merge"),
    ("tags.split", "Split…", "fold"),
)


@dataclass(frozen=True, slots=True)
class TagMenuAsks:
    """Whom the menu asks. verbs: what else can be done to a tag, by the id of its action."""

    command: Callable[[Command], None]
    new_below: Callable[[int], None]
    rename: Callable[[int], object]
    verbs: Mapping[str, Callable[[int], object]] = field(default_factory=dict)


def tag_menu(tree: TagTree, tag: Tag, asks: TagMenuAsks, parent: QWidget) -> QMenu:
    """Make the menu of a tag. What takes documents with it says how many."""
    menu = QMenu(parent)
    changing: list[QAction] = []
    _add_verbs(menu, _OPENING, tag, asks)
    changing.append(menu.addAction(icon("add"), "New tag inside…", lambda: asks.new_below(tag.id)))
    rename = menu.addAction(icon("rename"), "Rename", lambda: asks.rename(tag.id))
    rename.setShortcut(QKeySequence("F2"))
    colours = ColourMenu(tag.colour, menu, scheme=scheme_in(tree, tag.collection))
    colours.setIcon(icon("colour"))
    colours.chosen.connect(lambda colour: asks.command(RecolourTag(tag.id, colour)))
    changing += [rename, menu.addMenu(colours)]
    changing.append(menu.addMenu(key_menu(tree, tag, asks.command, menu)))
    menu.addSeparator()
    top = menu.addAction(icon("up"), "Move to the top", lambda: asks.command(MoveTag(tag.id, None)))
    top.setEnabled(tag.parent is not None)
    changing += [top, *_add_verbs(menu, _TIDYING, tag, asks)]
    menu.addSeparator()
    away = "Take out of the archive" if tag.archived else "Archive"
    changing.append(
        menu.addAction(
            icon("archive"), away, lambda: asks.command(ArchiveTag(tag.id, not tag.archived))
        )
    )
    delete = menu.addAction(
        icon("delete"), delete_words(tree, tag), lambda: asks.command(DeleteTag(tag.id))
    )
    delete.setShortcut(QKeySequence("Del"))
    changing.append(delete)
    if is_locked(tree, tag):
        for action in changing:
            action.setEnabled(False)
        _say_locked(menu, tree, tag.collection)
    return menu


def _add_verbs(
    menu: QMenu, verbs: Sequence[tuple[str, str, str]], tag: Tag, asks: TagMenuAsks
) -> list[QAction]:
    """Add the verbs that somebody brought; those that only look are not told from the others."""
    made = []
    for action, text, sign in verbs:
        run = asks.verbs.get(action)
        if run is not None:
            made.append(menu.addAction(icon(sign), text, partial(run, tag.id)))
    return made


def _say_locked(menu: QMenu, tree: TagTree, collection: int) -> None:
    name = next((c.name for c in tree.collections if c.id == collection), "")
    said = QAction(icon("lock"), f"“{short(name)}” is locked".replace("&", "&&"), menu)
    said.setEnabled(False)
    menu.insertAction(menu.actions()[0], said)


def collection_menu(
    collection: TagCollection,
    command: Callable[[Command], None],
    describe: Callable[[TagCollection], None],
    parent: QWidget,
) -> QMenu:
    """Make the menu of a collection that stands in the sidebar without being in use."""
    menu = QMenu(parent)
    ident = collection.id
    menu.addAction(icon("check"), "Use for new tags", lambda: command(UseCollection(ident)))
    menu.addAction(
        icon("hide"), "Hide from the sidebar", lambda: command(ShowCollection(ident, False))
    )
    words = "Unlock" if collection.locked else "Lock"
    sign = "unlock" if collection.locked else "lock"
    menu.addAction(icon(sign), words, lambda: command(LockCollection(ident, not collection.locked)))
    menu.addSeparator()
    menu.addAction(icon("form"), "Tag collections…", lambda: describe(collection))
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
