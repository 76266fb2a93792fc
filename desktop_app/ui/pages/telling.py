"""What a screen reader is told of the pages: the words of those that are in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot
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
            self._view.setAccessibleDescription(words_in_view(self._view))
            changed = QAccessibleEvent(self._view, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(changed)


def words_in_view(view: Pages) -> str:
    """What the pages in view say, each behind its number."""
    said = []
    for page in view.pages_in_view():
        words = view.words_on(page) or view.shelf.failed(page)
        number = QCoreApplication.translate("pages", "Page {0:,}.").format(page + 1)
        said.append(f"{number}\n{words}")
    return "\n".join(said)
