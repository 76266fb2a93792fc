"""The other names of a tag, to be written: each with what it is to the tag, and its language."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.tag_aliases import Alias, AliasKind, is_language
from desktop_app.ui.look.icons import icon
from desktop_app.ui.panes.fields import label, short

KIND_WORDS = {
    AliasKind.ALIAS: "Other name",
    AliasKind.ABBREVIATION: "Abbreviation",
    AliasKind.FORMER: "Former name",
    AliasKind.LANGUAGE: "In another language",
}


class _Row:
    """The three fields of one name and the button that takes it away."""

    def __init__(self, alias: Alias, parent: QWidget) -> None:
        self.name = QLineEdit(alias.name, parent)
        self.name.setAccessibleName("Other name of the tag")
        self.name.setPlaceholderText("Another name")
        self.kind = QComboBox(parent)
        for named in (self.kind, self.kind.view()):
            named.setAccessibleName("What this name is")
        for kind, words in KIND_WORDS.items():
            self.kind.addItem(words, kind)
        self.kind.setCurrentIndex(list(KIND_WORDS).index(alias.kind))
        self.language = QLineEdit(alias.language, parent)
        self.language.setAccessibleName("Language of this name")
        self.language.setPlaceholderText("ar, ckb")
        self.language.setToolTip("The language of the name, as a short code: ar, ckb, de")
        self.away = QToolButton(parent)
        self.away.setIcon(icon("close"))
        self.away.setToolTip("Take this name away")
        self.away.setAccessibleName("Take this name away")

    @property
    def alias(self) -> Alias:
        """The name as it is written now."""
        kind = self.kind.currentData()
        written = AliasKind(kind)
        return Alias(self.name.text().strip(), written, self.language.text().strip())

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        return self.name, self.kind, self.language, self.away

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be written; what is written can be copied."""
        for field in (self.name, self.language):
            field.setReadOnly(read_only)
        for other in (self.kind, self.away):
            other.setEnabled(not read_only)


class AliasTable(QWidget):
    """The rows, and a button for one more."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._read_only = False
        self._inner = QWidget(self)
        self._grid = QGridLayout(self._inner)
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(2, 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(self._inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._add = QPushButton(icon("add"), "Add a name", self)
        self._add.setAutoDefault(False)
        said = label(
            "A tag is found by all of its names. Names of other tags that went up in it stand here "
            "as former names.",
            "muted",
            self,
        )
        said.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(said)
        column.addWidget(area, 1)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._add.clicked.connect(self.add_row)

    @property
    def aliases(self) -> tuple[Alias, ...]:
        """The names as they are written now, without empty ones."""
        written = (row.alias for row in self._rows)
        return tuple(alias for alias in written if alias.name)

    def problem(self) -> str:
        """What cannot be kept of what is written, as a sentence; "" for nothing."""
        strange = next((a for a in self.aliases if not is_language(a.language)), None)
        if strange is None:
            return ""
        return (
            f"The language of the other name “{short(strange.name)}” has to be a short code, "
            "like “ar” or “ckb”."
        )

    def set_aliases(self, aliases: Sequence[Alias]) -> None:
        """Show these names."""
        for row in list(self._rows):
            self._drop(row)
        for alias in aliases:
            self._put(alias)
        self._lay()

    def add_row(self) -> None:
        """Let one more name be written."""
        row = self._put(Alias(""))
        self._lay()
        row.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be written; what is written can be copied."""
        self._read_only = read_only
        for row in self._rows:
            row.set_read_only(read_only)
        self._add.setEnabled(not read_only)

    def _put(self, alias: Alias) -> _Row:
        row = _Row(alias, self._inner)
        self._rows.append(row)
        row.set_read_only(self._read_only)
        row.name.textChanged.connect(self.changed)
        row.language.textChanged.connect(self.changed)
        row.kind.currentIndexChanged.connect(self.changed)
        row.away.clicked.connect(lambda: self._take_away(row))
        return row

    def _take_away(self, row: _Row) -> None:
        place = self._rows.index(row)
        self._drop(row)
        self._lay()
        after = self._rows[min(place, len(self._rows) - 1)].name if self._rows else self._add
        after.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        for widget in row.widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _lay(self) -> None:
        for number, row in enumerate(self._rows):
            for column, widget in enumerate(row.widgets):
                self._grid.addWidget(widget, number, column)
                widget.show()
        for number in range(self._grid.rowCount()):
            self._grid.setRowStretch(number, 0)
        self._grid.setRowStretch(len(self._rows), 1)
