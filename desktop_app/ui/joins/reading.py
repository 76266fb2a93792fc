"""Who is told of what about finding one's way in the reader: contents, back and forward, pace."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.core.text import Text
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.reader.reading_time import ReadingTime
from desktop_app.ui.reading import Reading
from desktop_app.ui.reading_trail import ReadingTrail
from desktop_app.ui.session import Session


class ReadingJoins(QObject):
    """The connections of the reader's ways in one window."""

    def __init__(
        self, session: Session, actions: Actions, window: MainWindow, reading: Reading
    ) -> None:
        super().__init__(window)
        self._settings = session.settings
        reader = window.reader
        self.trail = ReadingTrail(reading, reader, session.settings, str(session.folder))
        for part in (reader.view.viewport(), reader.pages.viewport(), window.list.view.viewport()):
            self.trail.follow_mouse(part)
        self.trail.follow_mouse(window)  # and what no part of it has a use for
        session.closing.connect(self.trail.keep)
        actions.on("view.back", self.trail.back)
        actions.on("view.forward", self.trail.forward)
        self._session = session
        self._contents = actions["view.contents"]
        self._waypoints = window.reader.waypoints
        self._waypoints.want_contents(self._settings.now.contents_shown)
        self._waypoints.set_pace(self._settings.now.reading_pace)
        self._waypoints.time_wanted.connect(self._reckon)
        self._waypoints.pace_seen.connect(
            lambda pace: self._settings.change(reading_pace=round(pace, 1))
        )
        actions.on("view.contents", self._toggle)
        self._waypoints.contents_wanted.connect(
            lambda wanted: self._settings.change(contents_shown=wanted)
        )
        self._waypoints.contents_changed.connect(self._show)

    def _reckon(self, text: Text) -> None:
        """Count the words of a text beside the window."""
        self._session.read(
            lambda _library: ReadingTime(text),
            lambda time: self._waypoints.take_time(text, time),
            key="reading-time",
        )

    def _toggle(self) -> None:
        self._waypoints.toggle_contents()
        self._show()

    def _show(self) -> None:
        self._contents.setChecked(self._waypoints.shows_contents)
