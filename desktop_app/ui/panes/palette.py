"""Everything that can be done or opened, found by typing: the card that Ctrl+K opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop_app.core.model import Tag
from desktop_app.core.saved_searches import SavedSearch
from desktop_app.core.words import fold
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.tag_finding import TagFinder
from desktop_app.ui.models.tag_names import tag_query
from desktop_app.ui.panes.card import Card
from desktop_app.ui.panes.choice_list import Choice, tag_choice
from desktop_app.ui.panes.fields import plain_text
from desktop_app.ui.panes.sidebar_views import LIBRARY_VIEWS, TRASH_VIEW, LibraryView

_MOST_TAGS = 30


@dataclass(frozen=True, slots=True)
class _Found:
    rank: int
    choice: Choice


class Palette(Card):
    """The card; open_with shows it."""

    view_chosen = Signal(str, str)  # query, title
    search_chosen = Signal(object)  # SavedSearch

    def __init__(self, host: QWidget) -> None:
        super().__init__("Actions and tags", "Enter does it · Esc closes", host)
        self._actions: tuple[QAction, ...] = ()
        self._tree = TagTree()
        self._searches: tuple[SavedSearch, ...] = ()
        self._finder = TagFinder(self._tree)
        self.field.setPlaceholderText("Type an action, a view, a saved search or a tag")
        self.field.textEdited.connect(self._look)
        self.list.picked.connect(self._pick)

    def open_with(self, actions: Sequence[QAction], tree: TagTree) -> None:
        """Show the card. Actions that cannot be done now are shown as such, behind the others."""
        self._actions = tuple(action for action in actions if action.text())
        if tree is not self._tree:
            self._tree, self._finder = tree, TagFinder(tree)
        self.field.clear()
        self._look()
        self.open_card()

    def set_searches(self, searches: Sequence[SavedSearch]) -> None:
        """Offer these saved searches too."""
        self._searches = tuple(searches)

    def key_in_field(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            choice = self.list.current()
            if choice is not None:
                self._pick(choice)
            return True
        return super().key_in_field(event)

    def _look(self) -> None:
        typed = fold(self.field.text()).split()
        found = [
            _Found(rank + 4 * (not action.isEnabled()), _action_choice(action))
            for action in self._actions
            if (rank := _rank_of(action, typed)) is not None
        ]
        for view in (*LIBRARY_VIEWS, TRASH_VIEW):
            rank = _rank(view.title, typed)
            if rank is not None and typed:
                found.append(_Found(rank, Choice(view, view.title, "View", icon="all")))
        for search in self._searches:
            rank = _rank(search.name, typed)
            if rank is not None and typed:
                found.append(_Found(rank, Choice(search, search.name, "Saved search", icon="star")))
        rows = [one.choice for one in sorted(found, key=lambda one: one.rank)]
        if typed:
            for tag in self._finder.find(self.field.text(), limit=_MOST_TAGS):
                count = f"{self._tree.with_children.get(tag.id, 0):,}"
                rows.append(tag_choice(self._tree, tag, count))
        self.list.set_choices(rows)
        self.hints.setText(
            "Enter does it · Esc closes" if rows else "Nothing is called so. Esc closes."
        )

    def _pick(self, choice: object) -> None:
        assert isinstance(choice, Choice)
        chosen = choice.value
        self.close_card()
        if isinstance(chosen, QAction):
            chosen.trigger()
        elif isinstance(chosen, LibraryView):
            self.view_chosen.emit(chosen.query, chosen.title)
        elif isinstance(chosen, SavedSearch):
            self.search_chosen.emit(chosen)
        elif isinstance(chosen, Tag):
            self.view_chosen.emit(tag_query(self._tree, chosen.id), self._tree.path(chosen.id))


def _action_choice(action: QAction) -> Choice:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    detail = str(action.property("group") or "")
    return Choice(action, plain_text(action), detail, keys, enabled=action.isEnabled())


def _rank_of(action: QAction, typed: Sequence[str]) -> int | None:
    """How well an action fits by its text, or else by the further words it is known by."""
    rank = _rank(plain_text(action), typed)
    if rank is None and (more := action.property("more")):
        return None if _rank(f"{plain_text(action)} {more}", typed) is None else 3
    return rank


def _rank(text: str, typed: Sequence[str]) -> int | None:
    """How well a text fits: each typed word starts one of its words, or stands inside; None: not."""
    plain = fold(text)
    if all(
        plain.startswith(word) if place == 0 else f" {word}" in plain
        for place, word in enumerate(typed)
    ):
        return 0
    if all(f" {word}" in f" {plain}" for word in typed):
        return 1
    return 2 if all(word in plain for word in typed) else None
