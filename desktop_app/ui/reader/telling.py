"""What a screen reader is told of the page: what is in view, and what has the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent

from desktop_app.ui.reader.laid import Spot, SpotKind

if TYPE_CHECKING:
    from desktop_app.ui.reader.view import PageView

TELL_MS = 300


class Telling(QObject):
    """Keeps the page's description true, where a screen reader listens."""

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self._view = view
        self._soon = QTimer(self, singleShot=True, interval=TELL_MS)
        self._soon.timeout.connect(self._tell_in_view)
        view.moved.connect(self._soon.start)

    def tell_spot(self, spot: Spot) -> None:
        """Tell at once which spot has the keys now, and what Enter does there."""
        if QAccessible.isActive():
            self._soon.stop()
            self._describe(self.spot_in_words(spot))

    def spot_in_words(self, spot: Spot) -> str:
        """What a spot is and what Enter does there."""
        if spot.kind is SpotKind.FOLD:
            index = int(spot.target)
            part = self._view.fold_at(index)
            said = part.kinds if part is not None else ""
            if self._view.is_open(index):
                return self.tr("{0}, open. Enter folds it.").format(said)
            return self.tr("{0}, folded. Enter opens it.").format(said)
        if spot.kind is SpotKind.NOTE:
            words = self._view.note_words(str(spot.target))
            return self.tr("Note: {0}. Enter goes there.").format(words.rstrip("."))
        if spot.kind is SpotKind.RETURN:
            return self.tr("Enter goes back to the text.")
        return self.tr("Picture. Enter shows it larger.")

    @Slot()
    def _tell_in_view(self) -> None:
        if QAccessible.isActive():
            self._describe(self._view.visible_text())

    def _describe(self, words: str) -> None:
        self._view.setAccessibleDescription(words)
        changed = QAccessibleEvent(self._view, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(changed)
