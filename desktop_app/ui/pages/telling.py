"""What a screen reader is told of the pages: the words of those that are in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent

if TYPE_CHECKING:
    from desktop_app.ui.pages.pages import Pages

TELL_MS = 300


class Telling(QObject):
    """Keeps the description of the view true, where a screen reader listens."""

    def __init__(self, view: Pages) -> None:
        super().__init__(view)
        self._view = view
        self._soon = QTimer(self, singleShot=True, interval=TELL_MS)
        self._soon.timeout.connect(self._tell)
        view.moved.connect(self._soon.start)

    @Slot()
    def _tell(self) -> None:
        if QAccessible.isActive() and self._view.isVisible():
            self._view.setAccessibleDescription(self._view.visible_text())
            changed = QAccessibleEvent(self._view, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(changed)
