"""All that is said of a tag, to be changed in one go: its look, its meaning, its names, its links.

What is not touched follows the library while the dialog is open; what is touched is written, and
nothing else, in one step of undo.
"""

from __future__ import annotations

from dataclasses import fields as fields_of
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QColorDialog,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.model import Tag
from desktop_app.core.tag_looks import letters_of
from desktop_app.library.commands import Command
from desktop_app.library.tags.at_once import AtOnce
from desktop_app.library.tags.editing import EditTag, LinkTags, TagEdit, UnlinkTags
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.dialogs.parts import open_at, scrolled
from desktop_app.ui.models.tag_names import rename_problem, sibling_called
from desktop_app.ui.models.tag_words import is_locked, scheme_in
from desktop_app.ui.panes.alias_table import AliasTable
from desktop_app.ui.panes.colour_swatches import ColourSwatches
from desktop_app.ui.panes.fields import add_field, label, short, show_problem_of
from desktop_app.ui.panes.link_list import LinkList
from desktop_app.ui.panes.mark_choice import MarkPreview, PatternButtons
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
        self._colour = self._tag.colour
        self._locked = label("", "problem", self)
        self._locked.setWordWrap(True)
        self._locked.hide()
        self._left = label(
            "What you changed is not saved. Cancel once more gives it up.", "problem", self
        )
        self._left.setWordWrap(True)
        self._left.hide()
        self.preview = MarkPreview(self)
        self.name = QLineEdit(self)
        self.name.setAccessibleName("Name of the tag")
        self._problem = label("", "problem", self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._merge = QPushButton("Merge the two…", self)
        self._merge.setProperty("kind", "link")
        self._merge.hide()
        self.colours = ColourSwatches(self, scheme=scheme_in(tree, self._tag.collection))
        self._other = QPushButton("Other…", self)
        self._other.setAccessibleName("Another colour")
        self.patterns = PatternButtons(self)
        self.letters = QLineEdit(self)
        self.letters.setMaxLength(2)
        self.letters.setAccessibleName("Letters that stand for the tag, up to two")
        self.key = QComboBox(self)
        for named in (self.key, self.key.view()):
            named.setAccessibleName("Key that gives the tag")
        self.meaning = MeaningPage(self)
        self.aliases = AliasTable(self)
        self.links = LinkList(self)
        self._save = QPushButton("Save", self)
        self._save.setProperty("kind", "primary")
        self._save.setDefault(True)
        self._place()
        self._connect()
        self._show_all()
        self._look()

    # Laying out.

    def _place(self) -> None:
        tabs = QTabWidget(self)
        tabs.setAccessibleName("What is said of the tag")
        tabs.addTab(scrolled(self._look_page(), tabs), "Tag")
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
        column.addWidget(self._left)
        column.addWidget(buttons)
        open_at(self, 560, 500)

    def _look_page(self) -> QWidget:
        page = QWidget(self)
        form = QFormLayout(page)
        form.setContentsMargins(0, 12, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        add_field(form, "&Name", self.name)
        form.addRow("", self._problem)
        form.addRow("", self._merge)
        colours = _beside(self.colours, self._other, page)
        self._other.setAutoDefault(False)
        add_field(form, "Colour", self.colours, beside=colours)
        add_field(form, "Pattern", self.patterns)
        self.letters.setFixedWidth(self.fontMetrics().averageCharWidth() * 9)
        why = label("Stand in its mark, for eyes that see no colour", "small", page)
        add_field(form, "&Letters", self.letters, beside=_beside(self.letters, why, page))
        add_field(form, "&Key", self.key)
        return page

    def _connect(self) -> None:
        self.name.textChanged.connect(self._look)
        self.letters.textChanged.connect(self._look)
        self.patterns.chosen.connect(self._look)
        self.colours.chosen.connect(self._take_colour)
        self._other.clicked.connect(self._ask_colour)
        self._merge.clicked.connect(self._ask_merge)

    # What stands in the fields.

    def _values(self) -> dict[str, Any]:
        """What the fields say now, by the names of TagEdit."""
        return {
            "name": self.name.text().strip(),
            "colour": self._colour,
            "pattern": self.patterns.pattern,
            "letters": self.letters.text().strip(),
            "key": self.key.currentData(),
            "aliases": self.aliases.aliases,
            **self.meaning.values(),
        }

    def _show(self, name: str, tag: Tag) -> None:
        """Show one field as a tag has it."""
        match name:
            case "name":
                self.name.setText(tag.name)
            case "colour":
                self._take_colour(tag.colour)
            case "pattern":
                self.patterns.show_pattern(tag.pattern)
            case "letters":
                self.letters.setText(tag.letters)
            case "key":
                self._show_keys(tag)
            case "aliases":
                self.aliases.set_aliases(tag.aliases)
            case _:
                self.meaning.fields[name].setPlainText(getattr(tag, name))

    def _show_keys(self, tag: Tag) -> None:
        owners = {each.key: each for each in self._tree.tags if each.collection == tag.collection}
        self.key.clear()
        self.key.addItem("No key", 0)
        for digit in range(1, 10):
            owner = owners.get(digit)
            taken = owner is not None and owner.id != tag.id
            words = f"{digit}, now of “{short(owner.name)}”" if owner and taken else str(digit)
            self.key.addItem(words, digit)
        self.key.setCurrentIndex(tag.key or 0)

    def _show_all(self) -> None:
        for field in fields_of(TagEdit):
            self._show(field.name, self._tag)
        self.links.set_links(self._tree, self._tag.id, self._links)
        self._show_lock()

    def _show_lock(self) -> None:
        locked = self._is_fixed()
        name = next(c.name for c in self._tree.collections if c.id == self._tag.collection)
        self._locked.setText(
            "This library is open for reading only, so this tag cannot be changed."
            if self._read_only
            else f"“{name}” is locked, so this tag cannot be changed. "
            "Unlock it under Tag collections."
        )
        self._locked.setVisible(locked)
        for field in (self.name, self.letters):
            field.setReadOnly(locked)
        self.meaning.set_read_only(locked)
        for other in (self.colours, self._other, self.patterns, self.key):
            other.setEnabled(not locked)
        self.aliases.set_read_only(locked)
        self.links.set_read_only(locked)

    def _is_fixed(self) -> bool:
        return self._read_only or is_locked(self._tree, self._tag)

    def set_tags(self, tree: TagTree) -> None:
        """Follow the library: fields that were not touched show what is said now."""
        now = tree.by_id.get(self._tag.id)
        if now is None:
            self._tree = tree
            self.reject()
            return
        values = self._values()
        untouched = [name for name, value in values.items() if value == _value(self._tag, name)]
        links, linked = self.links.links, frozenset(tree.links.get(now.id, ()))
        kept = links if links != self._links else linked
        self._tree, self._tag, self._links = tree, now, linked
        for name in untouched:
            if values[name] != _value(now, name):
                self._show(name, now)
        self.colours.set_scheme(scheme_in(tree, now.collection))
        self.colours.show_colour(self._colour)
        self.links.set_links(tree, now.id, kept)
        self._show_lock()
        self._look()

    # What follows from it.

    def _take_colour(self, colour: str) -> None:
        self._colour = colour.lower()
        self.colours.show_colour(self._colour)
        self.patterns.show_colour(self._colour)
        self._look()

    def _ask_colour(self) -> None:
        dialog = QColorDialog(QColor(self._colour), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Colour of the tag")
        dialog.colorSelected.connect(lambda colour: self._take_colour(colour.name()))
        dialog.open()

    def _look(self) -> None:
        """Show what the fields come to: the mark, the title, what is wrong with the name."""
        name = self.name.text().strip()
        shown = replace(
            self._tag,
            name=name or self._tag.name,
            colour=self._colour,
            pattern=self.patterns.pattern,
            letters=self.letters.text().strip(),
        )
        self.preview.show_tag(shown)
        self.letters.setPlaceholderText(letters_of(shown.name))
        self.setWindowTitle(f"Tag “{short(self._tag.name)}”")
        said = rename_problem(self._tree, self._tag, name)
        show_problem_of(self.name, self._problem, said)
        taken = sibling_called(self._tree, self._tag, name)
        self._merge.setVisible(taken is not None)
        self._save.setEnabled(not said and not self._is_fixed())

    def _ask_merge(self) -> None:
        taken = sibling_called(self._tree, self._tag, self.name.text().strip())
        if taken is not None:
            self.merge_asked.emit(self._tag.id, taken.id)
            super().reject()

    # Saving, or giving up.

    def reject(self) -> None:
        """Close; where something was changed, say first that it would be lost."""
        known = self._tag.id in self._tree.by_id and not self._is_fixed()
        changed = self._changed() or self.links.links != self._links
        if known and changed and self._left.isHidden():
            self._left.show()
        else:
            super().reject()

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


def _beside(field: QWidget, other: QWidget, parent: QWidget) -> QWidget:
    """A field with something at its right."""
    held = QWidget(parent)
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(field)
    row.addWidget(other)
    row.addStretch(1)
    return held
