"""The filters above the outcomes of an import: by kind, and by what is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QWidget,
)

from desktop_app.library.outcomes import OutcomeKind
from desktop_app.ui.models.import_outcomes import KIND_WORDS
from desktop_app.ui.panes.fields import label
from desktop_app.ui.panes.flow import FlowLayout

_TYPING_MS = 120


class ImportFilters(QWidget):
    """A row of kinds with their counts, a field, and the actions on what is chosen."""

    changed = Signal(object, str)  # an OutcomeKind or None for all, the typed text

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        kinds = QWidget(self)
        flow = FlowLayout(kinds)
        self._group = QButtonGroup(self)
        self._kinds: list[tuple[OutcomeKind | None, QToolButton]] = []
        for kind in (None, *OutcomeKind):
            button = QToolButton(kinds)
            button.setProperty("kind", "choice")
            button.setCheckable(True)
            self._group.addButton(button)
            self._kinds.append((kind, button))
            flow.add(button)
        self._kinds[0][1].setChecked(True)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Filter by name, title or reason")
        self.field.setAccessibleName("Filter the outcomes")
        self.field.setClearButtonEnabled(True)
        letters = self.fontMetrics().averageCharWidth()
        self.field.setMinimumWidth(letters * 16)
        self.field.setMaximumWidth(letters * 40)
        self._found = label("", "small", self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(kinds, 3)
        self._row.addWidget(self._found)
        self._row.addWidget(self.field, 1)
        self._group.buttonClicked.connect(self._tell)
        self.field.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._tell)

    def add_actions(self, actions: Sequence[QAction]) -> None:
        """Show actions as buttons at the end of the row."""
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
            self._row.addWidget(button)

    def set_counts(self, counts: Mapping[OutcomeKind, int]) -> None:
        """Write the counts on the buttons; a kind that nothing came to has none."""
        for kind, button in self._kinds:
            count = sum(counts.values()) if kind is None else counts.get(kind, 0)
            name = "All" if kind is None else KIND_WORDS[kind]
            button.setText(f"{name} {count:,}")
            button.setVisible(bool(count) or kind is None or button.isChecked())

    def everything_if_none(self, counts: Mapping[OutcomeKind, int]) -> None:
        """Show all kinds again where the chosen one has nothing in this import."""
        kind = self._kind()
        if kind is not None and not counts.get(kind, 0):
            self._kinds[0][1].setChecked(True)
            self._tell()

    def show_found(self, count: int | None) -> None:
        """Say how many rows are shown; None: all of them."""
        typed = bool(self.field.text().strip())
        self._found.setText(f"{count:,} shown" if typed and count is not None else "")

    def _kind(self) -> OutcomeKind | None:
        return next(kind for kind, button in self._kinds if button.isChecked())

    def _tell(self) -> None:
        self._typing.stop()
        self.changed.emit(self._kind(), self.field.text())
