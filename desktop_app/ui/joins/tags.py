"""Who is told of what about tags: the sidebar, the verbs of the Tags menu, the session."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.session import Session
from desktop_app.ui.verbs.tags import TagVerbs


class TagJoins(QObject):
    """The connections of tags; `verbs` is for whoever needs a tag to be asked for."""

    def __init__(
        self,
        session: Session,
        actions: Actions,
        chosen: Callable[[], list[int]],
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self._session = session
        self.verbs = TagVerbs(session, actions, chosen, window)
        window.sidebar.command.connect(session.do)

    @property
    def count(self) -> int:
        """How many tags there are."""
        tree = self._session.tag_tree
        return len(tree.tags) if tree is not None else 0
