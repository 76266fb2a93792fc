"""Who is told of what about finding one's way in the reader: contents, back and forward, pace."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.ui.actions import Actions
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.session import Session


class ReadingJoins(QObject):
    """The connections of the reader's ways in one window."""

    def __init__(self, session: Session, actions: Actions, window: MainWindow) -> None:
        super().__init__(window)
        self._settings = session.settings
        self._contents = actions["view.contents"]
        self._waypoints = window.reader.waypoints
        self._waypoints.want_contents(self._settings.now.contents_shown)
        actions.on("view.contents", self._toggle)
        self._waypoints.contents_wanted.connect(
            lambda wanted: self._settings.change(contents_shown=wanted)
        )
        self._waypoints.contents_changed.connect(self._show)

    def _toggle(self) -> None:
        self._waypoints.toggle_contents()
        self._show()

    def _show(self) -> None:
        self._contents.setChecked(self._waypoints.shows_contents)
