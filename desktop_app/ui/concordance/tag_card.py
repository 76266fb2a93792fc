"""Choosing the tag that lines get while one types."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.core.model import Tag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.tag_finding import TagFinder
from desktop_app.ui.models.tag_names import path_problem
from desktop_app.ui.panes.card import Card
from desktop_app.ui.panes.choice_list import Choice, tag_choice
from desktop_app.ui.panes.fields import short

_MOST_ROWS = 60


class LineTagCard(Card):
    """The card; open_with shows it. One choice closes it."""

    tag_chosen = Signal(int)
    new_asked = Signal(str)  # a path

    def __init__(self, host: QWidget) -> None:
        super().__init__(
            "Highlight and tag lines",
            "Enter highlights the matches of the chosen lines with the tag · Esc closes",
            host,
        )
        self._tree = TagTree()
        self._finder = TagFinder(self._tree, offered=True)
        self.field.setPlaceholderText("A tag, or place/Syria")
        self.field.textEdited.connect(lambda _text: self._look())
        self.list.picked.connect(self._pick)

    def open_with(self, tree: TagTree, lines: int) -> None:
        """Show the card for so many lines."""
        if tree is not self._tree:
            self._tree, self._finder = tree, TagFinder(tree, offered=True)
        self.field.clear()
        words = "the match of 1 line" if lines == 1 else f"the matches of {lines:,} lines"
        self.hints.setText(f"Enter highlights {words} with the tag · Esc closes")
        self._look()
        self.open_card()

    def key_in_field(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            choice = self.list.current()
            if choice is not None:
                self._pick(choice)
            return True
        return super().key_in_field(event)

    def _look(self) -> None:
        typed = self.field.text().strip()
        rows = [
            tag_choice(self._tree, tag, f"{self._tree.highlights_with_children.get(tag.id, 0):,}")
            for tag in self._finder.find(typed, limit=_MOST_ROWS)
        ]
        if typed and not path_problem(self._tree, typed, parent=None):
            rows.append(Choice(typed, f"New tag “{short(typed, 60)}”", icon="add"))
        self.list.set_choices(rows, keep_row=False)

    def _pick(self, choice: object) -> None:
        assert isinstance(choice, Choice)
        self.close_card()
        if isinstance(choice.value, Tag):
            self.tag_chosen.emit(choice.value.id)
        else:
            self.new_asked.emit(str(choice.value))
