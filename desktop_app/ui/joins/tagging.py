"""Who is told of what about giving tags: keys in the lists, a sticky tag, drops, all that was found."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.actions.marking import DIGITS
from desktop_app.ui.dialogs.split import SplitDialog
from desktop_app.ui.dialogs.twins import TwinsDialog
from desktop_app.ui.joins.highlights import HighlightJoins
from desktop_app.ui.joins.marking import MarkingJoins
from desktop_app.ui.joins.tags import TagJoins
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.marking.drops import TagDrops
from desktop_app.ui.question import Question
from desktop_app.ui.reading import Reading
from desktop_app.ui.session import Session
from desktop_app.ui.verbs.tagging import TaggingVerbs, Target

if TYPE_CHECKING:
    from desktop_app.ui.joins.tag_page import TagPageJoins


class TaggingJoins(QObject):
    """The connections of the ways of tagging in one window."""

    def __init__(
        self,
        session: Session,
        actions: Actions,
        question: Question,
        window: MainWindow,
        *,
        reading: Reading,
        marking: MarkingJoins,
        highlights: HighlightJoins,
        tag_page: TagPageJoins,
        tags: TagJoins,
        chosen: Callable[[], list[int]],
    ) -> None:
        super().__init__(window)
        self._session = session
        self._actions = actions
        self._question = question
        self._window = window
        self._reading = reading
        self._marking = marking
        self._highlights = highlights
        self._tag_page = tag_page
        self._tags = tags
        self._chosen = chosen
        self._twins: TwinsDialog | None = None
        self.verbs = TaggingVerbs(session, marking.verbs, marking.picking, self.target, self)
        reader = window.reader
        self.drops = tuple(
            TagDrops(
                surface,
                marking.verbs.aim,
                marking.verbs.marker,
                lambda: not session.read_only,
            )
            for surface in (reader.view, reader.pages)
        )
        self._give_keys()
        self._connect()

    def _give_keys(self) -> None:
        """Let the digits act in the lists as they do in the reader."""
        for digit in DIGITS:
            for action in (f"mark.tag_{digit}", f"mark.sticky_{digit}"):
                self._window.places.addAction(self._actions[action])

    def _connect(self) -> None:
        view, tags = self._window.list.view, self._marking.verbs.tags
        view.tag_drop.enabled = not self._session.read_only
        view.tag_dropped.connect(lambda tag, ids: self.verbs.give(tag, tuple(ids)))
        for table in (self._highlights.pane.table, self._tag_page.pane.marks):
            table.tag_drop.enabled = not self._session.read_only
            table.tag_dropped.connect(lambda tag, ids: self.verbs.give_marks(tag, tuple(ids)))
        view.row_clicked.connect(self._give_sticky)
        view.spaced.connect(self._give_and_go_on)
        tags.sticky_changed.connect(self._window.list.show_sticky)
        self._window.list.sticky.ended.connect(tags.unstick)
        self._actions.on("tags.repeat", self.verbs.repeat)
        self._actions.on("tags.all", self._pick_for_all)
        self._actions.on("tags.twins", self._show_twins)
        self._tags.verbs.about_tag("tags.split", self.tr("Split which tag?"), self._split)

    def target(self) -> Target | None:
        """What keys that tag are about outside the text; None where they are about the text."""
        focus = QApplication.focusWidget()
        in_places = focus is not None and self._window.places.isAncestorOf(focus)
        if self._window.reader_alone or not in_places:
            return None
        if self._highlights.shown:
            return Target(highlights=tuple(self._highlights.pane.table.chosen_ids()))
        if self._tag_page.shown and self._tag_page.pane.of_marks:
            return Target(highlights=tuple(self._tag_page.pane.marks.chosen_ids()))
        if self._window.shows_list or self._tag_page.shown:
            return Target(documents=tuple(self._chosen()))
        return Target()  # lines, pairs, matters to review: no key here is about documents

    def _give_sticky(self) -> None:
        """Give what a click has chosen the sticky tag, where there is one."""
        sticky = self._marking.verbs.tags.sticky
        if sticky is not None:
            self.verbs.give(sticky, tuple(self._window.list.view.selected_ids()))

    def _give_and_go_on(self) -> None:
        self._give_sticky()
        self._window.list.step(1)

    def _pick_for_all(self) -> None:
        if self._highlights.shown:
            self.verbs.pick_for_marks(tuple(self._highlights.model.ids))
        else:
            self.verbs.pick_for_answer(self._question.answer)

    # Tidying by hand.

    def _split(self, tag: int) -> None:
        """Go through what carries a tag, to give some of it another."""
        tree = self._session.tag_tree
        if tree is None or tag not in tree.by_id:
            return
        dialog = SplitDialog(self._session, tag, self._window)
        dialog.command.connect(self._session.do)
        dialog.opened.connect(self._open_line)
        dialog.show()

    def _open_line(self, document: int, highlight: int | None) -> None:
        if highlight is None:
            self._reading.open(document)
        else:
            self._highlights.going.go(document, highlight)

    def _show_twins(self) -> None:
        if self._twins is None:
            dialog = self._twins = TwinsDialog(self._session, self._window)
            dialog.command.connect(self._session.do)
            dialog.destroyed.connect(self._forget_twins)
        self._twins.show()
        self._twins.raise_()
        self._twins.activateWindow()

    def _forget_twins(self) -> None:
        self._twins = None
