"""The settings as they are now, and their way to the disk a moment after they changed."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app import settings as kept
from desktop_app.settings import Settings
from desktop_app.ui.tasks import Lane, Tasks

_log = logging.getLogger(__name__)

SAVE_AFTER_MS = 1_000


class SettingsKeeper(QObject):
    """Hold the settings; a change is written to the file in a task, many changes in one."""

    changed = Signal(object)

    def __init__(
        self, file: Path | None, now: Settings, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        """file: None keeps the settings for this run only."""
        super().__init__(parent)
        self._file = file
        self._now = now
        self._tasks = tasks
        self._unsaved = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self._save_beside)

    @property
    def now(self) -> Settings:
        """The settings."""
        return self._now

    def change(self, **fields: Any) -> None:
        """Change some of the settings."""
        after = replace(self._now, **fields)
        if after == self._now:
            return
        self._now = after
        self._unsaved = True
        if not self._timer.isActive():  # changes that do not end shall not put it off for ever
            self._timer.start()
        self.changed.emit(after)

    def save(self) -> None:
        """Write at once what is not written yet: before the window is gone."""
        self._timer.stop()
        if self._unsaved and self._file is not None:
            self._unsaved = False
            try:
                kept.save(self._now, self._file)
            except OSError as error:
                self._not_saved(error)

    def _save_beside(self) -> None:
        file, now = self._file, self._now
        if not self._unsaved or file is None:
            return
        self._unsaved = False
        self._tasks.run(lambda: kept.save(now, file), failed=self._not_saved, lane=Lane.LONG)

    def _not_saved(self, error: Exception) -> None:
        # Settings are a convenience: that they could not be kept is not worth a bar in the window.
        _log.warning("settings not saved: %s", error)
