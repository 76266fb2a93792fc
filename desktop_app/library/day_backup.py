"""The backup of the day, made before the day's first change."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from datetime import date, datetime
from pathlib import Path

from desktop_app.core.errors import Problem
from desktop_app.store.store import Store

_log = logging.getLogger(__name__)


class DayBackup:
    """Makes it on a thread of its own; say_trouble is called there with what keeps it from it."""

    def __init__(self, store: Store, say_trouble: Callable[[Problem], None]) -> None:
        self._store = store
        self._say_trouble = say_trouble
        self._made_on: date | None = None

    def before_change(self) -> None:
        """Start it unless it was made today."""
        today = datetime.now().astimezone().date()
        if self._made_on != today:
            self._made_on = today
            started = self._store.start_backup_if_due(today)
            if started is not None:
                started.add_done_callback(self._ended)

    def due_again(self) -> None:
        """Make another one before the next change: another library lies here now."""
        self._made_on = None

    def _ended(self, backup: Future[Path]) -> None:
        trouble = backup.exception()
        if trouble is None:
            return
        reason = str(trouble)
        if not isinstance(trouble, Problem):
            _log.error("the day's backup failed", exc_info=trouble)
            reason = "the log says why."
        self._say_trouble(
            Problem(f"Today’s backup could not be made: {reason}", "Your change has been kept.")
        )
