"""Tags by digits: on what is selected or chosen, on the current match, or on all that comes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop_app.core.highlights import Highlight
from desktop_app.core.model import Tag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.actions.marking import DIGITS
from desktop_app.ui.marking.aim import MarkAim
from desktop_app.ui.marking.marker import Marker
from desktop_app.ui.reader.mark_surface import Range
from desktop_app.ui.reader.pane import ReaderPane
from desktop_app.ui.session import Session


class MarkTags(QObject):
    """What digits do. They are those of the active collection's tags.

    elsewhere: gets a tag that is not meant for the reader, and tells whether it was one.
    """

    sticky_changed = Signal(object)  # the Tag that every selection gets from now on, or None

    def __init__(
        self, session: Session, actions: Actions, pane: ReaderPane, aim: MarkAim, marker: Marker
    ) -> None:
        super().__init__(aim)
        self._session = session
        self._actions = actions
        self._pane = pane
        self._aim = aim
        self._marker = marker
        self.elsewhere: Callable[[Tag], bool] = lambda _tag: False
        self._sticky: int | None = None
        # The match that was the current one when something was selected: the newer of the two is
        # meant by the keys that mark a match.
        self._match_then: Range | None = None
        for digit in DIGITS:
            actions.on(f"mark.tag_{digit}", partial(self.tag_by_key, digit))
            actions.on(f"mark.sticky_{digit}", partial(self.stick, digit))
            actions.on(f"mark.match_{digit}", partial(self.mark_match, digit))
        pane.selection_changed.connect(self._on_selection)
        pane.selection_made.connect(self._mark_sticky)
        pane.view.keys_selected.connect(self._mark_sticky)
        session.tags_changed.connect(self._on_tags)

    def keyed(self) -> list[Tag]:
        """The tags that a digit gives now, by digit."""
        tree = self._session.tag_tree or TagTree()
        active = {collection.id for collection in tree.collections if collection.active}
        found = [
            tag for tag in tree.tags if tag.key and tag.collection in active and not tag.archived
        ]
        return sorted(found, key=lambda tag: tag.key or 0)

    def tag_by_key(self, digit: int) -> None:
        """Mark what is selected with the tag of a digit; put it on a highlight or take it off."""
        tag = self._tag_of(digit)
        if tag is not None and not self.elsewhere(tag):
            self._tag_here(tag)

    def _tag_here(self, tag: Tag) -> None:
        match self._aim.target():
            case Highlight() as marked:
                self._marker.tag(marked, tag.id, tagged=tag.id not in marked.tags)
            case None:
                self._aim.tell_to_select()
            case start, end:
                self._aim.mark(start, end, tags=(tag.id,))

    def mark_match(self, digit: int) -> None:
        """Mark the current match with the tag of a digit, or what was selected since."""
        match = self._pane.current_match()
        selected = self._pane.surface.selection()
        if match is not None and (selected is None or match != self._match_then):
            self._pane.surface.select(*match)
        if self._pane.surface.selection() is None:
            self._aim.tell(
                self.tr("There is no match to mark. Find words with Ctrl+F or go to one with F3.")
            )
        elif (tag := self._tag_of(digit)) is not None:
            self._tag_here(tag)

    # The sticky tag.

    @property
    def sticky(self) -> int | None:
        """The tag that every selection in a text gets, and every document clicked in the list."""
        return self._sticky

    def stick(self, digit: int) -> None:
        """Let all that comes be given the tag of a digit until Esc; once more ends it."""
        tag = self._tag_of(digit)
        if tag is None:
            return
        if tag.id == self._sticky:
            self.unstick()
            return
        self._sticky, self._aim.holds_on = tag.id, False
        self.sticky_changed.emit(tag)
        self._mark_sticky()

    def unstick(self) -> None:
        """Mark selections only when asked to."""
        if self._sticky is not None:
            self._sticky, self._aim.holds_on = None, True
            self.sticky_changed.emit(None)

    def _mark_sticky(self) -> None:
        """Mark a fresh selection with the sticky tag."""
        if self._sticky is None or self._pane.surface.selection() is None:
            return
        match self._aim.target():
            case Highlight() as marked:
                if self._sticky not in marked.tags:
                    self._marker.tag(marked, self._sticky, tagged=True)
                self._pane.surface.select(0, 0)
            case start, end:
                self._aim.mark(start, end, tags=(self._sticky,))

    # Which tags there are.

    def _tag_of(self, digit: int) -> Tag | None:
        """The tag that a digit gives; None, and a sentence, where there is none."""
        tag = next((tag for tag in self.keyed() if tag.key == digit), None)
        if tag is None:
            self._aim.tell(
                self.tr(
                    "No tag has the key {0}. Give it to one in the sidebar: right-click the tag,"
                    " or press Shift+F10 on it, then Key."
                ).format(digit)
            )
        return tag

    def _on_selection(self) -> None:
        if self._pane.surface.selection() is not None:
            self._match_then = self._pane.current_match()

    def _on_tags(self, tree: TagTree) -> None:
        """Name the tags that the digits give."""
        by_key = {tag.key: tag for tag in self.keyed()}
        for digit in DIGITS:
            tag = by_key.get(digit)
            name = f"“{tag.name}”".replace("&", "&&") if tag is not None else ""
            for action, words in (
                ("tag", self.tr("Tag {0}")),
                ("sticky", self.tr("Tag all that I select {0}")),
                ("match", self.tr("Mark the match {0}")),
            ):
                none = self.tr("No tag has the key {0}").format(digit)
                self._actions[f"mark.{action}_{digit}"].setText(words.format(name) if tag else none)
        self._pane.view.tag_names = {each.id: each.name for each in tree.tags}
        if self._sticky is not None and self._sticky not in tree.by_id:
            self.unstick()
