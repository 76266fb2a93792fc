"""What the reader's pane is made of, and where each part stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.pages.view import PagesView
from desktop_app.ui.reader.bars import ReaderFooter, ReaderHeader
from desktop_app.ui.reader.contents_pane import BesidePage, ContentsPane
from desktop_app.ui.reader.find_bar import FindBar
from desktop_app.ui.reader.sheets import Sheets
from desktop_app.ui.reader.strip import MatchStrip
from desktop_app.ui.reader.view import PageView


class ReaderFrame(QWidget):
    """Header, find bar, lines that say something, text or pages with the strip, footer."""

    wanted = Signal()  # it is to be seen: keys are put on it

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.view = PageView(appearance, self)
        self.pages = PagesView(appearance, self)
        self.sheets = Sheets(self.view, self.pages, self)
        self.strip = MatchStrip(appearance, self)
        self.header = ReaderHeader(self)
        self.footer = ReaderFooter(appearance, self)
        self.find_bar = FindBar(self)
        sheet = QWidget(self)
        self.contents = ContentsPane(appearance, self)
        self.beside = BesidePage(self.contents, sheet, self)
        self.notice = QLabel(self)
        self.notice.setProperty("tone", "small")
        self.notice.setWordWrap(True)
        self.notice.setContentsMargins(15, 6, 15, 6)
        self.notice.hide()
        row = QHBoxLayout(sheet)
        row.addWidget(self.sheets)
        row.addWidget(self.strip)
        self._column = QVBoxLayout(self)
        for layout in (row, self._column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        for part in (self.header, self.find_bar, self.notice):
            self._column.addWidget(part)
        self._column.addWidget(self.beside, 1)
        self._column.addWidget(self.footer)
        self.setFocusProxy(self.sheets)

    def focus_text(self) -> None:
        """Put the keys on the text or the pages."""
        self.wanted.emit()
        self.sheets.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_back_forward(self, back: bool, forward: bool) -> None:
        """Say whether there is a place to go back to, or forward."""
        self.header.back.setEnabled(back)
        self.header.forward.setEnabled(forward)

    def add_line(self, line: QWidget) -> None:
        """Put a line between the header and the page."""
        self._column.insertWidget(self._column.indexOf(self.beside), line)

    def say_of_document(self, words: str) -> None:
        """Say something of the document above it; "" for nothing."""
        self.notice.setText(words)
        self.notice.setVisible(bool(words))
