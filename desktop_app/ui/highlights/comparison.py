"""A passage as it was marked and as it was found, side by side; what differs is told by more than colour.

Words that are gone are struck out, words that have come are underlined and bold.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from desktop_app.core.highlights import Standing
from desktop_app.core.word_changes import Ranges
from desktop_app.library.reviewing import Passage, ReviewCase
from desktop_app.ui.look import fonts
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.panes.fields import label

MOST_SHOWN = 4_000  # code points of a passage; more is told by a number


class Comparison(QWidget):
    """Before at the left, after at the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._case: ReviewCase | None = None
        self.before = _Side(self.tr("As you marked it"), self)
        self.after = _Side(self.tr("As it was found"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.before, 1)
        row.addWidget(self.after, 1)

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        self._theme = theme
        self.show_case(self._case)

    def show_case(self, case: ReviewCase | None) -> None:
        """Show what is to be decided; nothing for None."""
        self._case = case
        if case is None:
            self.before.clear()
            self.after.clear()
            return
        gone = case.changes.gone if case.changes is not None else ()
        self.before.show_passage(case.marked, gone, self._theme, gone=True)
        self.after.setVisible(case.highlight.standing is not Standing.LOST)
        if case.found is not None:
            come = case.changes.come if case.changes is not None else ()
            self.after.show_passage(case.found, come, self._theme, gone=False)
        else:
            self.after.clear()


class _Side(QFrame):
    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = label(name, "section", self)
        self.text = QTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(name)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setTabChangesFocus(True)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._name)
        column.addWidget(self.text, 1)

    def clear(self) -> None:
        self.text.clear()

    def show_passage(self, passage: Passage, changed: Ranges, theme: Theme, *, gone: bool) -> None:
        self.text.clear()
        self.text.document().setDefaultFont(fonts.reading(15))
        self.text.document().setDocumentMargin(8)
        cursor = QTextCursor(self.text.document())
        block = QTextBlockFormat()
        block.setLineHeight(128, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(block)
        around = QTextCharFormat()
        around.setForeground(QColor(theme.muted))
        plain = QTextCharFormat()
        plain.setForeground(QColor(theme.ink))
        plain.setBackground(QColor(theme.accent_soft))
        marked = QTextCharFormat(plain)
        if gone:
            marked.setFontStrikeOut(True)
            marked.setForeground(QColor(theme.problem))
            marked.setBackground(QColor(theme.problem_soft))
        else:
            marked.setFontUnderline(True)
            marked.setFontWeight(QFont.Weight.Bold)
        cursor.insertText(f"…{passage.before}" if passage.before else "", around)
        words, at = passage.words[:MOST_SHOWN], 0
        for start, end in changed:
            cursor.insertText(words[at:start], plain)
            cursor.insertText(words[start:end], marked)
            at = max(end, at)
        cursor.insertText(words[at:], plain)
        left = len(passage.words) - len(words)
        if left:
            cursor.insertText(self.tr(" … {0} more letters").format(f"{left:,}"), around)
        cursor.insertText(f"{passage.after}…" if passage.after else "", around)
        self._scroll_to_words(passage.before)

    def _scroll_to_words(self, before: str) -> None:
        # Qt counts in UTF-16, and the dots stand before the words around.
        start = len(before.encode("utf-16-le")) // 2 + bool(before)
        cursor = self.text.textCursor()
        cursor.setPosition(min(start, max(self.text.document().characterCount() - 1, 0)))
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()
