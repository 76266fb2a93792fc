"""Asks what the copy of a tag collection is called, and whether its tags are given as the old ones."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.model import TagCollection
from desktop_app.library.tags.collection_commands import DuplicateCollection
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.dialogs.parts import open_at
from desktop_app.ui.models.tag_names import collection_problem
from desktop_app.ui.panes.fields import label, show_problem_of


class DuplicateDialog(QDialog):
    """A name and a box to tick."""

    command = Signal(object)

    def __init__(self, tree: TagTree, collection: TagCollection, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tree = tree
        self._collection = collection.id
        self.setWindowTitle(f"Duplicate “{collection.name}”")
        self._name = QLineEdit(_free_name(tree, collection.name), self)
        self._name.setAccessibleName("Name of the copy")
        self._problem = label("", "problem", self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._taggings = QCheckBox("What carries its tags carries those of the copy too", self)
        buttons = QDialogButtonBox(self)
        self._make = buttons.addButton("Duplicate", QDialogButtonBox.ButtonRole.AcceptRole)
        self._make.setProperty("kind", "primary")
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(label("Name of the copy", "muted", self))
        column.addWidget(self._name)
        column.addWidget(self._problem)
        column.addWidget(self._taggings)
        column.addWidget(buttons)
        open_at(self, 420, 190)
        self._name.selectAll()
        self._name.textChanged.connect(self._look)
        buttons.accepted.connect(self.duplicate)
        buttons.rejected.connect(self.reject)

    def duplicate(self) -> None:
        """Ask for the copy, and close."""
        if self._look():
            name, taggings = self._name.text().strip(), self._taggings.isChecked()
            self.command.emit(DuplicateCollection(self._collection, name, taggings))
            self.accept()

    def _look(self) -> bool:
        said = collection_problem(self._tree, self._name.text())
        show_problem_of(self._name, self._problem, said)
        self._make.setEnabled(not said)
        return not said


def _free_name(tree: TagTree, name: str) -> str:
    """A name for a copy that no collection has."""
    number = 2
    while collection_problem(tree, f"{name} {number}") and number < 1_000:
        number += 1
    return f"{name} {number}"
