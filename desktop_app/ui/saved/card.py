"""The small card under the search box in which a search gets its name, or loses it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.saved_searches import SavedSearch
from desktop_app.library.search_commands import DeleteSearch, RenameSearch, SaveSearch
from desktop_app.ui.panes.card import keeps_letters
from desktop_app.ui.panes.fields import OneLine, label, show_problem_of
from desktop_app.ui.saved.names import search_name_problem

_WIDTH = 380
_EDGE = 8


class SaveCard(QFrame):
    """Asks for the name of a search; Enter keeps it, Esc or a click elsewhere closes the card."""

    command = Signal(object)

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._before: QWidget | None = None
        self._searches: tuple[SavedSearch, ...] = ()
        self._query = ""
        self._saved: SavedSearch | None = None
        self.setProperty("surface", "popup")
        self._head = label("", "section", self)
        self._asks = OneLine("small", self)
        self._name = QLineEdit(self)
        self._name.setAccessibleName(self.tr("Name of the saved search"))
        self._said = label("", "problem", self)
        self._said.setWordWrap(True)
        self._said.hide()
        self._delete = QPushButton(self.tr("Delete"), self)
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._keep = QPushButton(self)
        self._keep.setProperty("kind", "primary")
        buttons = QHBoxLayout()
        buttons.addWidget(self._delete)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        for widget in (self._head, self._asks, self._name, self._said):
            column.addWidget(widget)
        column.addLayout(buttons)
        self._name.textChanged.connect(self._look)
        self._name.returnPressed.connect(self._finish)
        self._keep.clicked.connect(self._finish)
        self._cancel.clicked.connect(self.close_card)
        self._delete.clicked.connect(self._ask_delete)
        self.hide()

    def open_card(
        self,
        query: str,
        searches: Sequence[SavedSearch],
        *,
        saved: SavedSearch | None,
        under: QWidget,
    ) -> None:
        """Ask for a name for a query below a widget; saved: what it is saved as already."""
        self._query, self._searches, self._saved = query, tuple(searches), saved
        head = self.tr("SAVE THIS SEARCH") if saved is None else self.tr("SAVED SEARCH")
        self._head.setText(head)
        self.setAccessibleName(head.capitalize())
        self._asks.setText(query)
        self._name.setText(query if saved is None else saved.name)
        self._name.selectAll()
        self._keep.setText(self.tr("Save") if saved is None else self.tr("Rename"))
        self._delete.setVisible(saved is not None)
        show_problem_of(self._name, self._said, "")
        if not self.isVisible():
            self._before = self.window().focusWidget()
            QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]
        self._place(under)
        self.show()
        self.raise_()
        self._name.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_card(self) -> None:
        """Put the card away and give the keys back; nothing is changed."""
        if not self.isVisible():
            return
        QApplication.instance().focusChanged.disconnect(self._follow_focus)  # type: ignore[union-attr]
        focus = self.window().focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        self.hide()
        if inside and self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    def event(self, event: QEvent) -> bool:
        return keeps_letters(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        # No other key may reach the window's own single letters from here.
        event.accept()

    def _finish(self) -> None:
        name = self._name.text()
        saved = self._saved
        said = self._problem(name)
        if said:
            show_problem_of(self._name, self._said, said)
            self.adjustSize()
            self._name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if saved is None:
            self.command.emit(SaveSearch(name, self._query))
        elif name.strip() != saved.name:
            self.command.emit(RenameSearch(saved.id, name))
        self.close_card()

    def _ask_delete(self) -> None:
        if self._saved is not None:
            self.command.emit(DeleteSearch(self._saved.id))
        self.close_card()

    def _problem(self, name: str) -> str:
        return search_name_problem(
            self._searches, name, of=None if self._saved is None else self._saved.id
        )

    def _look(self) -> None:
        text = self._name.text()
        # An empty field is no mistake before one has finished.
        show_problem_of(self._name, self._said, self._problem(text) if text.strip() else "")
        self.adjustSize()

    def _place(self, under: QWidget) -> None:
        scale = max(1.0, self.fontMetrics().height() / 18)
        width = min(round(_WIDTH * scale), self._host.width() - 2 * _EDGE)
        self.setFixedWidth(width)
        self.adjustSize()
        corner = under.mapTo(self._host, QPoint(under.width(), under.height() + 4))
        left = min(max(corner.x() - width, _EDGE), self._host.width() - width - _EDGE)
        self.move(left, corner.y())

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        # No widget at all has the keys while another program is in front: the card stays.
        outside = now is not None and now is not self and not self.isAncestorOf(now)
        if outside and now is not None and now.window() is self.window():
            self.close_card()
