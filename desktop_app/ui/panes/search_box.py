"""The search box, and the line under it that says in words what was understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.look import icons

if TYPE_CHECKING:
    from desktop_app.library.searching import Answer

EXAMPLE = 'Search: siege, "state of war", raqqa OR mosul, -turkey, bomb*, date:2016'


class SearchBox(QFrame):
    """One line for the query, with the view that it is asked within as a chip before it."""

    text_changed = Signal(str)
    entered = Signal()  # Enter: ask at once, and go to what was found
    left = Signal()  # Down: go to the list
    view_removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchBox")
        self.setStyleSheet(
            "#searchBox { background: palette(base); border: 1px solid palette(mid);"
            " border-radius: 7px; }"
            '#searchBox[active="true"] { border: 1px solid palette(accent); }'
        )
        self._glass = QToolButton(self)
        self._glass.setIcon(icons.icon("search"))
        self._glass.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._glass.setAccessibleName(self.tr("Search"))
        self._glass.clicked.connect(self.focus)
        self._view = QPushButton(self)
        self._view.setProperty("kind", "chip")
        self._view.setAccessibleName(self.tr("The view that is searched in"))
        self._view.setVisible(False)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(EXAMPLE)
        self.line.setAccessibleName(self.tr("Search"))
        self.line.setAccessibleDescription(self.tr("What was understood stands above the list"))
        self.line.setStyleSheet("QLineEdit { border: none; background: transparent; padding: 0; }")
        self._clear = QToolButton(self)
        self._clear.setIcon(icons.icon("close"))
        self._clear.setToolTip(self.tr("Clear the search (Esc)"))
        self._clear.setAccessibleName(self.tr("Clear the search"))
        self._clear.setVisible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(5, 0, 5, 0)
        row.setSpacing(5)
        for widget in (self._glass, self._view, self.line, self._clear):
            row.addWidget(widget, 1 if widget is self.line else 0)
        self.setFixedHeight(32)
        self.setFocusProxy(self.line)
        self._connect()

    def _connect(self) -> None:
        self.line.textChanged.connect(self._on_text)
        self.line.returnPressed.connect(self.entered)
        self.line.installEventFilter(self)
        self._clear.clicked.connect(self.clear)
        self._view.clicked.connect(self.view_removed)

    @property
    def text(self) -> str:
        """What is written in the box."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Write something else; it is asked as if it had been typed."""
        self.line.setText(text)

    def clear(self) -> None:
        """Empty the line."""
        self.line.clear()

    def focus(self) -> None:
        """Put the cursor into the line and choose what is there."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def set_view(self, title: str) -> None:
        """Show the view that is in force; "" for all documents."""
        self._view.setVisible(bool(title))
        shown = title if len(title) <= 24 else title[:23] + "…"
        self._view.setText(f"{shown} ×")
        self._view.setToolTip(self.tr("Searching in “{0}” only. Click for all.").format(title))
        self._view.setAccessibleName(self.tr("Only {0}; remove").format(title))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line:
            if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                self._set_active(event.type() == QEvent.Type.FocusIn)
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            if self.line.text():
                self.line.clear()
            else:
                self.left.emit()
            return True
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
            return True
        if event.key() == Qt.Key.Key_Backspace and not self.line.text() and self._view.isVisible():
            self.view_removed.emit()
            return True
        return False

    def _on_text(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.text_changed.emit(text)

    def _set_active(self, active: bool) -> None:
        self.setProperty("active", "true" if active else "false")
        self.style().unpolish(self)
        self.style().polish(self)


class QueryLine(QFrame):
    """What ran, in words; what could not be, and why; what is still missing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 0, 18, 8)
        column.setSpacing(3)
        self._words = self._label("small", "What was searched for")
        self._notes = self._label("small", "Notes on the search")
        self._errors = self._label("problem", "What is wrong with the search")
        for label in (self._words, self._notes, self._errors):
            column.addWidget(label)
        self.setVisible(False)

    def show_answer(self, answer: Answer, *, searched: bool) -> None:
        """Show what an answer says of itself; nothing where nothing was searched for."""
        self._set(self._words, answer.words if searched else "")
        self._set(self._notes, _sentences(answer.notes) if searched else "")
        self._set(self._errors, _sentences([error.message for error in answer.errors]))
        labels = (self._words, self._notes, self._errors)
        self.setVisible(any(label.text() for label in labels))

    def _label(self, tone: str, name: str) -> QLabel:
        made = QLabel(self)
        made.setProperty("tone", tone)
        made.setWordWrap(True)
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setAccessibleName(self.tr(name))
        made.setVisible(False)
        return made

    def _set(self, label: QLabel, text: str) -> None:
        label.setText(text)
        label.setAccessibleDescription(text)
        label.setVisible(bool(text))


def _sentences(parts: Sequence[str]) -> str:
    return " ".join(parts)
