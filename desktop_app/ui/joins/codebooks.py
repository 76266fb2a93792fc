"""Who is told of what about tag collections as files."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.codebooks.verbs import CodebookVerbs
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.session import Session


class CodebookJoins(QObject):
    """The connections of tag collections that come and go as files."""

    def __init__(self, session: Session, actions: Actions, window: MainWindow) -> None:
        super().__init__(window)
        self.verbs = CodebookVerbs(session, actions, window)
