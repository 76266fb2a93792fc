"""How a tag is called and looks, to be written: its name, its mark, the digit that gives it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QColorDialog,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from desktop_app.core.model import Tag
from desktop_app.core.tag_looks import letters_of
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.tag_names import rename_problem, sibling_called
from desktop_app.ui.models.tag_words import scheme_in
from desktop_app.ui.panes.colour_swatches import ColourSwatches
from desktop_app.ui.panes.fields import add_field, label, short, show_problem_of
from desktop_app.ui.panes.mark_choice import PatternButtons

FIELDS = ("name", "colour", "pattern", "letters", "key")


class LookPage(QWidget):
    """The fields; what is wrong with the name stands under it, with a way to the tag that has it."""

    changed = Signal()
    merge_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = ""
        self.name = QLineEdit(self)
        self.name.setAccessibleName("Name of the tag")
        self._problem = label("", "problem", self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._merge = QPushButton("Merge the two…", self)
        self._merge.setProperty("kind", "link")
        self._merge.setAutoDefault(False)
        self._merge.hide()
        self._swatches = ColourSwatches(self)
        self._other = QPushButton("Other…", self)
        self._other.setAccessibleName("Another colour")
        self._other.setAutoDefault(False)
        self.patterns = PatternButtons(self)
        self.letters = QLineEdit(self)
        self.letters.setMaxLength(2)
        self.letters.setAccessibleName("Letters that stand for the tag, up to two")
        self.key = QComboBox(self)
        for named in (self.key, self.key.view()):
            named.setAccessibleName("Key that gives the tag")
        self._place()
        self.name.textChanged.connect(self.changed)
        self.letters.textChanged.connect(self.changed)
        self.patterns.chosen.connect(self.changed)
        self._swatches.chosen.connect(self._take_colour)
        self._other.clicked.connect(self._ask_colour)
        self._merge.clicked.connect(self.merge_asked)

    def _place(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 12, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        add_field(form, "&Name", self.name)
        form.addRow("", self._problem)
        form.addRow("", self._merge)
        beside = _beside(self._swatches, self._other, self)
        add_field(form, "Colour", self._swatches, beside=beside)
        add_field(form, "Pattern", self.patterns)
        self.letters.setFixedWidth(self.fontMetrics().averageCharWidth() * 9)
        why = label("Stand in its mark, for eyes that see no colour", "small", self)
        add_field(form, "&Letters", self.letters, beside=_beside(self.letters, why, self))
        add_field(form, "&Key", self.key)

    def values(self) -> dict[str, Any]:
        """What the fields say now, by the names that they have in a tag; key 0: none."""
        return {
            "name": self.name.text().strip(),
            "colour": self._colour,
            "pattern": self.patterns.pattern,
            "letters": self.letters.text().strip(),
            "key": self.key.currentData(),
        }

    def show_field(self, name: str, tag: Tag, tree: TagTree) -> None:
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
                self._show_keys(tag, tree)

    def look(self, tag: Tag, tree: TagTree) -> tuple[Tag, str]:
        """Show what follows from the fields; give the tag as it would be, and what is wrong."""
        values = self.values()
        name = values["name"]
        shown = replace(
            tag,
            name=name or tag.name,
            colour=self._colour,
            pattern=values["pattern"],
            letters=values["letters"],
        )
        self.letters.setPlaceholderText(letters_of(shown.name))
        self._swatches.set_scheme(scheme_in(tree, tag.collection))
        self._swatches.show_colour(self._colour)
        said = rename_problem(tree, tag, name)
        show_problem_of(self.name, self._problem, said)
        self._merge.setVisible(sibling_called(tree, tag, name) is not None)
        return shown, said

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be written."""
        for field in (self.name, self.letters):
            field.setReadOnly(read_only)
        for other in (self._swatches, self._other, self.patterns, self.key):
            other.setEnabled(not read_only)

    def _show_keys(self, tag: Tag, tree: TagTree) -> None:
        owners = {each.key: each for each in tree.tags if each.collection == tag.collection}
        self.key.clear()
        self.key.addItem("No key", 0)
        for digit in range(1, 10):
            owner = owners.get(digit)
            taken = owner is not None and owner.id != tag.id
            words = f"{digit}, now of “{short(owner.name)}”" if owner and taken else str(digit)
            self.key.addItem(words, digit)
        self.key.setCurrentIndex(tag.key or 0)

    def _take_colour(self, colour: str) -> None:
        self._colour = colour.lower()
        self._swatches.show_colour(self._colour)
        self.patterns.show_colour(self._colour)
        self.changed.emit()

    def _ask_colour(self) -> None:
        dialog = QColorDialog(QColor(self._colour), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Colour of the tag")
        dialog.colorSelected.connect(lambda colour: self._take_colour(colour.name()))
        dialog.open()


def _beside(field: QWidget, other: QWidget, parent: QWidget) -> QWidget:
    """A field with something at its right."""
    held = QWidget(parent)
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(field)
    row.addWidget(other)
    row.addStretch(1)
    return held
