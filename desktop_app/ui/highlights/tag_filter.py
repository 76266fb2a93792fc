"""Choosing tags to filter by while one types."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.core.model import Tag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.tag_finding import TagFinder
from desktop_app.ui.panes.card import Card
from desktop_app.ui.panes.choice_list import Choice, Mark, tag_choice

_MOST_ROWS = 60


class TagFilter(Card):
    """The card; open_with shows it. A tag stands for all tags below it too."""

    tags_chosen = Signal(object)  # frozenset of ids

    def __init__(
        self,
        host: QWidget,
        *,
        name: str = "Show only highlights with a tag",
        hint: str = "Show only highlights with this tag",
        hints: str = "Enter ticks or unticks · a tag includes those below it · Esc closes",
    ) -> None:
        super().__init__(name, hints, host)
        self._hints = hints
        self._tree = TagTree()
        self._finder = TagFinder(self._tree)
        self._ticked: frozenset[int] = frozenset()
        self.field.setPlaceholderText(hint)
        self.field.textEdited.connect(lambda _text: self._look(keep_row=False))
        self.list.picked.connect(self._pick)

    def open_with(self, tree: TagTree, ticked: frozenset[int]) -> None:
        """Show the card with what is ticked."""
        if tree is not self._tree:
            self._tree, self._finder = tree, TagFinder(tree)
        self._ticked = ticked
        self.field.clear()
        self._look(keep_row=False)
        self.open_card()

    def key_in_field(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            choice = self.list.current()
            if choice is not None:
                self._pick(choice)
            return True
        return super().key_in_field(event)

    def _look(self, *, keep_row: bool) -> None:
        found = self._finder.find(self.field.text().strip(), limit=_MOST_ROWS)
        rows = [
            tag_choice(
                self._tree,
                tag,
                f"{self._tree.highlights_with_children.get(tag.id, 0):,}",
                Mark.ALL if tag.id in self._ticked else Mark.NONE,
            )
            for tag in found
        ]
        self.list.set_choices(rows, keep_row=keep_row)
        self.hints.setText(self._hints if rows else "No tag is called so. Esc closes.")

    def _pick(self, choice: object) -> None:
        assert isinstance(choice, Choice)
        assert isinstance(choice.value, Tag)
        self._ticked = self._ticked ^ {choice.value.id}
        self._look(keep_row=True)
        self.tags_chosen.emit(self._ticked)
