"""The bars above and below the page: steps, matches, looks; how far one has come, and the keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop_app.ui import icons
from desktop_app.ui.theme import Appearance

HEADER_PX = 39


class ReaderHeader(QFrame):
    """Back and forward, the matches with their steps, how the page looks, details."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self.setFixedHeight(HEADER_PX)
        self.back = button("back", self.tr("Back"), self)
        self.forward = button("forward", self.tr("Forward"), self)
        self.count = QLabel(self)
        self.count.setProperty("tone", "muted")
        self.previous = button("previous", self.tr("Previous match (Shift+F3)"), self)
        self.next = button("next", self.tr("Next match (F3)"), self)
        self.looks = button("text", self.tr("How the page looks"), self)
        self.details = button("details", self.tr("Details of the document"), self)
        self.details.setCheckable(True)
        self.back.setEnabled(False)
        self.forward.setEnabled(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 10, 0)
        row.setSpacing(2)
        _add(row, (self.back, self.forward))
        row.addSpacing(6)
        _add(row, (self.count, self.previous, self.next))
        row.addStretch(1)
        _add(row, (self.looks, self.details))

    def show_count(self, current: int | None, number: int) -> None:
        """Say which match of how many is the current one; nothing where there is none."""
        said = self.tr("1 match") if number == 1 else self.tr("{0:,} matches").format(number)
        if current is not None:
            said = self.tr("{0:,} of {1}").format(current + 1, said)
        self.count.setText(said if number else "")
        for part in (self.count, self.previous, self.next):
            part.setVisible(bool(number))


class ReaderFooter(QWidget):
    """A line for how much has been read, the share, the time left, and the keys that help."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = ProgressLine(appearance, self)
        self.share = QLabel(self)
        self.left = QLabel(self)
        self.keys = QLabel(self)
        for label in (self.share, self.left, self.keys):
            label.setProperty("tone", "small")
        row = QHBoxLayout()
        row.setContentsMargins(15, 3, 15, 4)
        row.setSpacing(14)
        _add(row, (self.share, self.left))
        row.addStretch(1)
        row.addWidget(self.keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addLayout(row)

    def show_progress(self, progress: float, left: str) -> None:
        """Show a share from 0 to 1, and what is left in words."""
        self.line.set_share(progress)
        self.share.setText(f"{int(progress * 100)}%")
        self.left.setText(left)


class ProgressLine(QWidget):
    """A thin line of which a part is filled."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._share = 0.0
        self.setFixedHeight(2)
        self.setAccessibleName(self.tr("How far the document is read"))
        appearance.changed.connect(self.update)

    def set_share(self, share: float) -> None:
        """Fill a share from 0 to 1."""
        self._share = share
        self.setAccessibleDescription(f"{int(share * 100)}%")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._appearance.theme
        painter.fillRect(self.rect(), QColor(theme.line))
        read = self.rect()
        read.setWidth(round(self.width() * self._share))
        painter.fillRect(read, QColor(theme.accent))


def button(icon: str, name: str, parent: QWidget) -> QToolButton:
    """Make a flat button of an icon, named for tooltip and screen reader."""
    made = QToolButton(parent)
    made.setIcon(icons.icon(icon))
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setAutoRaise(True)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def _add(row: QHBoxLayout, parts: Sequence[QWidget]) -> None:
    for part in parts:
        row.addWidget(part)
