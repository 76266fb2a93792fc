"""The bars above and below the page: steps, matches, texts, looks; how far one has come, keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.look import icons
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.pages.number import PageNumber
from desktop_app.ui.pages.zoom_button import ZoomButton
from desktop_app.ui.reader.cut_label import CutLabel
from desktop_app.ui.reader.text_choice import PageChoice, TextChoice

HEADER_PX = 39
WORDY_PX = 560  # a header narrower than this shows icons alone
NARROW_PX = 430  # a header narrower than this shows one button for the two texts of a page


class ReaderHeader(QFrame):
    """Back and forward, the matches, which text, contents, how the page looks, details."""

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
        self.texts = TextChoice(self)
        self.sheets = PageChoice(self)
        self.contents = button("contents", self.tr("Contents (C)"), self)
        self.contents.setCheckable(True)
        self.looks = button("text", self.tr("How the page looks"), self)
        self.marks = button("highlight", self.tr("Highlights: colour, style, sticky tags"), self)
        self.marks.setText(self.tr("Highlights"))
        self.marks.setEnabled(False)
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
        _add(row, (self.texts, self.sheets))
        row.addSpacing(8)
        _add(row, (self.contents, self.looks, self.marks, self.details))

    def minimumSizeHint(self) -> QSize:
        """Leave the reader as narrow as one wants it: what does not fit is cut, not the window."""
        return QSize(200, HEADER_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        for choice in (self.texts, self.sheets):
            choice.set_narrow(self.width() < NARROW_PX)
        self.marks.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonIconOnly
            if self.width() < WORDY_PX
            else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )
        super().resizeEvent(event)

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
        self.page = PageNumber(self)
        self.zoom = ZoomButton(self)
        self.notice = CutLabel(self)  # what cannot be shown
        self.keys = CutLabel(self)
        self.mode = QLabel(self)  # what every selection is marked with, while that is so
        self.mode.setProperty("tone", "mode")
        self.mode.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.mode.hide()
        # The keys have what room the others leave.
        self.keys.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.keys.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for label in (self.share, self.left, self.notice, self.keys):
            label.setProperty("tone", "small")
        row = QHBoxLayout()
        row.setContentsMargins(15, 3, 15, 4)
        row.setSpacing(14)
        _add(row, (self.share, self.left, self.page, self.zoom, self.notice))
        row.addWidget(self.keys, 1)
        row.addWidget(self.mode)
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

    def show_page(self, page: int | None, last: int | None) -> None:
        """Say on which page of how many one is; nothing where the text has no pages."""
        self.page.show_page(page, last)


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


def corner_below(part: QWidget) -> QPoint:
    """The place of the screen just below the right end of a part, for what it opens."""
    return part.mapToGlobal(QPoint(part.width(), part.height() + 4))


def _add(row: QHBoxLayout, parts: Sequence[QWidget]) -> None:
    for part in parts:
        row.addWidget(part)
