"""The line over the list while a tag is sticky: what a click on a document does now, and how that ends."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from desktop_app.core.model import Tag
from desktop_app.ui.look.icons import icon
from desktop_app.ui.look.tag_mark import tag_icon
from desktop_app.ui.panes.fields import short

_SIDE = 16


class StickyLine(QFrame):
    """Hidden while no tag is sticky."""

    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = QLabel(self)
        self._words = QLabel(self)
        self._words.setProperty("tone", "mode")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        close = QToolButton(self)
        close.setIcon(icon("close"))
        close.setToolTip(self.tr("Tag no more by clicks (Esc)"))
        close.setAccessibleName(self.tr("Tag no more by clicks"))
        close.clicked.connect(self.ended)
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 2, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        row.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """What is said; empty while the line is hidden."""
        return "" if self.isHidden() else self._words.text()

    def show_tag(self, tag: Tag | None) -> None:
        """Say which tag every click gives; None: none does."""
        if tag is not None:
            self._mark.setPixmap(tag_icon(tag, side=_SIDE).pixmap(_SIDE, _SIDE))
            words = self.tr(
                "Every document you click gets “{0}” · Space tags the one here and goes on"
                " · Esc ends"
            ).format(short(tag.name))
            self._words.setText(words)
            self.setAccessibleName(words)
        self.setVisible(tag is not None)
