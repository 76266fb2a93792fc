"""What this Postil is and how it stands: for curiosity, and for pasting into a report of a fault."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.dialogs.parts import close_box, open_at
from desktop_app.ui.look.icons import icon
from desktop_app.ui.panes.facts_grid import FactsGrid
from desktop_app.ui.panes.fields import label

_LICENCE = (
    "Postil is free software under the Apache License 2.0. It is built on Qt and PySide6 (LGPL), "
    "SQLite, SQLAlchemy, Whoosh, lxml, trafilatura, markdown-it, PDFium and pypdfium2 (Apache, BSD), "
    "Pillow, and the type families Source Sans, Source Serif and Atkinson Hyperlegible (OFL)."
)


class AboutDialog(QDialog):
    """A list of facts with a button that copies them. Not modal."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Postil")
        self._facts: tuple[tuple[str, str], ...] = ()
        what = label(
            "Reads and tags documents, and finds every place where a thing is said. Nothing leaves "
            "this computer.",
            "",
            self,
        )
        what.setWordWrap(True)
        self._grid = FactsGrid(self)
        self._grid.setProperty("surface", "window")
        scroll = QScrollArea(self)
        scroll.setAccessibleName(self.tr("About Postil"))
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._grid)
        scroll.setProperty("surface", "window")
        licence = label(_LICENCE, "small", self)
        licence.setWordWrap(True)
        buttons = close_box(self)
        self._copy = QPushButton(icon("copy"), "Copy", self)
        buttons.addButton(self._copy, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(label("Postil", "title", self))
        column.addWidget(what)
        column.addWidget(scroll, 1)
        column.addWidget(licence)
        column.addWidget(buttons)
        self._copy.setAutoDefault(False)
        open_at(self, 560, 440)
        buttons.rejected.connect(self.close)
        self._copy.clicked.connect(self._copy_all)

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show facts, each a name and a value."""
        self._facts = tuple(facts)
        self._grid.set_facts(facts, tone="")

    def as_text(self) -> str:
        """The facts as lines of text."""
        return "\n".join(f"{name}: {value}" for name, value in self._facts)

    def _copy_all(self) -> None:
        QGuiApplication.clipboard().setText(self.as_text())
