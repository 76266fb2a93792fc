"""What the pointer meets on the page: the hand over what can be pressed, cards of notes, tooltips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop_app.ui.reader.laid import Spot, SpotKind

if TYPE_CHECKING:
    from desktop_app.ui.reader.keyed_page import KeyedPage

CARD_PX = 380
CARD_MS = 220
LONGEST_TIP = 300


class NoteCard(QFrame):
    """A card with plain words beside the place that they are about."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.setProperty("surface", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(13, 10, 13, 11)
        inside.addWidget(self.words)
        self.hide()

    def show_beside(self, place: QPoint, words: str) -> None:
        """Show words below a place of the parent, or above it where there is no room below."""
        room = self._room.size()
        self.words.setText(words)
        width = min(CARD_PX, room.width() - 16)
        fitting = self.words.fontMetrics().horizontalAdvance(words.replace("\n", " ")) + 34
        self.setFixedWidth(max(min(width, fitting), 60))
        self.setFixedHeight(min(self.heightForWidth(self.width()), max(room.height() // 2, 60)))
        x = min(max(place.x() - 24, 8), max(room.width() - self.width() - 8, 8))
        below = place.y() + 18
        y = below if below + self.height() < room.height() else place.y() - self.height() - 18
        self.move(x, max(y, 4))
        self.raise_()
        self.show()


class Hovering(QObject):
    """Follows the pointer over a page."""

    link_hovered = Signal(str)  # the address under the pointer, "" where there is none

    def __init__(self, view: KeyedPage) -> None:
        super().__init__(view)
        self._view = view
        self.card = NoteCard(view.viewport())
        self._spot: Spot | None = None
        self._place = QPointF()
        self._link = ""
        self._soon = QTimer(self, singleShot=True, interval=CARD_MS)
        self._soon.timeout.connect(self._show_note)
        view.moved.connect(self.leave)

    def move(self, place: QPointF) -> None:
        """Take note of where the pointer is, with no button held."""
        spot = self._view.spot_at(place)
        shape = Qt.CursorShape.IBeamCursor if spot is None else Qt.CursorShape.PointingHandCursor
        if self._view.handle_at(place):
            shape = Qt.CursorShape.SizeHorCursor
        self._view.viewport().setCursor(shape)
        self._say_link(self._view.link_at(place))
        self._place = place
        if spot == self._spot:
            return
        self._spot = spot
        self.card.hide()
        self._soon.stop()
        if spot is not None and spot.kind is SpotKind.NOTE:
            self._soon.start()

    @Slot()
    def leave(self) -> None:
        """Forget where the pointer was: it has gone, or the page has moved under it."""
        self._spot = None
        self._soon.stop()
        self.card.hide()
        self._say_link("")

    def tip_at(self, place: QPointF) -> str:
        """What the tooltip of a place says."""
        spot = self._view.spot_at(place)
        if spot is None or spot.kind is SpotKind.PICTURE:
            return (self._view.link_at(place) or self._view.marks_tip(place))[:LONGEST_TIP]
        if spot.kind is SpotKind.FOLD:
            return self._view.fold_rules(int(spot.target))[:LONGEST_TIP]
        if spot.kind is SpotKind.RULE:
            return self.tr("Click to fold this again")
        return self.tr("Back to the text") if spot.kind is SpotKind.RETURN else ""

    def say(self, place: QPointF, words: str) -> None:
        """Show words in a card at a place."""
        self.card.show_beside(place.toPoint(), words)

    @Slot()
    def _show_note(self) -> None:
        if self._spot is not None and self._spot.kind is SpotKind.NOTE:
            words = self._view.note_words(str(self._spot.target))
            if words:
                self.card.show_beside(self._place.toPoint(), words)

    def _say_link(self, link: str) -> None:
        if link != self._link:
            self._link = link
            self.link_hovered.emit(link)
