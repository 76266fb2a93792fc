"""“page 34 of 112” in the footer; pressed, it is a field for the number of another page."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from desktop_app.ui.look import fonts
from desktop_app.ui.pages.zoom_button import SMALL_PX

FIELD_PX = 56
_DIGITS = QRegularExpression("[0-9]{0,9}")


class _Field(QLineEdit):
    """Takes a number; Escape and leaving it ask for nothing."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.left.emit()


class PageNumber(QWidget):
    """Says on which page one is, and asks for another one."""

    chosen = Signal(int)  # a page, from 1
    refused = Signal(str)  # why a number was not taken; it can be typed anew
    left = Signal()  # the field was left, and the keys are to go back

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: int | None = None
        self._last = 0
        self._button = QToolButton(self)
        self._button.setFont(fonts.interface(SMALL_PX))
        self._button.setAutoRaise(True)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.setToolTip(self.tr("Go to a page (Ctrl+G)"))
        self.field = _Field(self)
        self.field.setAccessibleName(self.tr("Go to page"))
        self.field.setFixedWidth(FIELD_PX)
        # Any number: one behind the last page is answered by a sentence, and not by a dead key.
        self.field.setValidator(QRegularExpressionValidator(_DIGITS, self.field))
        self._of = QLabel(self)
        self._of.setProperty("tone", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (self._button, self.field, self._of):
            row.addWidget(part)
        self._button.clicked.connect(self.ask)
        self.field.returnPressed.connect(self._choose)
        self.field.left.connect(self._end)
        self._show_field(False)

    @property
    def is_known(self) -> bool:
        """Whether there are pages to go to."""
        return self._page is not None

    def text(self) -> str:
        """What it says."""
        return self._button.text()

    def show_page(self, page: int | None, last: int | None) -> None:
        """Say on which page of how many one is; nothing where there are no pages."""
        self._page, self._last = page, last or 0
        known = page is not None and last is not None
        said = self.tr("page {0:,} of {1:,}").format(page, last) if known else ""
        self._button.setText(said)
        self._button.setAccessibleName(self.tr("{0}; go to a page").format(said))
        self.setVisible(known)

    @Slot()
    def ask(self) -> None:
        """Take the number of a page to go to."""
        if self._page is None:
            return
        self.field.setText(str(self._page))
        self._of.setText(self.tr("of {0:,}").format(self._last))
        self._show_field(True)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _choose(self) -> None:
        number = int(self.field.text() or 0)
        if not 1 <= number <= self._last:
            self.field.selectAll()
            self.refused.emit(self._why_not())
            return
        self._end()
        self.chosen.emit(number)

    def _why_not(self) -> str:
        if self._last == 1:
            return self.tr("This document has 1 page only.")
        return self.tr("The pages of this document are numbered from 1 to {0:,}.").format(
            self._last
        )

    @Slot()
    def _end(self) -> None:
        if not self.field.isHidden():
            had_keys = self.field.hasFocus()
            self._show_field(False)
            if had_keys:
                self.left.emit()

    def _show_field(self, shown: bool) -> None:
        self._button.setVisible(not shown)
        self.field.setVisible(shown)
        self._of.setVisible(shown)
