"""The two words in the header that say which text of a web page is shown: article or whole page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget


class TextChoice(QWidget):
    """Says which of a web page's two texts is shown, and changes to the other."""

    chosen = Signal(bool)  # whether the whole page is wanted

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.article = _text_button(self.tr("Article"), self.tr("Only the article (W)"), self)
        self.whole = _text_button(self.tr("Whole page"), self.tr("The whole page (W)"), self)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self.article, self.whole):
            self._group.addButton(part)
            row.addWidget(part)
        self._is_whole = False
        self._narrow = False
        self.article.clicked.connect(lambda: self._ask(whole=False))
        self.whole.clicked.connect(lambda: self._ask(whole=True))
        self.show_choice(two=False, whole=False)

    def show_choice(self, *, two: bool, whole: bool) -> None:
        """Show whether there are two texts, and which of them is in view."""
        self._is_whole = whole
        self._show()
        self.setVisible(two)

    def set_narrow(self, narrow: bool) -> None:
        """Show one button where there is no room for two."""
        self._narrow = narrow
        self._show()

    def _show(self) -> None:
        self._group.setExclusive(not self._narrow)
        self.article.setVisible(not self._narrow)
        self.article.setChecked(not self._is_whole)
        self.whole.setChecked(self._is_whole)

    def _ask(self, *, whole: bool) -> None:
        wanted = not self._is_whole if self._narrow else whole
        if wanted != self._is_whole:
            self.chosen.emit(wanted)
        self._show()


def _text_button(text: str, name: str, parent: QWidget) -> QToolButton:
    made = QToolButton(parent)
    made.setText(text)
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setCheckable(True)
    made.setAutoRaise(True)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
