"""What dialogs share: how large they open, pages that scroll, the button that closes them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QScrollArea, QWidget

_EDGE = 60  # pixels left for the desktop's own bars
_USUAL_LINE = 18  # pixels, the height of a line at the usual size of type


def open_at(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog its size, as its type asks for and never larger than the screen.

    width, height: pixels at the usual size of type.
    """
    scale = max(1.0, dialog.fontMetrics().height() / _USUAL_LINE)
    room = dialog.screen().availableSize()
    dialog.resize(
        min(round(width * scale), room.width() - _EDGE),
        min(round(height * scale), room.height() - _EDGE),
    )


def scrolled(page: QWidget, parent: QWidget) -> QScrollArea:
    """Let a page of a dialog be scrolled where the screen is too small for it."""
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area


def close_box(dialog: QDialog) -> QDialogButtonBox:
    """Make the row of buttons with Close; a standard one would bring the desktop's own icon."""
    box = QDialogButtonBox(dialog)
    box.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
    return box
