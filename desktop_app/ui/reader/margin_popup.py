"""The notes of one line, opened over the page where there is no room for cards beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.note_card import NoteCard
from desktop_app.ui.reader.noted import Noted

WIDTH_PX = 320
_PAD_PX = 10
_GAP_PX = 10


class MarginPopup(QFrame):
    """Shows cards one below the other; Esc, a click elsewhere or scrolling closes it."""

    picked = Signal(object)
    edit_asked = Signal(object)
    closed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._room = parent
        self._noted: tuple[Noted, ...] = ()
        self._expanded: set[str] = set()
        self._place = QPoint()
        self.cards: list[NoteCard] = []
        self.read_only = False
        self.setProperty("surface", "popup")
        self.setAccessibleName(self.tr("Notes beside this line"))
        self._inside = QWidget(self)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        self._scroll.setProperty("surface", "list")
        self._inside.setProperty("surface", "list")
        around = QVBoxLayout(self)
        around.setContentsMargins(_PAD_PX, _PAD_PX, 4, _PAD_PX)
        around.addWidget(self._scroll)
        self.hide()

    def open_beside(self, place: QPoint, noted: Sequence[Noted], *, keys: bool) -> None:
        """Open below a place of the page. keys: give the first card the keys."""
        if self.isHidden():
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._place, self._noted = place, tuple(noted)
        self._expanded = {noted[0].subject.key} if len(noted) == 1 else set()
        self._fill()
        self.show()
        self.raise_()
        if keys and self.cards:
            self.cards[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, present: dict[str, Noted]) -> None:
        """Show the notes as they are now; those that are gone leave, and with the last the popup."""
        if self.isHidden():
            return
        self._noted = tuple(
            present[each.subject.key] for each in self._noted if each.subject.key in present
        )
        if self._noted:
            self._fill()
        else:
            self.close_popup()

    @Slot()
    def close_popup(self) -> None:
        """Put the notes away; the keys go back to the page where they were in here."""
        if self.isHidden():
            return
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        self.hide()
        if inside:
            self._room.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def _fill(self) -> None:
        width = min(WIDTH_PX, self._room.width() - 16) - _PAD_PX - 16
        while len(self.cards) < len(self._noted):
            card = NoteCard(self._appearance, self._inside)
            card.picked.connect(self.picked)
            card.edit_asked.connect(self.edit_asked)
            card.expand_asked.connect(self._expand)
            card.stepped.connect(self._step)
            self.cards.append(card)
        y = 0
        for card, noted in zip(self.cards, self._noted, strict=False):
            card.read_only = self.read_only
            card.show_noted(noted, width, expanded=noted.subject.key in self._expanded)
            card.move(0, y)
            card.show()
            y += card.height() + _GAP_PX
        for card in self.cards[len(self._noted) :]:
            card.hide()
        self._inside.resize(QSize(width, max(y - _GAP_PX, 20)))
        self._take_place()

    def _take_place(self) -> None:
        room = self._room.size()
        most = max(round(room.height() * 0.6), 80)
        height = min(self._inside.height() + 2 * _PAD_PX + 2, most)
        width = min(WIDTH_PX, room.width() - 16)
        x = min(max(self._place.x() - width, 8), max(room.width() - width - 8, 8))
        below = self._place.y() + 14
        y = below if below + height < room.height() else self._place.y() - height - 14
        self.setGeometry(x, max(y, 4), width, height)

    @Slot(object)
    def _expand(self, noted: Noted) -> None:
        self._expanded ^= {noted.subject.key}
        self._fill()

    @Slot(bool)
    def _step(self, forward: bool) -> None:
        shown = self.cards[: len(self._noted)]
        at = next((i for i, card in enumerate(shown) if card.hasFocus()), 0)
        shown[(at + (1 if forward else -1)) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_popup()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close at a press of the mouse elsewhere in the window."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            inside = watched is self or self.isAncestorOf(watched)
            if not inside and watched.window() is self.window():
                self.close_popup()
        return False
