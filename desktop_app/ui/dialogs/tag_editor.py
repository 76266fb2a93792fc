"""All that is said of a tag, to be changed in one go: its look, its meaning, its names, its links.

What is not touched follows the library while the dialog is open; what is touched is written, and
nothing else, in one step of undo.
"""

from __future__ import annotations

from dataclasses import fields as fields_of
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.model import Tag
from desktop_app.library.commands import Command
from desktop_app.library.tags.at_once import AtOnce
from desktop_app.library.tags.editing import EditTag, LinkTags, TagEdit, UnlinkTags
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.dialogs.parts import open_at, scrolled
from desktop_app.ui.models.tag_names import sibling_called
from desktop_app.ui.models.tag_words import is_locked
from desktop_app.ui.panes.alias_table import AliasTable
from desktop_app.ui.panes.fields import label, short
from desktop_app.ui.panes.link_list import LinkList
from desktop_app.ui.panes.look_page import FIELDS, LookPage
from desktop_app.ui.panes.mark_choice import MarkPreview
from desktop_app.ui.panes.meaning_page import MeaningPage


class TagEditor(QDialog):
    """The dialog for one tag. Not modal: several can stand beside each other."""

    command = Signal(object)
    merge_asked = Signal(int, int)

    def __init__(
        self, tree: TagTree, tag: int, parent: QWidget, *, read_only: bool = False
    ) -> None:
        super().__init__(parent)
        self._read_only = read_only
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tree = tree
        self._tag = tree.by_id[tag]
        self._links = frozenset(tree.links.get(tag, ()))
        self._locked = label("", "problem", self)
        self._locked.setWordWrap(True)
        self._locked.hide()
        self._gone = False  # deleted elsewhere, while something was typed here
        self._wrong = label("", "problem", self)
        self._wrong.setWordWrap(True)
        self._left = label(
            "What you changed is not saved. Cancel once more gives it up.", "problem", self
        )
        self._left.setWordWrap(True)
        self._left.hide()
        self.preview = MarkPreview(self)
        self.look = LookPage(self)
        self.meaning = MeaningPage(self)
        self.aliases = AliasTable(self)
        self.links = LinkList(self)
        self._save = QPushButton("Save", self)
        self._save.setProperty("kind", "primary")
        self._save.setDefault(True)
        self._place()
        self._show_all()
        self._look()
        self.look.changed.connect(self._look)
        self.aliases.changed.connect(self._look)
        self.look.merge_asked.connect(self._ask_merge)

    # Laying out.

    def _place(self) -> None:
        tabs = QTabWidget(self)
        tabs.setAccessibleName("What is said of the tag")
        tabs.addTab(scrolled(self.look, tabs), "Tag")
        tabs.addTab(scrolled(self.meaning, tabs), "Meaning")
        tabs.addTab(self.aliases, "Other names")
        tabs.addTab(self.links, "Linked tags")
        buttons = QDialogButtonBox(self)
        buttons.addButton(self._save, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(8)
        column.addWidget(self._locked)
        column.addWidget(self.preview)
        column.addWidget(tabs, 1)
        column.addWidget(self._wrong)
        column.addWidget(self._left)
        column.addWidget(buttons)
        open_at(self, 560, 500)

    # What stands in the fields.

    def _values(self) -> dict[str, Any]:
        """What the fields say now, by the names of TagEdit."""
        return {
            **self.look.values(),
            "aliases": self.aliases.aliases,
            **self.meaning.values(),
        }

    def _show(self, name: str, tag: Tag) -> None:
        """Show one field as a tag has it."""
        if name in FIELDS:
            self.look.show_field(name, tag, self._tree)
        elif name == "aliases":
            self.aliases.set_aliases(tag.aliases)
        else:
            self.meaning.fields[name].setPlainText(getattr(tag, name))

    def _show_all(self) -> None:
        for field in fields_of(TagEdit):
            self._show(field.name, self._tag)
        self.links.set_links(self._tree, self._tag.id, self._links)
        self._show_lock()

    def _show_lock(self) -> None:
        locked = self._is_fixed()
        name = next(c.name for c in self._tree.collections if c.id == self._tag.collection)
        if self._gone:
            said = (
                f"The tag “{short(self._tag.name)}” is no longer there, so nothing of it can be "
                "saved. What you wrote stays here to be copied until you close this; if Undo "
                "brings the tag back, it can be saved again."
            )
        elif self._read_only:
            said = "This library is open for reading only, so this tag cannot be changed."
        else:
            said = (
                f"“{name}” is locked, so this tag cannot be changed. "
                "Unlock it under Tag collections."
            )
        self._locked.setText(said)
        self._locked.setVisible(locked)
        self.look.set_read_only(locked)
        self.meaning.set_read_only(locked)
        self.aliases.set_read_only(locked)
        self.links.set_read_only(locked)

    def _is_fixed(self) -> bool:
        return self._gone or self._read_only or is_locked(self._tree, self._tag)

    def set_tags(self, tree: TagTree) -> None:
        """Follow the library: fields that were not touched show what is said now.

        Where the tag is gone it closes, unless something was written that would be lost.
        """
        now = tree.by_id.get(self._tag.id)
        if now is None:
            # What was written is still compared with, and named after, the tag as it last was.
            self._gone = self._is_changed()
            if not self._gone:
                super().reject()
                return
            self._show_lock()
            self._look()
            return
        self._gone = False
        values = self._values()
        untouched = [name for name, value in values.items() if value == _value(self._tag, name)]
        links, linked = self.links.links, frozenset(tree.links.get(now.id, ()))
        kept = links if links != self._links else linked
        self._tree, self._tag, self._links = tree, now, linked
        for name in untouched:
            if values[name] != _value(now, name):
                self._show(name, now)
        self.links.set_links(tree, now.id, kept)
        self._show_lock()
        self._look()

    # What follows from it.

    def _look(self) -> None:
        """Show what the fields come to: the mark, the title, what is wrong with the name."""
        shown, said = self.look.look(self._tag, self._tree)
        self.preview.show_tag(shown)
        self.setWindowTitle(f"Tag “{short(self._tag.name)}”")
        wrong = self.aliases.problem()
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self._save.setEnabled(not said and not wrong and not self._is_fixed())

    def _ask_merge(self) -> None:
        if self._gone:
            return
        taken = sibling_called(self._tree, self._tag, self.look.values()["name"])
        if taken is not None:
            self.merge_asked.emit(self._tag.id, taken.id)
            super().reject()

    # Saving, or giving up.

    def reject(self) -> None:
        """Close; where something was changed, say first that it would be lost."""
        asked = self._gone or not self._is_fixed()
        if asked and self._is_changed() and self._left.isHidden():
            self._left.show()
        else:
            super().reject()

    def _is_changed(self) -> bool:
        return bool(self._changed()) or self.links.links != self._links

    def _changed(self) -> dict[str, Any]:
        """The fields that say something else than the tag, with what they say."""
        return {
            name: value
            for name, value in self._values().items()
            if value != _value(self._tag, name)
        }

    def save(self) -> None:
        """Ask for what was changed, all of it in one step, and close."""
        if not self._save.isEnabled():
            return
        changed = self._changed()
        commands: list[Command] = []
        if changed:
            commands.append(EditTag(self._tag.id, TagEdit(**changed)))
        links = self.links.links
        for link in sorted(self._links - links):
            commands.append(UnlinkTags(link.one, link.other, link.kind))
        for link in sorted(links - self._links):
            commands.append(LinkTags(link.one, link.other, link.kind))
        if len(commands) == 1:
            self.command.emit(commands[0])
        elif commands:
            self.command.emit(AtOnce(tuple(commands), f"Change the tag “{self._tag.name}”"))
        self.accept()


def _value(tag: Tag, name: str) -> Any:
    value = getattr(tag, name)
    return value or 0 if name == "key" else value
