"""The small card beside a selection that the mouse made, or a highlight that it chose.

It never takes the keys, and goes away with the next thing that is done.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from desktop_app.ui.look import icons
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.mark_swatches import MarkSwatches

AWAY_PX = 9  # between the letters and the card
EDGE_PX = 6


class MarkCard(QFrame):
    """Colours, tag, note, and for a highlight its deletion."""

    colour_chosen = Signal(str)
    tag_asked = Signal()
    note_asked = Signal()
    delete_asked = Signal()

    def __init__(self, appearance: Appearance, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.setProperty("surface", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(self.tr("Marking"))
        self.swatches = MarkSwatches(appearance, self, focus=Qt.FocusPolicy.NoFocus)
        self.tag = self._button("tag", self.tr("Tags (T)"))
        self.note = self._button("note", self.tr("Note (N)"))
        self.delete = self._button("delete", self.tr("Delete the highlight (Delete)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 4, 6, 4)
        row.setSpacing(2)
        row.addWidget(self.swatches)
        row.addSpacing(4)
        for part in (self.tag, self.note, self.delete):
            row.addWidget(part)
        self.swatches.chosen.connect(self.colour_chosen)
        self.tag.clicked.connect(self.tag_asked)
        self.note.clicked.connect(self.note_asked)
        self.delete.clicked.connect(self.delete_asked)
        self.hide()

    def show_beside(self, place: QRect, room: QRect, *, colour: str | None) -> None:
        """Show the card below a box, or above it, both on the screen and within a room there.

        colour: of the highlight that it is about; None where it is about a selection.
        """
        self.swatches.show_colour(colour)
        self.delete.setVisible(colour is not None)
        self.adjustSize()
        size = self.sizeHint()
        x = place.center().x() - size.width() // 2
        x = max(room.left() + EDGE_PX, min(x, room.right() - size.width() - EDGE_PX))
        y = place.bottom() + AWAY_PX
        if y + size.height() > room.bottom() - EDGE_PX:
            y = place.top() - AWAY_PX - size.height()
        if y < room.top() + EDGE_PX:  # what is selected fills the room
            x = room.right() - size.width() - EDGE_PX
            y = room.bottom() - size.height() - EDGE_PX
        self.move(self._host.mapFromGlobal(QPoint(x, y)))
        self.resize(size)
        self.raise_()
        self.show()

    def _button(self, icon: str, name: str) -> QToolButton:
        made = QToolButton(self)
        made.setIcon(icons.icon(icon))
        made.setIconSize(QSize(17, 17))
        made.setToolTip(name)
        made.setAccessibleName(name)
        made.setAutoRaise(True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made
