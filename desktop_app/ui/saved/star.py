"""The star in the search box: filled where what the box asks is saved."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QToolButton, QWidget

from desktop_app.core.saved_searches import SavedSearch
from desktop_app.ui.look.icons import Tone, icon


class StarButton(QToolButton):
    """Saves what the box asks, or opens what it is saved as."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setIconSize(QSize(16, 16))
        self.setAutoRaise(True)
        self.show_saved(None, asked=False)

    def show_saved(self, saved: SavedSearch | None, *, asked: bool) -> None:
        """Show as what the search is saved. asked: whether there is anything to save."""
        self.setVisible(asked)
        filled = saved is not None
        self.setIcon(icon("starred" if filled else "star", Tone.ACCENT if filled else Tone.MUTED))
        said = (
            self.tr("Saved as “{0}”: rename or delete it").format(saved.name)
            if saved is not None
            else self.tr("Save this search (Ctrl+D)")
        )
        self.setToolTip(said)
        self.setAccessibleName(said.removesuffix(" (Ctrl+D)"))
