"""A grid of names and values, for reading and copying."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop_app.ui.panes.fields import label

_BREAKS = re.compile(r"[/\\_.-](?=\S)")


class FactsGrid(QWidget):
    """Names at the left, values at the right, which wrap as long as they are."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._facts: tuple[tuple[str, str], ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def set_facts(self, facts: Sequence[tuple[str, str]], *, tone: str = "small") -> None:
        """Show facts, each a name and a value."""
        if tuple(facts) == self._facts:
            return
        self._facts = tuple(facts)
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(len(facts), 1)
        for row, (name, value) in enumerate(facts):
            # Paths and names have no spaces to break at: a break may come behind any such sign.
            shown = label(_BREAKS.sub("\\g<0>\u200b", value), tone, self)
            shown.setWordWrap(True)
            shown.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            shown.setMinimumWidth(40)
            shown.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            shown.setAccessibleName(f"{name}: {value}")
            shown.setToolTip(value)
            self._grid.addWidget(label(name, "small", self), row, 0, top)
            self._grid.addWidget(shown, row, 1, top)
