"""Two words in the header of which one is chosen: article or whole page, page or text."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget


class TwoWords(QWidget):
    """Says which of two ways to show a document is in view, and changes to the other."""

    chosen = Signal(bool)  # whether the second is wanted

    def __init__(self, first: tuple[str, str], second: tuple[str, str], parent: QWidget) -> None:
        """first, second: each its word and what it does."""
        super().__init__(parent)
        self.first = _text_button(*first, self)
        self.second = _text_button(*second, self)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self.first, self.second):
            self._group.addButton(part)
            row.addWidget(part)
        self._is_second = False
        self._narrow = False
        self.first.clicked.connect(lambda: self._ask(second=False))
        self.second.clicked.connect(lambda: self._ask(second=True))
        self.show_second(two=False, second=False)

    def show_second(self, *, two: bool, second: bool) -> None:
        """Show whether there are two ways, and which of them is in view."""
        self._is_second = second
        self._show()
        self.setVisible(two)

    def set_narrow(self, narrow: bool) -> None:
        """Show one button where there is no room for two."""
        self._narrow = narrow
        self._show()

    def _show(self) -> None:
        self._group.setExclusive(not self._narrow)
        self.first.setVisible(not self._narrow)
        self.first.setChecked(not self._is_second)
        self.second.setChecked(self._is_second)

    def _ask(self, *, second: bool) -> None:
        wanted = not self._is_second if self._narrow else second
        if wanted != self._is_second:
            self.chosen.emit(wanted)
        self._show()


class TextChoice(TwoWords):
    """The two texts of a web page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            (_tr("Article"), _tr("Only the article (W)")),
            (_tr("Whole page"), _tr("The whole page (W)")),
            parent,
        )
        self.article, self.whole = self.first, self.second

    def show_choice(self, *, two: bool, whole: bool) -> None:
        """Show whether there are two texts, and which of them is in view."""
        self.show_second(two=two, second=whole)


class PageChoice(TwoWords):
    """The two ways to show a PDF: its pages as they are, or its text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            (_tr("Page"), _tr("The pages as they are (O)")),
            (_tr("Text"), _tr("The text, set to be read (O)")),
            parent,
        )

    def show_choice(self, *, two: bool, pages: bool) -> None:
        """Show whether there are pages, and whether they are in view."""
        self.show_second(two=two, second=not pages)


def _text_button(text: str, name: str, parent: QWidget) -> QToolButton:
    made = QToolButton(parent)
    made.setText(text)
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setCheckable(True)
    made.setAutoRaise(True)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def _tr(text: str) -> str:
    return QCoreApplication.translate("TextChoice", text)
