"""Asks into which other tag a tag is to go up, and says first what that comes to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.core.model import Tag
from desktop_app.library.tags.tidying import MergeTags
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.dialogs.parts import open_at
from desktop_app.ui.models.tag_finding import TagFinder
from desktop_app.ui.models.tags import documents_in_words
from desktop_app.ui.panes.choice_list import ChoiceList, tag_choice
from desktop_app.ui.panes.fields import label


class MergeDialog(QDialog):
    """A line to type in, the tags that fit, and a sentence on what will be. Not modal."""

    command = Signal(object)

    def __init__(self, tree: TagTree, tag: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tree = tree
        self._loser = tree.by_id[tag]
        name = self._loser.name
        self.setWindowTitle(f"Merge “{name}” into another tag")
        barred = {tag, *(below.id for below in tree.below(tag))}
        self._barred = barred | {
            other.id for other in tree.tags if other.collection != self._loser.collection
        }
        self._finder = TagFinder(tree)
        self._field = QLineEdit(self)
        self._field.setPlaceholderText("The tag that stays")
        self._field.setAccessibleName(f"The tag that “{name}” goes up in")
        self._rows = ChoiceList("Tags that fit", self)
        self._said = label("", "muted", self)
        self._said.setWordWrap(True)
        self._merge = QPushButton("Merge", self)
        self._merge.setProperty("kind", "primary")
        cancel = QPushButton("Cancel", self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._merge)
        column = QVBoxLayout(self)
        column.addWidget(self._field)
        column.addWidget(self._rows, 1)
        column.addWidget(self._said)
        column.addLayout(buttons)
        open_at(self, 420, 380)
        cancel.clicked.connect(self.reject)
        self._merge.clicked.connect(self.merge)
        self._merge.setDefault(True)
        self._field.textChanged.connect(self._look)
        self._rows.selectionModel().currentChanged.connect(self._say)
        self._rows.doubleClicked.connect(self.merge)
        self._look()

    def merge(self) -> None:
        """Ask for the merge with the tag that is marked, and close."""
        winner = self._winner()
        if winner is not None:
            self.command.emit(MergeTags(self._loser.id, winner.id))
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._rows.step_by_key(event):
            super().keyPressEvent(event)

    def _look(self) -> None:
        found = [
            tag
            for tag in self._finder.find(self._field.text(), limit=200)
            if tag.id not in self._barred
        ]
        own = self._tree.own
        self._rows.set_choices(
            [tag_choice(self._tree, tag, f"{own.get(tag.id, 0):,}") for tag in found]
        )
        self._say()

    def _winner(self) -> Tag | None:
        row = self._rows.current()
        return row.value if row is not None and isinstance(row.value, Tag) else None

    def _say(self) -> None:
        winner = self._winner()
        self._merge.setEnabled(winner is not None)
        if winner is None:
            self._said.setText("No other tag of this collection fits.")
            return
        count = documents_in_words(self._tree.own.get(self._loser.id, 0))
        below = sum(1 for _ in self._tree.children(self._loser.id, self._loser.collection))
        said = f"{count} that carry “{self._loser.name}” will carry “{winner.name}”"
        if below:
            said += f", and the tags below it move there ({below:,})"
        said += f". “{self._loser.name}” becomes another name of “{winner.name}”."
        self._said.setText(said)
