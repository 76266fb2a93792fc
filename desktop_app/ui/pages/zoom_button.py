"""“115%” in the footer: how large pages are shown, with a menu of what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop_app.ui.look import fonts

SMALL_PX = 13


class ZoomButton(QToolButton):
    """Says the zoom while pages are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(fonts.interface(SMALL_PX))
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolTip(self.tr("How large the pages are (Ctrl++, Ctrl+−)"))
        self.setAccessibleName(self.tr("Zoom"))
        self.hide()

    def offer(self, parts: Sequence[Sequence[QAction]]) -> None:
        """Offer actions, with a line between the parts."""
        menu = QMenu(self)
        for actions in parts:
            if menu.actions():
                menu.addSeparator()
            menu.addActions(list(actions))
        self.setMenu(menu)

    def show_zoom(self, zoom: float | None) -> None:
        """Say a zoom, of which 1 is as on paper; None where no pages are shown."""
        self.setVisible(zoom is not None)
        if zoom is not None:
            said = f"{zoom:.0%}"
            self.setText(said)
            self.setAccessibleName(self.tr("Zoom {0}").format(said))
