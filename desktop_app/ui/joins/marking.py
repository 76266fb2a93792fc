"""Who is told of what about marking: the verbs, the card, the button, the picker, the footer."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QPointF
from PySide6.QtWidgets import QMenu

from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.marking.menu import fill
from desktop_app.ui.marking.showing import MarkShowing
from desktop_app.ui.marking.verbs import MarkVerbs
from desktop_app.ui.session import Session
from desktop_app.ui.verbs.pick_tags import PickTags


class MarkingJoins(QObject):
    """The connections of marking in one window."""

    def __init__(
        self,
        session: Session,
        actions: Actions,
        window: MainWindow,
        appearance: Appearance,
        *,
        picking: PickTags,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._actions = actions
        self._window = window
        self.verbs = MarkVerbs(session, actions, window.reader, self)
        self.showing = MarkShowing(session, actions, window.reader, self.verbs, appearance)
        self._appearance = appearance
        actions.give_keys(window.reader)
        self.picking = picking
        self._connect()

    def _connect(self) -> None:
        self.verbs.tags_asked.connect(lambda mark: self.open_picker((mark,)))
        view, pages = self._window.reader.view, self._window.reader.pages
        view.menu_asked.connect(self._fill_menu)
        pages.menu_asked.connect(self._fill_menu)

    def _fill_menu(self, menu: QMenu, place: QPoint | QPointF) -> None:
        here = self._window.reader.surface.marks_at(QPointF(place))
        fill(menu, here, self.verbs, self._actions, self._appearance.theme)

    # Tags of a highlight.

    def open_picker(self, highlights: tuple[int, ...]) -> None:
        """Let the tags of highlights be chosen."""
        self.picking.for_highlights(highlights)
